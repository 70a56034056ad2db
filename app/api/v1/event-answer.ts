import type { Actor } from '@/lib/actor'
import { eventBySlug } from '@/lib/events/queries'
import { type Outcome, refused } from '@/lib/outcome'
import { json } from './answer'
import { eventJson } from './event-json'

/** The event as it is after a verb changed it, or the verb's refusal. */
export async function eventAnswer(actor: Actor, outcome: Outcome<{ slug: string }, string>) {
  if (!outcome.ok) return outcome
  const event = await eventBySlug(outcome.value.slug)
  return event ? json(eventJson(event, actor)) : refused('not-found')
}
