import type { Typed } from '@/app/[locale]/(public)/events/[slug]/question-words'
import { askedAt } from '@/lib/events/queries'
import { consentsByForm, givenByForm, readAnswers } from '@/lib/events/questions'
import { accessKinds } from '@/lib/events/schema'
import { typedFields } from './asked-cookie'

/** What a form says to all that an event asks, as `register` takes it, and what is wrong with it. An unknown event asks nothing. */
export async function answered(slug: string, form: FormData) {
  // A form that asked nothing is not looked up: `register` still says what it misses.
  const event = Object.keys(typedFields(form)).length > 0 ? await askedAt(slug) : null
  if (!event) return { given: {}, refusals: [] }
  const answers = givenByForm(event.questions, form)
  const given = {
    ...(event.questions.length > 0 ? { answers } : {}),
    ...(event.consentRequests.length > 0 ? { consents: consentsByForm(event.consentRequests, form) } : {}),
    ...(event.asksAccess ? { access: accessByForm(form) } : {}),
  }
  return { given, refusals: readAnswers(event.questions, answers).refusals }
}

/** What somebody needs, as `accessInput` reads it. */
export function accessByForm(form: FormData) {
  const texts = (name: string) => form.getAll(name).filter((value) => typeof value === 'string')
  return { needs: texts('access.needs').filter(isKind), words: texts('access.words')[0]?.replace(/\0/g, '\uFFFD').toWellFormed() ?? null }
}

const isKind = (text: string) => (accessKinds as readonly string[]).includes(text)

/** What was typed once, as the form that it came in. */
export function asForm(typed: Typed): FormData {
  const form = new FormData()
  for (const [name, values] of Object.entries(typed)) for (const value of [values].flat()) form.append(name, value)
  return form
}
