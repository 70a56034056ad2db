import { record } from '@/lib/activity/record'
import { type Actor, isAdmin } from '@/lib/actor'
import { parseAddress } from '@/lib/address'
import { inTransaction } from '@/lib/db'
import { done, type FieldRefusal, type Outcome, refused } from '@/lib/outcome'
import { canNameKeepers } from './access'
import type { KeepersInput } from './schema'

/**
 * Names the organisers who read an event's access needs and answer them: the whole list, which replaces the one before;
 * nobody named: an admin does it. As long as nobody is named any organiser may begin; from then on those who are named,
 * and admins, say who is. Refusals: `forbidden`, `not-found`, `invalid` with fields such as `keepers.0`
 * (`not-an-organiser`, `address-…`).
 */
export async function nameKeepers(actor: Actor, slug: string, { keepers, asksAccess }: KeepersInput): Promise<Outcome<{ slug: string; named: number }, 'forbidden' | 'not-found' | 'invalid'>> {
  if (!canNameKeepers(actor, null)) return refused('forbidden')
  return inTransaction(async (tx) => {
    const [event] = await tx.$queryRaw<{ id: string; asksAccess: boolean }[]>`SELECT id, "asksAccess" FROM "Event" WHERE slug = ${slug} FOR NO KEY UPDATE`
    if (!event) return refused('not-found')
    const before = (await tx.accessKeeper.findMany({ where: { eventId: event.id, person: { role: { not: 'participant' } } }, orderBy: { personId: 'asc' } })).map(({ personId }) => personId)
    // What was told while nobody was named was told to admins: an organiser does not name themselves into it.
    const isEntrusted = before.length > 0 || (await tx.accessNeed.count({ where: { eventId: event.id } })) > 0
    if (!canNameKeepers(actor, { keepers: before, isEntrusted })) return refused('forbidden')

    const named: string[] = []
    const refusals: FieldRefusal[] = []
    for (const [place, typed] of keepers.entries()) {
      const address = parseAddress(typed)
      const person = address.ok ? await tx.person.findFirst({ where: { OR: [{ addressFold: address.fold }, { addresses: { some: { addressFold: address.fold } } }] }, select: { id: true, role: true } }) : null
      if (!address.ok) refusals.push({ field: `keepers.${place}`, reason: `address-${address.reason}` })
      else if (!person || person.role === 'participant') refusals.push({ field: `keepers.${place}`, reason: 'not-an-organiser' })
      else if (!named.includes(person.id)) named.push(person.id)
    }
    if (refusals.length > 0) return refused('invalid', refusals)
    await tx.accessKeeper.deleteMany({ where: { eventId: event.id, personId: { notIn: named } } })
    await tx.accessKeeper.createMany({ data: named.map((personId) => ({ eventId: event.id, personId })), skipDuplicates: true })
    const asks = asksAccess ?? event.asksAccess
    if (asks !== event.asksAccess) await tx.event.update({ where: { id: event.id }, data: { asksAccess: asks } })
    await record(tx, actor, {
      verb: 'event.name-keepers',
      subject: `event/${event.id}`,
      eventId: event.id,
      before: { asksAccess: event.asksAccess, keepers: before },
      after: { asksAccess: asks, keepers: named.toSorted(), byAdmin: isAdmin(actor) },
    })
    return done({ slug, named: named.length })
  })
}
