import type { PersonActor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { db, inTransaction } from '@/lib/db'
import { decideProposal } from '@/lib/notes/decide-proposal'
import { proposeIn } from '@/lib/notes/propose-passage'
import type { Participant } from './people'
import { told } from './read'
import type { Act, Made, Plan } from './season'

const hour = 3_600_000

/** What those who had a seat keep from a session; some of it the host has read and kept, some of it still waits. */
export function tellTakeaways({ takeaways = [] }: Plan, made: Made, startsAt: Date, begun: Date, organiser: PersonActor, people: Participant[]): Act[] {
  return takeaways.map(({ by, hours, via, text, signed, kept }, i) => ({
    // The session may have been yesterday: nothing is told of what is still to come.
    at: new Date(Math.min(startsAt.getTime() + hours * hour, begun.getTime() - (takeaways.length - i) * (hour / 6))),
    tell: async () => {
      const { name, email } = people[by]
      const { id: registrationId } = await db.registration.findFirstOrThrow({ where: { event: { slug: made.slug }, addressFold: email } })
      const { id } = await told(email, inTransaction((tx) => proposeIn(tx, { registrationId, via, text, signature: signed ? name : null })))
      if (kept) await told(made.slug, decideProposal(organiser, id, { decision: 'approve', about: kept, signed, seen: now().toISOString() }))
    },
  }))
}
