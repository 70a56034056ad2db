'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action } from '@/app/_session/action'
import { formInput } from '@/app/_session/form-input'
import { newForm } from '@/app/_session/form-state'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { eventNamed } from '@/app/[locale]/(host)/organise/events/event-acts'
import type { Actor } from '@/lib/actor'
import { canOrganise } from '@/lib/events/access'
import { ask } from '@/lib/events/ask'
import { nameKeepers } from '@/lib/events/name-keepers'
import { answersToEach, consentRequestsOf, eventBySlug, questionsOf } from '@/lib/events/queries'
import { keepersInput } from '@/lib/events/schema'
import { locale as language } from '@/lib/fields'
import { type Outcome, refused } from '@/lib/outcome'
import { type Draft, draftOf, inFields, inputOf, type Loss, losses, readDraft, rearrange, withoutBlanks } from './draft'
import type { AskState } from './editor'

const room = '/organise/events/[slug]/questions'

/**
 * The editor, sent by one of its buttons. Those that add, move and remove give it back rearranged and keep nothing;
 * saving asks first where somebody's answers would stay behind with the words they were given to.
 */
export async function editQuestions(state: AskState, form: FormData): Promise<AskState> {
  const [pressed, said] = [form.get('press'), language.safeParse(form.get('language'))]
  const round = state.round + 1
  if (typeof pressed === 'string' && pressed !== 'confirm') {
    return { ...newForm, ...rearrange(readDraft(formInput(form)), pressed, said.data ?? 'fr'), round, lost: [] }
  }
  let lost: Loss[] = []
  const save = action({
    room: 'asking',
    schema: askForm,
    verb: async (actor, { event, draft, ...sent }): Promise<Outcome<{ slug: string; changed: number }, string>> => {
      if (!canOrganise(actor)) return refused('forbidden')
      if (pressed !== 'confirm') lost = await lossesOf(actor, event, draft)
      if (lost.length > 0) return refused('asks-first')
      const asked = await ask(actor, event, sent.input)
      return !asked.ok && asked.fields ? refused(asked.reason, inFields(asked.fields)) : asked
    },
    then: ({ slug, changed }, _, { locale }) => redirect(pathOfRoom(room, slug, locale, { done: changed > 0 ? 'changed' : 'saved' })),
  })
  const after = await save(newForm, form)
  return { ...after, formError: lost.length > 0 ? null : after.formError, draft: withoutBlanks(readDraft(formInput(form))), focus: '', said: null, round, lost }
}

const askForm = z.record(z.string(), z.unknown()).transform((form, context) => {
  const draft = withoutBlanks(readDraft(form))
  const read = inputOf(draft)
  if ('input' in read) return { event: String(form.event), draft, input: read.input }
  for (const { field, reason } of read.refusals) context.addIssue({ code: 'custom', message: reason, path: field.split('.') })
  return z.NEVER
})

/** What is asked of a draft is answered by nobody. */
async function lossesOf(actor: Actor, slug: string, draft: Draft): Promise<Loss[]> {
  const event = await eventBySlug(slug)
  if (!event || event.status === 'draft') return []
  const [questions, consents, counts] = await Promise.all([questionsOf(event.id), consentRequestsOf(event.id), answersToEach(event.id)])
  return losses(draftOf(questions, consents), draft, counts)
}

/** Whether access needs are asked for, and who reads them. */
export const entrust = action({
  room: 'asking',
  schema: eventNamed.extend({ asksAccess: keepersInput.shape.asksAccess.default(false), keepers: keepersInput.shape.keepers }),
  verb: (actor, { event, ...who }) => nameKeepers(actor, event, who),
  then: ({ slug }, _, { locale }) => redirect(pathOfRoom(room, slug, locale, { done: 'entrusted' })),
})
