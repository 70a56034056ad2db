import type { Actor } from '@/lib/actor'
import { parseAddress } from '@/lib/address'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { db, inTransaction, type Tx } from '@/lib/db'
import { capability, hashToken, newId } from '@/lib/ids'
import { writeLetter } from '@/lib/mail/write-letter'
import { done, type Outcome, refused } from '@/lib/outcome'
import { letterTurn } from '@/lib/people/letter-turn'
import { allow } from '@/lib/rate-limit'
import { canChange } from './access'
import { type FollowRow, targetNamed } from './queries'
import { confirmLimit, mostFollowed, stateOfFollow } from './rules'
import type { FollowInput } from './schema'

/** `to-confirm` is said to everybody who is not logged in with the address, whatever it follows already. */
export type Followed = { status: 'following' | 'to-confirm'; address: string; target: string }

/**
 * An address asks to be written to about a series, a theme or a recommendation. It hears nothing before it has said yes, by
 * the letter's link (confirmFollow), or by being logged in with it. One that follows already gets the same answer, and a
 * letter that tells the truth. Refusals: `not-found` (no such thing), `too-many` (said only to whoever is logged in with the
 * address), `invalid` with the field `email`.
 */
export async function follow(actor: Actor, input: FollowInput): Promise<Outcome<Followed, 'not-found' | 'invalid' | 'too-many'>> {
  const target = await targetNamed(input.follow)
  if (!target) return refused('not-found')
  const mailbox = parseAddress(input.email)
  if (!mailbox.ok) return refused('invalid', [{ field: 'email', reason: `address-${mailbox.reason}` }])
  const { address, fold } = mailbox
  const isOwn = canChange(actor, { addressFold: fold }, false)
  const answer = { status: isOwn ? ('following' as const) : ('to-confirm' as const), address, target }
  // What others asked for, and nobody said yes to, takes nobody's place.
  const others = await db.follow.count({ where: { addressFold: fold, confirmedAt: { not: null }, endedAt: null, NOT: { target } } })
  if (others >= mostFollowed) return isOwn ? refused('too-many') : done(answer)

  return inTransaction(async (tx) => {
    const row = await asked(tx, { address, addressFold: fold, target, locale: input.locale ?? config().defaultLocale })
    if (isOwn) {
      if (stateOfFollow(row) !== 'following') await tx.follow.update({ where: { id: row.id }, data: { confirmedAt: now(), endedAt: null } })
    } else await askToConfirm(tx, row)
    return done(answer)
  })
}

/** The row, locked: a new one, or the one there was. One that was stopped waits for a yes again, as a new one does. */
async function asked(tx: Tx, said: Pick<FollowRow, 'address' | 'addressFold' | 'target' | 'locale'>): Promise<FollowRow> {
  const [id, createdAt] = [newId(), now()]
  // Not looked for first: of two at once, both would find nothing.
  await tx.follow.createMany({ data: [{ id, ...said, hash: hashToken(capability('follow', id)), createdAt }], skipDuplicates: true })
  const { addressFold, target, locale } = said
  await tx.$queryRaw`SELECT 1 FROM "Follow" WHERE "addressFold" = ${addressFold} AND target = ${target} FOR UPDATE`
  const row = await tx.follow.findUniqueOrThrow({ where: { addressFold_target: { addressFold, target } } })
  if (row.id === id || stateOfFollow(row) === 'following') return row
  return tx.follow.update({ where: { id: row.id }, data: { locale, createdAt, confirmedAt: null, endedAt: null } })
}

/** One such letter an hour, whoever asks and however often; it says so where the address follows already. */
async function askToConfirm(tx: Tx, { id, address, addressFold, target, locale }: FollowRow) {
  const allowed = await allow('follow-confirm', `${addressFold} ${target}`, confirmLimit, tx)
  if (!allowed.ok) return
  const about = `follow/${id}`
  const revision = await tx.letter.count({ where: { about, kind: 'follow-confirm' } })
  await writeLetter(tx, { about, kind: 'follow-confirm', revision, locale, to: { address }, turn: await letterTurn(addressFold, tx) })
}
