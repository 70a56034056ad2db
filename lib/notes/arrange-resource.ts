import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Prisma, type Tx } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canWriteNotes } from './access'
import { titleInput } from './schema'

type Changed = Outcome<{ slug: string }, 'forbidden' | 'not-found' | 'invalid'>
type Row = Prisma.ResourceGetPayload<{ include: { event: { select: { slug: true } } } }>

/** Gives it another title. Refusals: `forbidden`, `not-found`, `invalid` (title). */
export async function renameResource(actor: Actor, id: string, input: { title: string }): Promise<Changed> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  const read = titleInput.safeParse(input)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  return withResource(id, async (tx, row) => {
    if (row.title === read.data.title) return
    await tx.resource.update({ where: { id }, data: read.data })
    await tell(tx, actor, row, 'resource.rename', { before: { title: row.title }, after: read.data })
  })
}

/** Shows it to those who may read the notes, or hides it from all but the organisers. Refusals: `forbidden`, `not-found`. */
export async function showResource(actor: Actor, id: string, { shown }: { shown: boolean }): Promise<Changed> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  return withResource(id, async (tx, row) => {
    if ((row.shownAt !== null) === shown) return
    await tx.resource.update({ where: { id }, data: { shownAt: shown ? now() : null } })
    await tell(tx, actor, row, shown ? 'resource.show' : 'resource.hide', { after: { title: row.title } })
  })
}

/** Lets it change places with the one before or after it; the first and the last stay. Refusals: `forbidden`, `not-found`. */
export async function moveResource(actor: Actor, id: string, { by }: { by: -1 | 1 }): Promise<Changed> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  return withResource(id, async (tx, row) => {
    const all = await tx.resource.findMany({ where: { eventId: row.eventId }, orderBy: [{ position: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }], select: { id: true, position: true } })
    const from = all.findIndex((one) => one.id === id)
    const to = from + by
    if (to < 0 || to >= all.length) return
    const order = all.with(from, all[to]).with(to, all[from])
    for (const [position, one] of order.entries()) if (one.position !== position) await tx.resource.update({ where: { id: one.id }, data: { position } })
    await tell(tx, actor, row, 'resource.move', { after: { title: row.title } })
  })
}

/** It is gone; its file goes once nothing names it (sweep-files.ts). Refusals: `forbidden`, `not-found`. */
export async function removeResource(actor: Actor, id: string): Promise<Changed> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  return withResource(id, async (tx, row) => {
    await tx.resource.delete({ where: { id } })
    await tell(tx, actor, row, 'resource.remove', { before: { title: row.title } })
  })
}

/** Under the lock of its event, as whoever adds one. */
async function withResource(id: string, change: (tx: Tx, row: Row) => Promise<void>): Promise<Changed> {
  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Event" WHERE id = (SELECT "eventId" FROM "Resource" WHERE id = ${id}::uuid) FOR NO KEY UPDATE`
    const row = await tx.resource.findUnique({ where: { id }, include: { event: { select: { slug: true } } } })
    if (!row) return refused('not-found')
    await change(tx, row)
    return done({ slug: row.event.slug })
  })
}

const tell = (tx: Tx, actor: Actor, { id, eventId }: Row, verb: string, facts: { before?: Prisma.InputJsonValue; after?: Prisma.InputJsonValue }) =>
  record(tx, actor, { verb, subject: `resource/${id}`, eventId, ...facts })
