import { guest, system } from '@/lib/actor'
import { now } from '@/lib/clock'
import { create } from '@/lib/events/create'
import { publish } from '@/lib/events/publish'
import { type EventInput, eventInput } from '@/lib/events/schema'
import { capability } from '@/lib/ids'
import { register } from '@/lib/registrations/register'
import { registrationInput } from '@/lib/registrations/schema'

export const house = system('test')

/** A Thursday of January 2027. Once that is over, a test that lets the clock run gets it in the next year of the same days. */
function usual() {
  const isStopped = Math.abs(now().getTime() - Date.now()) > 1_000
  const year = [2027, 2038, 2049].find((one) => isStopped || Date.now() < Date.UTC(one, 0)) ?? 2060
  return { title: 'Café du jeudi', startsAt: `${year}-01-14T09:00`, endsAt: `${year}-01-14T10:00`, timeZone: 'Europe/Paris', mode: 'online' as const }
}

/** A published event of January 2027, unless said otherwise. */
export async function anEvent(said: Partial<EventInput> = {}) {
  const event = await aDraft(said)
  must(await publish(house, event.slug))
  return event
}

export const aDraft = async (said: Partial<EventInput> = {}) => must(await create(house, eventInput.parse({ ...usual(), ...said })))

/** Somebody's registration by the form, as the page would send it. */
export const signUp = (slug: string, email: string, more: { name?: string; locale?: string; place?: string } = {}) =>
  register(guest, slug, registrationInput.parse({ name: 'Anne Martin', email, ...more }))

export const linkOf = (id: string, generation = 0) => ({ token: capability('manage', id, generation) })

export function must<Value>(outcome: { ok: true; value: Value } | { ok: false; reason: string; fields?: unknown }): Value {
  if (!outcome.ok) throw new Error(`refused: ${outcome.reason} ${JSON.stringify(outcome.fields ?? '')}`)
  return outcome.value
}
