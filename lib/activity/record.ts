import { actorName, type Actor } from '@/lib/actor'
import type { Prisma, Tx } from '@/lib/db'

type Entry = {
  verb: string
  /** What it was done to, as `event/<id>`. */
  subject: string
  eventId?: string
  before?: Prisma.InputJsonValue
  after?: Prisma.InputJsonValue
}

/** Adds a line to the journal, in the transaction of the act that it tells of. Never personal data of participants. */
export async function record(tx: Tx, actor: Actor, entry: Entry) {
  await tx.activity.create({
    data: { ...entry, actorId: actor.kind === 'person' ? actor.id : null, actorName: actorName(actor) },
  })
}
