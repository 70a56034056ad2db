/** What a form knows of itself after it was sent: everything typed, and sentences in the reader's language. */
export interface FormState {
  status: 'new' | 'refused' | 'done'
  /** By the name of the field; a list where several fields have the name. */
  values: Record<string, string | string[]>
  /** By the name of the field. */
  fieldErrors: Record<string, string>
  /** What is wrong with the whole. */
  formError: string | null
  /** The refusal as the verb named it, for pages that answer with more than a sentence. */
  reason: string | null
}

export const newForm: FormState = { status: 'new', values: {}, fieldErrors: {}, formError: null, reason: null }
