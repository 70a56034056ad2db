import { z } from 'zod'
import { formValues } from '@/app/_session/form-input'
import { newForm } from '@/app/_session/form-state'
import { textOfFile } from '@/lib/csv'
import { done, type Outcome, refused } from '@/lib/outcome'
import type { ListState, ReadList } from './list-form'

/** Two thousand lines with their answers; the list comes back with its fates, and must fit into one form with them. */
const mostOctets = 250_000

/** What a form with a list sends: the list as text or as a file, and the button that was pressed. */
export const listFields = {
  list: z.string().optional(),
  file: z.instanceof(File).optional(),
  leaveOut: z.literal('on').optional(),
  step: z.literal('write').optional(),
}

/** The list as text; a file comes before what was pasted. Refusals: `list-too-large`, `empty-list`. */
export async function listOf({ list = '', file }: { list?: string; file?: File }, most = mostOctets): Promise<Outcome<string, 'list-too-large' | 'empty-list'>> {
  if (file && file.size > most) return refused('list-too-large')
  const text = file && file.size > 0 ? textOfFile(new Uint8Array(await file.arrayBuffer())) : list
  if (Buffer.byteLength(text) > most) return refused('list-too-large')
  return text.trim() === '' ? refused('empty-list') : done(text)
}

/** The form as it was before the fates were shown, with its list. */
export const backToList = (form: FormData): ListState | null => (form.get('step') === 'back' ? { ...newForm, values: formValues(form) } : null)

/** Looked at, or to be written although lines are wrong: the second is said aloud. */
export const lookedAt = (input: { step?: 'write' }) => refused(input.step === 'write' ? 'lines-wrong' : 'asks-first')

/** The state that shows the fates: the list travels in it once. */
export const showing = (state: ListState, read: ReadList | undefined): ListState =>
  read ? { ...state, formError: state.reason === 'lines-wrong' ? state.formError : null, values: {}, read } : state
