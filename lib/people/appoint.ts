import { record } from '@/lib/activity/record'
import type { Actor, Role } from '@/lib/actor'
import { parseAddress } from '@/lib/address'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { inTransaction } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canAppoint } from './access'
import { lockAddress } from './lock-address'
import { grownRole } from './rules'
import { AppointInput } from './schema'

/**
 * Makes somebody an organiser or an admin, creating the person where needed; the address is proven later, by their
 * first log-in. May be repeated; never takes a role away. Refusals: `forbidden`; `invalid` with the fields.
 */
export async function appoint(
  actor: Actor,
  input: AppointInput,
): Promise<Outcome<{ id: string; address: string; role: Role; created: boolean }, 'forbidden' | 'invalid'>> {
  if (!canAppoint(actor)) return refused('forbidden')
  const read = AppointInput.safeParse(input)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  const mailbox = parseAddress(read.data.email)
  if (!mailbox.ok) return refused('invalid', [{ field: 'email', reason: mailbox.reason }])

  return inTransaction(async (tx) => {
    await lockAddress(tx, mailbox.fold)
    const other = await tx.otherAddress.findUnique({ where: { addressFold: mailbox.fold }, select: { person: { select: { addressFold: true } } } })
    const addressFold = other?.person.addressFold ?? mailbox.fold
    const { count } = await tx.person.createMany({
      data: [{ address: mailbox.address, addressFold, locale: config().defaultLocale, createdAt: now() }],
      skipDuplicates: true,
    })
    await tx.$queryRaw`SELECT 1 AS locked FROM "Person" WHERE "addressFold" = ${addressFold} FOR UPDATE`
    const person = await tx.person.findUniqueOrThrow({ where: { addressFold } })
    const role = grownRole(person.role, read.data.role)
    if (role !== person.role) {
      await tx.person.update({ where: { id: person.id }, data: { role } })
      await record(tx, actor, { verb: 'person.appoint', subject: `person/${person.id}`, before: { role: person.role }, after: { role } })
    }
    return done({ id: person.id, address: person.address, role, created: count === 1 })
  })
}
