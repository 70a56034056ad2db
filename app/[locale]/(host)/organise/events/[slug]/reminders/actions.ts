'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action, type Asking } from '@/app/_session/action'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { eventNamed } from '@/app/[locale]/(host)/organise/events/event-acts'
import type { Actor } from '@/lib/actor'
import { canOrganise } from '@/lib/events/access'
import { eventBySlug, remindersOf } from '@/lib/events/queries'
import { type ReminderRule, ruleOf } from '@/lib/events/reminders'
import { remindersInput } from '@/lib/events/schema'
import { setReminders } from '@/lib/events/set-reminders'
import { setTakeaway } from '@/lib/events/set-takeaway'
import { box } from '@/lib/fields'
import { type Outcome, refused } from '@/lib/outcome'
import { reminderAsTyped } from './as-typed'

/** One more rule beside those there are. */
export const addReminder = action({
  room: 'asking',
  schema: eventNamed.extend(reminderAsTyped),
  verb: (actor, { event, ...typed }) =>
    change(actor, event, (rules) => {
      const [field, rule] = typed.minutesBefore === undefined ? (['daysBefore', { daysBefore: typed.daysBefore ?? '', atTime: typed.atTime }] as const) : (['minutesBefore', { minutesBefore: typed.minutesBefore }] as const)
      const read = remindersInput.safeParse({ reminders: [rule] })
      if (!read.success) return { field: read.error.issues.some(({ path }) => path.includes('atTime')) ? 'atTime' : field, reason: 'not-a-rule' }
      return rules.length >= 6 ? { field, reason: 'too-many' } : [...rules, ...read.data.reminders]
    }, typed.minutesBefore === undefined ? 'daysBefore' : 'minutesBefore'),
  then: (_, { event }, asking) => back(event, asking, 'added'),
})

export const dropReminder = action({
  room: 'asking',
  schema: eventNamed.extend({ id: z.uuid('unknown') }),
  verb: (actor, { event, id }) => change(actor, event, (rules) => rules.filter((rule) => rule.id !== id), 'daysBefore'),
  then: (_, { event }, asking) => back(event, asking, 'dropped'),
})

/** Whether people are asked, the day after, what stays with them. */
export const askAfterwards = action({
  room: 'takeaway',
  schema: eventNamed.extend({ asks: box }),
  verb: (actor, { event, asks }) => setTakeaway(actor, event, { asks }),
  then: (_, { event, asks }, asking) => back(event, asking, asks ? 'on' : 'off'),
})

type Known = ReminderRule & { id?: string }

/** The verb takes the whole list; a rule said twice is told at the field where it was typed. */
async function change(actor: Actor, slug: string, to: (rules: Known[]) => Known[] | { field: string; reason: string }, field: string): Promise<Outcome<{ slug: string }, string>> {
  if (!canOrganise(actor)) return refused('forbidden')
  const event = await eventBySlug(slug)
  if (!event) return refused('not-found')
  const rules = to((await remindersOf(event.id)).map((row) => ({ id: row.id, ...ruleOf(row) })))
  if (!Array.isArray(rules)) return refused('invalid', [rules])
  const set = await setReminders(actor, event.slug, { reminders: rules.map(ruleOf) })
  return !set.ok && set.fields ? refused(set.reason, set.fields.map(({ reason }) => ({ field, reason }))) : set
}

const back = (event: string, { locale }: Asking, done: string) => redirect(pathOfRoom('/organise/events/[slug]/reminders', event, locale, { done }))
