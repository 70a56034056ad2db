import { type Actor, isOrganiser } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { done, type Outcome, refused } from '@/lib/outcome'
import { wallOf } from '@/lib/time'
import { mayBeRelayed, mostRelaysOpen } from './rules'
import { type RelayInput, relayInput } from './schema'

type Refusal = 'not-found' | 'not-public' | 'waiting-full' | 'invalid'

/**
 * « Chez moi aussi »: a house tells of a session that it took up. Anybody may; it waits for an organiser, and the same
 * words sent twice are one. `language` is that of the page where it was typed. Refusals: `not-found` (for drafts too),
 * `not-public`, `waiting-full`, `invalid` (fields `house`, `heldOn`, `text`; a day to come, or before the session).
 */
export async function tellRelay(actor: Actor, slug: string, input: RelayInput, language: 'fr' | 'en'): Promise<Outcome<{ id: string }, Refusal>> {
  const read = relayInput.safeParse(input)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Event" WHERE slug = ${slug} FOR NO KEY UPDATE`
    const event = await tx.event.findUnique({ where: { slug }, select: { id: true, status: true, audience: true, startDate: true, timeZone: true } })
    if (!event || (event.status === 'draft' && !isOrganiser(actor))) return refused('not-found')
    if (!mayBeRelayed(event)) return refused('not-public')
    const { house, heldOn, text } = read.data
    if (heldOn > wallOf(now(), event.timeZone).date) return refused('invalid', [{ field: 'heldOn', reason: 'to-come' }])
    if (heldOn < event.startDate) return refused('invalid', [{ field: 'heldOn', reason: 'too-early' }])

    const told = { eventId: event.id, house, heldOn: new Date(`${heldOn}T00:00Z`), text }
    const same = await tx.relay.findFirst({ where: told, select: { id: true } })
    if (same) return done(same)
    if ((await tx.relay.count({ where: { eventId: event.id, status: 'open' } })) >= mostRelaysOpen) return refused('waiting-full')
    return done(await tx.relay.create({ data: { ...told, language, createdAt: now() }, select: { id: true } }))
  })
}
