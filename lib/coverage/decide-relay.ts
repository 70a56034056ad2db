import { record } from '@/lib/activity/record'
import { type Actor, actorName } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canDecideRelays } from './access'
import { type RelayDecision, relayDecision } from './schema'

/**
 * An organiser's yes or no to what a house told; a yes shows it, in the words as they were mended, and may be taken back
 * by a no later. Refusals: `forbidden`, `not-found`, `decided` (by somebody else since it was read), `invalid`.
 */
export async function decideRelay(actor: Actor, id: string, input: RelayDecision): Promise<Outcome<{ slug: string }, 'forbidden' | 'not-found' | 'decided' | 'invalid'>> {
  if (!canDecideRelays(actor)) return refused('forbidden')
  // Of a no, what stood in the fields of a yes is nobody's business.
  const read = relayDecision.safeParse(input.decision === 'decline' ? { decision: input.decision, was: input.was } : input)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  const { decision, was, heldOn, ...words } = read.data
  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Relay" WHERE id = ${id}::uuid FOR UPDATE`
    const relay = await tx.relay.findUnique({ where: { id }, include: { event: { select: { slug: true } } } })
    if (!relay) return refused('not-found')
    if (relay.status !== was) return refused('decided')
    const status = decision === 'approve' ? 'approved' : 'declined'
    const mended = { ...words, ...(heldOn ? { heldOn: new Date(`${heldOn}T00:00Z`) } : {}) }
    await tx.relay.update({ where: { id }, data: { ...mended, status, decidedAt: now(), decidedBy: actorName(actor) } })
    await record(tx, actor, { verb: `relay.${decision}`, subject: `relay/${id}`, eventId: relay.eventId, after: { house: words.house ?? relay.house } })
    return done({ slug: relay.event.slug })
  })
}
