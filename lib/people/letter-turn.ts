import { config } from '@/lib/config'
import { db, Prisma, type Tx } from '@/lib/db'
import { type NewLetter, writeLetter } from '@/lib/mail/write-letter'
import { reserveTurn } from '@/lib/rate-limit'
import { letterLimits } from './rules'

const counted = 'letters-to-stranger'

/**
 * When a letter that a visitor causes may reach this folded address: undefined, at once, where somebody proved it to
 * be theirs; else the next of three turns an hour, whoever asks and through whatever door, so that nobody fills a
 * victim's mailbox. The visitor is told nothing, the letter is written all the same (`turn` of writeLetter), and the
 * log-in or the proof of the address makes it due. Reserved with `tx`, the turn is free again if that is undone.
 */
export async function letterTurn(addressFold: string, tx: Tx = db): Promise<Date | undefined> {
  if (!config().rateLimits) return undefined
  const [reserved] = await tx.$queryRaw<{ turn: Date | null }[]>(turnOf(addressFold))
  return reserved?.turn ?? undefined
}

/**
 * The statement of `letterTurn`: no row, or one with its `turn`, null where it is now. As a CTE it may be tied to the row that the letter
 * is about (`FROM taken`): where nothing was taken, no turn is used up.
 */
export const turnOf = (addressFold: string, from = Prisma.sql`FROM (SELECT 1) AS asked`) =>
  reserveTurn(counted, addressFold, letterLimits.perStranger, Prisma.sql`${from} WHERE NOT ${isProven(addressFold)}`)

/** Writes a letter that a visitor causes; what was said already uses up no turn. False if it had been. */
export async function writeInTurn(tx: Tx, addressFold: string, letter: NewLetter): Promise<boolean> {
  const { about, kind, revision } = letter
  if ((await tx.letter.count({ where: { about, kind, revision } })) > 0) return false
  return writeLetter(tx, { ...letter, turn: await letterTurn(addressFold, tx) })
}

/** The same count for what is not written at all where there are too many: log-in letters. */
export const strangersCount = (addressFold: string) => ({ what: counted, who: addressFold, limit: letterLimits.perStranger })

/** Somebody has entered with it, proved it as their second one, or was given a role. */
const isProven = (addressFold: string) => Prisma.sql`(
  EXISTS (SELECT 1 FROM "Person" p WHERE p."addressFold" = ${addressFold} AND (p."provenAt" IS NOT NULL OR p.role <> 'participant'))
  OR EXISTS (SELECT 1 FROM "OtherAddress" o WHERE o."addressFold" = ${addressFold}))`

export async function isProvenAddress(tx: Tx, addressFold: string): Promise<boolean> {
  const [{ proven }] = await tx.$queryRaw<{ proven: boolean }[]>`SELECT ${isProven(addressFold)} AS proven`
  return proven
}
