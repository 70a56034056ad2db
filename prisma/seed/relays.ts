import { guest, type PersonActor } from '@/lib/actor'
import { decideRelay } from '@/lib/coverage/decide-relay'
import { tellRelay } from '@/lib/coverage/tell-relay'
import { addLink } from '@/lib/notes/add-resource'
import { told } from './read'
import type { Act, Made, Plan } from './season'

const day = 24 * 3_600_000

/** The links that go with a session, from the day after; the houses that took it up, and what of it the host shows. */
export function tellRelays({ relays = [], links = [] }: Plan, made: Made, startsAt: Date, organiser: PersonActor): Act[] {
  const given = links.map((link, i) => ({ at: new Date(startsAt.getTime() + day + i * 60_000), tell: () => told(made.slug, addLink(organiser, made.slug, link)) }))
  const houses = relays.map(({ house, days, text, shown }) => {
    const at = new Date(startsAt.getTime() + days * day)
    const heldOn = new Date(at.getTime() - 2 * day).toISOString().slice(0, 10)
    return {
      at,
      tell: async () => {
        const { id } = await told(made.slug, tellRelay(guest, made.slug, { house, heldOn, text }, 'fr'))
        if (shown) await told(made.slug, decideRelay(organiser, id, { decision: 'approve', was: 'open' }))
      },
    }
  })
  return [...given, ...houses]
}
