import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canOrganise } from './access'
import { newCode } from './entry-code'
import type { CodeInput } from './schema'

/** A code for people whom no list names: it lets them in, `most` times at most. Refusals: `forbidden`, `not-found`. */
export async function makeCode(actor: Actor, slug: string, { label, most }: CodeInput): Promise<Outcome<{ id: string; code: string }, 'forbidden' | 'not-found'>> {
  if (!canOrganise(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    const event = await tx.event.findUnique({ where: { slug }, select: { id: true } })
    if (!event) return refused('not-found')
    const { id, code } = await tx.entryCode.create({ data: { eventId: event.id, code: newCode(), label, most, createdAt: now() } })
    await record(tx, actor, { verb: 'code.make', subject: `event/${event.id}`, eventId: event.id, after: { label: label ?? null, most: most ?? null } })
    return done({ id, code })
  })
}

/** Nobody comes in by it any more; whoever came in stays. Refusals: `forbidden`, `not-found`. */
export async function revokeCode(actor: Actor, id: string): Promise<Outcome<{ id: string }, 'forbidden' | 'not-found'>> {
  if (!canOrganise(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    const code = await tx.entryCode.findUnique({ where: { id } })
    if (!code) return refused('not-found')
    if (!code.revokedAt) {
      await tx.entryCode.update({ where: { id }, data: { revokedAt: now() } })
      await record(tx, actor, { verb: 'code.revoke', subject: `event/${code.eventId}`, eventId: code.eventId, before: { label: code.label } })
    }
    return done({ id })
  })
}
