'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { action } from '@/app/_session/action'
import { currentActor } from '@/app/_session/actor'
import { formValues, textIn } from '@/app/_session/form-input'
import { newForm } from '@/app/_session/form-state'
import { isSameOrigin } from '@/app/_session/same-origin'
import type { Locale } from '@/i18n/routing'
import type { Actor } from '@/lib/actor'
import { findLikely, type Likely } from '@/lib/coverage/find-likely'
import type { LikelyInput } from '@/lib/coverage/schema'
import { canOrganise } from '@/lib/events/access'
import { callOff } from '@/lib/events/call-off'
import { create } from '@/lib/events/create'
import { rearrange } from '@/lib/registrations/rearrange'
import { publish } from '@/lib/events/publish'
import { putBackOn } from '@/lib/events/put-back-on'
import { eventBySlug, type EventPage, pickables } from '@/lib/events/queries'
import type { EventPatch } from '@/lib/events/schema'
import { done, type Outcome, refused } from '@/lib/outcome'
import { fold } from '@/lib/text'
import type { Consequences } from '@/app/[locale]/(host)/organise/_form/ask-first'
import { consequencesOf, withClosing } from '@/app/[locale]/(host)/organise/_form/consequences'
import { changeEventForm, editEventForm, type Form, inForm, newEventForm } from '@/app/[locale]/(host)/organise/_form/event-fields'
import type { EventFormState } from '@/app/[locale]/(host)/organise/_form/event-form'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { callOffForm, eventNamed } from './event-acts'

/** Makes a draft, and puts it on the agenda at once where that button was pressed. */
export async function openEvent(state: EventFormState, form: FormData): Promise<EventFormState> {
  return form.has('propose') ? proposing(form) : open(state, form)
}

const open = action({
  room: 'organise',
  schema: newEventForm,
  verb: async (actor, { input, form, publish: atOnce }): Promise<Outcome<{ slug: string; published: boolean }, string>> => {
    const made = await create(actor, await withKnownSpeakers(input))
    if (!made.ok) return inFields(made, form)
    if (!atOnce) return done({ slug: made.value.slug, published: false })
    const published = await publish(actor, made.value.slug)
    return done({ slug: made.value.slug, published: published.ok })
  },
  then: ({ slug, published }, _, { locale }) => redirect(pathOfRoom('/organise/events/[slug]', slug, locale, { done: published ? 'published' : 'created' })),
})

/** Everything about an event that exists. */
export async function editEvent(state: EventFormState, form: FormData): Promise<EventFormState> {
  return change(editEventForm, form)
}

/** What calendars see of a published event: name, time, place. */
export async function changeEvent(state: EventFormState, form: FormData): Promise<EventFormState> {
  return change(changeEventForm, form)
}

/** Changes of which people are told are asked about first: the answer is then the screen of consequences. */
async function change(schema: typeof editEventForm | typeof changeEventForm, form: FormData): Promise<EventFormState> {
  if (form.has('back')) return { ...newForm, values: formValues(form) }
  if (form.has('propose')) return proposing(form)
  let asked: Consequences | undefined
  const act = action({
    room: 'organise',
    schema,
    verb: async (actor, { input, form: said, event: slug, confirmed }, { locale }): Promise<Outcome<{ slug: string; told: boolean }, string>> => {
      const settled = await settle(actor, slug, input, said)
      if (!settled.ok) return settled
      const { event, patch } = settled.value
      if (!confirmed) asked = (await consequencesOf(event, patch, locale)) ?? undefined
      if (asked) return refused('asks-first')
      return inFields(await rearrange(actor, slug, patch), said)
    },
    then: ({ slug, told }, _, { locale }) => redirect(pathOfRoom('/organise/events/[slug]', slug, locale, { done: told ? 'told' : 'saved' })),
  })
  const state = await act(newForm, form)
  return asked ? { ...state, formError: null, asked } : state
}

/** The form as it stands, with recommendations that its text is likely to be about; nothing is saved. */
async function proposing(form: FormData): Promise<EventFormState> {
  const text = textIn(form)
  const likely = await proposeLikely({ title: text('title'), summary: text('summary'), description: text('description'), language: text('language') === 'en' ? 'en' : 'fr' })
  return { ...newForm, values: formValues(form), likely }
}

/** What the text of a session is likely to be about, while it is being written. */
export async function proposeLikely(said: LikelyInput): Promise<Likely[]> {
  if (!isSameOrigin(await headers())) return []
  const found = await findLikely(await currentActor(), said)
  return found.ok ? found.value : []
}

/** The patch as the verb takes it: known people by their slug, links that we inferred still said to be so. */
async function settle(actor: Actor, slug: string, input: EventPatch, form: Form): Promise<Outcome<{ event: EventPage; patch: EventPatch }, 'forbidden' | 'not-found'>> {
  if (!canOrganise(actor)) return refused('forbidden')
  const event = await eventBySlug(slug)
  if (!event) return refused('not-found')
  const inferred = new Set(event.recommendations.filter((one) => one.origin === 'inferred').map(({ recommendation: { report, number } }) => `${report.slug}/${number}`))
  const recommendations = input.recommendations?.map((one) => ({ ...one, inferred: inferred.has(`${one.report}/${one.number}`) && form.confirmInferred === undefined }))
  return done({ event, patch: withClosing(event, await withKnownSpeakers({ ...input, ...(recommendations ? { recommendations } : {}) })) })
}

export const publishEvent = action({
  room: 'organise',
  schema: eventNamed,
  verb: (actor, { event }) => publish(actor, event),
  then: ({ slug }, _, { locale }) => redirect(pathOfRoom('/organise/events/[slug]', slug, locale, { done: 'published' })),
})

export const callEventOff = action({
  room: 'organise',
  schema: callOffForm,
  verb: (actor, { event, reason }) => callOff(actor, event, reason ?? null),
  then: ({ slug }, _, { locale }) => redirect(pathOfRoom('/organise/events/[slug]', slug, locale as Locale, { done: 'called-off' })),
})

export const putEventBackOn = action({
  room: 'organise',
  schema: eventNamed,
  verb: (actor, { event }) => putBackOn(actor, event),
  then: ({ slug }, _, { locale }) => redirect(pathOfRoom('/organise/events/[slug]', slug, locale as Locale, { done: 'back-on' })),
})

/** A name that is known is that person, whatever slug they were given when they came in. */
async function withKnownSpeakers<Input extends Pick<EventPatch, 'speakers'>>(input: Input): Promise<Input> {
  if (!input.speakers?.length) return input
  const known = new Map((await pickables()).speakers.map(({ name, slug }) => [fold(name), slug]))
  const speakers = input.speakers.map((one) => {
    const slug = 'name' in one ? known.get(fold(one.name)) : undefined
    return slug ? { slug } : one
  })
  return { ...input, speakers }
}

function inFields<Value, Reason extends string>(outcome: Outcome<Value, Reason>, form: Form): Outcome<Value, Reason> {
  return !outcome.ok && outcome.fields ? refused(outcome.reason, inForm(outcome.fields, form)) : outcome
}
