import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { inTransaction, type Prisma, type Tx } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canResend } from './access'
import { isSecret, revisionOfCopy } from './rules'
import { writeLetter } from './write-letter'

/**
 * Says a letter again, composed anew from what is true now, under a Message-ID of its own. Refusals: `forbidden`,
 * `not-found`, `still-waiting` (the first has not left yet, or waits until its address can be reached), `secret` (a log-in letter opens a door once),
 * `not-a-real-person` (born delivered: seeded people have no mailbox).
 */
export async function resend(actor: Actor, letterId: string): Promise<Outcome<{ letterId: string }, ResendRefusal>> {
  if (!canResend(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    const letter = await tx.letter.findUnique({ where: { id: letterId } })
    if (!letter) return refused('not-found')
    if (isSecret(letter.kind)) return refused('secret')
    if (letter.status === 'queued' || letter.status === 'sending' || letter.status === 'stopped') return refused('still-waiting')
    if (letter.status === 'delivered' && letter.lastError === null) return refused('not-a-real-person')

    const copy = await writeCopy(tx, letter)
    await record(tx, actor, {
      verb: 'resend',
      subject: `letter/${letter.id}`,
      ...(letter.eventId ? { eventId: letter.eventId } : {}),
      after: { kind: letter.kind, letterId: copy },
    })
    return done({ letterId: copy })
  })
}

export type ResendRefusal = 'forbidden' | 'not-found' | 'secret' | 'still-waiting' | 'not-a-real-person'

type Original = Prisma.LetterGetPayload<object>

async function writeCopy(tx: Tx, letter: Original) {
  const { about, kind, eventId, locale } = letter
  // Held until the commit, so that two organisers who press the button at once make two copies in a row.
  await tx.$executeRaw`SELECT 1 FROM "Letter" WHERE id = ${letter.id}::uuid FOR UPDATE`
  const newest = await tx.letter.findFirstOrThrow({ where: { about, kind }, orderBy: { revision: 'desc' } })
  const revision = revisionOfCopy(letter.revision, newest.revision)
  await writeLetter(tx, {
    about,
    kind,
    revision,
    eventId,
    locale,
    to: { name: letter.toName, address: letter.toAddress },
    facts: letter.facts as Prisma.JsonObject,
  })
  return (await tx.letter.findUniqueOrThrow({ where: { about_kind_revision: { about, kind, revision } } })).id
}
