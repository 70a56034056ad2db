import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { parseAddress } from '@/lib/address'
import { inTransaction } from '@/lib/db'
import { enqueue } from '@/lib/jobs/enqueue'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canOrganise } from './access'
import type { InviteInput } from './schema'

/**
 * Says who is invited to an event whose audience is `invited`: the whole list, which replaces the one before. Nobody is
 * written to, and whoever registered already keeps their seat. Refusals: `forbidden`, `not-found`, `invalid` where a line
 * is no address (field `addresses`).
 */
export async function invite(actor: Actor, slug: string, { addresses }: InviteInput): Promise<Outcome<{ slug: string; invited: number }, 'forbidden' | 'not-found' | 'invalid'>> {
  if (!canOrganise(actor)) return refused('forbidden')
  const read = addresses.split(/[\n,;]+/).map((one) => one.trim()).filter(Boolean).map((one) => parseAddress(one))
  if (read.some((one) => !one.ok)) return refused('invalid', [{ field: 'addresses', reason: 'not-addresses' }])
  const folds = [...new Set(read.flatMap((one) => (one.ok ? [one.fold] : [])))]

  return inTransaction(async (tx) => {
    // Two who save the list at once save one after the other: the later list is the list.
    const [event] = await tx.$queryRaw<{ id: string; status: string; formatId: string | null }[]>`SELECT id, status::text, "formatId" FROM "Event" WHERE slug = ${slug} FOR NO KEY UPDATE`
    if (!event) return refused('not-found')
    const { count: before } = await tx.invitee.deleteMany({ where: { eventId: event.id } })
    await tx.invitee.createMany({ data: folds.map((addressFold) => ({ eventId: event.id, addressFold })) })
    if (event.status === 'published' && event.formatId) await enqueue(tx, 'standing-event', { eventId: event.id })
    await record(tx, actor, { verb: 'event.invite', subject: `event/${event.id}`, eventId: event.id, before: { invited: before }, after: { invited: folds.length } })
    return done({ slug, invited: folds.length })
  })
}
