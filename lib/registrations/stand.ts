import type { Actor } from '@/lib/actor'
import { parseAddress } from '@/lib/address'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { db, inTransaction, type Tx } from '@/lib/db'
import { capability, hashToken, newId } from '@/lib/ids'
import { enqueue } from '@/lib/jobs/enqueue'
import { writeLetter } from '@/lib/mail/write-letter'
import { done, type Outcome, refused } from '@/lib/outcome'
import { letterTurn } from '@/lib/people/letter-turn'
import { twentyMinutes } from './rules'
import type { StandingInput } from './schema'

/** `to-prove` is said to everybody who is not logged in with the address, whoever stands already. */
export type Stood = { status: 'standing' | 'to-prove'; address: string }

/**
 * « Inscrivez-moi à tous les Cafés »: a seat at each session of a format, as soon as one may register for it. It does
 * nothing before its address is proven, by the letter's link (resumeStanding), or by being logged in with it. An address
 * that stands already gets the same answer, and a letter that tells the truth.
 * Refusals: `not-found` (no such series, or a cycle: it has no rhythm), `invalid` with the field `email`.
 */
export async function stand(actor: Actor, seriesSlug: string, input: StandingInput): Promise<Outcome<Stood, 'not-found' | 'invalid'>> {
  const series = await db.series.findUnique({ where: { slug: seriesSlug }, select: { id: true, nature: true } })
  if (series?.nature !== 'format') return refused('not-found')
  const mailbox = parseAddress(input.email)
  if (!mailbox.ok) return refused('invalid', [{ field: 'email', reason: `address-${mailbox.reason}` }])
  const { address, fold } = mailbox
  const proven = actor.kind === 'person' && actor.addressFolds.includes(fold)

  return inTransaction(async (tx) => {
    const [id, at] = [newId(), now()]
    const said = {
      name: input.name,
      address,
      locale: input.locale ?? config().defaultLocale,
      timeZone: input.timeZone ?? config().defaultTimeZone,
      place: input.place ?? null,
      provenAt: proven ? at : null,
    }
    // Not looked for first: of two at once, both would find nothing.
    const { count } = await tx.standingRegistration.createMany({
      data: [{ id, seriesId: series.id, addressFold: fold, manageHash: hashToken(capability('standing', id)), createdAt: at, ...said }],
      skipDuplicates: true,
    })
    const row = await locked(tx, series.id, fold)
    if (count === 0 && row.provenAt !== null && row.endedAt === null) {
      await tell(tx, row, twentyMinutes(at))
      return done({ status: proven ? ('standing' as const) : ('to-prove' as const), address })
    }
    const begun = count === 1 ? row : await tx.standingRegistration.update({ where: { id: row.id }, data: { ...said, pausedAt: null, endedAt: null, revision: { increment: 1 } } })
    await tell(tx, begun, begun.revision)
    if (proven) await enqueue(tx, 'standing-begun', { standingId: row.id })
    return done({ status: proven ? ('standing' as const) : ('to-prove' as const), address })
  })
}

async function locked(tx: Tx, seriesId: string, addressFold: string) {
  await tx.$queryRaw`SELECT 1 FROM "StandingRegistration" WHERE "seriesId" = ${seriesId}::uuid AND "addressFold" = ${addressFold} FOR UPDATE`
  return tx.standingRegistration.findUniqueOrThrow({ where: { seriesId_addressFold: { seriesId, addressFold } } })
}

type Row = Awaited<ReturnType<typeof locked>>

const tell = async (tx: Tx, { id, locale, name, address, addressFold }: Row, revision: number) =>
  writeLetter(tx, { about: `standing/${id}`, kind: 'standing-started', revision, locale, to: { name, address }, turn: await letterTurn(addressFold, tx) })
