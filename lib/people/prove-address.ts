import { now } from '@/lib/clock'
import type { Tx } from '@/lib/db'
import { releaseLetters } from '@/lib/mail/release-letters'
import { lockAddress } from './lock-address'

type Proven = { address: string; fold: string; name?: string | null; locale: string }

/**
 * Somebody has shown that they read what is sent to this address: its person is created or marked, and the letters
 * that waited for their turn are due. A name is taken only where none stands. Whoever calls this holds the proof, a
 * letter's link or code; it is a step of their transaction.
 */
export async function proveAddress(tx: Tx, { address, fold, name, locale }: Proven) {
  await lockAddress(tx, fold)
  const other = await tx.otherAddress.findUnique({ where: { addressFold: fold }, select: { person: true } })
  const person =
    other?.person ??
    (await tx.person.upsert({
      where: { addressFold: fold },
      create: { address, addressFold: fold, name: name || null, locale, provenAt: now(), createdAt: now() },
      update: {},
    }))
  if (!person.provenAt) await tx.person.update({ where: { id: person.id }, data: { provenAt: now() } })
  if (!person.name && name) await tx.person.update({ where: { id: person.id }, data: { name } })
  await releaseLetters(tx, fold)
  return person
}
