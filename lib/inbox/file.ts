import { createHash } from 'node:crypto'
import { now } from '@/lib/clock'
import { inTransaction, Prisma, type Tx } from '@/lib/db'
import { newId } from '@/lib/ids'
import { answerInvitation } from './answer-invitation'
import { type Addressed, findAddressed } from './find-addressed'
import { readApart } from './read-apart'
import type { Envelope, Reading } from './reading'
import { type Made, storable } from './rules'
import { takeBounce } from './take-bounce'
import { takeWords } from './take-words'

export type Filed = { id: string; outcome: string; again: boolean }

/** What the two ways in do with a message: it is done when that is committed. */
export type FileMail = (raw: Buffer, envelope: Envelope) => Promise<Filed>

/**
 * Keeps a message that came in and does what it asks for, in one transaction: where this returns, it is done, and a second
 * try of the same message, by whichever way and however many at once, changes nothing (`again`). Throws where it could
 * not be kept; then nothing of it was done. Called by the two ways in, for whoever wrote the message.
 */
export async function fileMail(raw: Buffer, envelope: Envelope): Promise<Filed> {
  return fileReading(await readApart(raw), raw, envelope)
}

/** The same of a message that is read already. */
export async function fileReading(reading: Reading, raw: Buffer, envelope: Envelope): Promise<Filed> {
  return inTransaction(async (tx) => {
    const addressed = await findAddressed(tx, reading, envelope)
    const before = reading.content.is === 'words' ? await saidBefore(tx, reading, addressed) : null
    if (before) return { ...before, again: true }

    const id = newId()
    const digest = digestOf(reading, addressed)
    // Before anything is locked: of two at once the second waits here, and finds that it is done.
    const begun = await tx.incomingMail.createMany({ data: [{ ...rowOf(id, reading, raw, envelope), digest }], skipDuplicates: true })
    if (begun.count === 0) return { ...(await tx.incomingMail.findUniqueOrThrow({ where: { digest }, select: { id: true, outcome: true } })), again: true }

    const made = await act(tx, { id, reading, envelope, addressed })
    await tx.incomingMail.update({ where: { id }, data: { ...outcomeOf(made, reading, envelope, addressed), ...(await withinBounds(tx, made, addressed)) } })
    return { id, outcome: made.outcome, again: false }
  })
}

/** Lists and forwarding change what a message says around its words: the same message to the same address is one. */
async function saidBefore(tx: Tx, { messageId, from }: Reading, { address }: Addressed) {
  if (!messageId) return null
  const same = { messageId: storable(messageId, 500), kind: 'words', fromAddress: from.address && storable(from.address, 320), toAddress: address && storable(address, 320) }
  return tx.incomingMail.findFirst({ where: same, select: { id: true, outcome: true } })
}

/** A message is known again where it came for the same registration: nobody uses it up by handing it to another address first. */
const digestOf = ({ digest }: Reading, { registration }: Addressed) =>
  registration ? createHash('sha256').update(`${digest} ${registration.id}`).digest('hex') : digest

function rowOf(id: string, { messageId, from, subject, content }: Reading, raw: Buffer, { way }: Envelope): Omit<Prisma.IncomingMailCreateManyInput, 'digest'> {
  return {
    id, way, arrivedAt: now(), size: raw.length, raw: new Uint8Array(raw),
    messageId: messageId && storable(messageId, 500),
    fromName: from.name && storable(from.name, 200),
    fromAddress: from.address && storable(from.address, 320),
    subject: subject && storable(subject, 300),
    kind: content.is,
    outcome: 'unreadable',
    words: content.is === 'words' ? storable(content.words, 20_000) : null,
  }
}

/**
 * Whoever knows an address of ours may write there without end: what they write is read and listed, but no more than this lies here
 * or waits for somebody. A few octets are an answer; a day's sources of one registration, and of nobody's, are bounded.
 */
async function withinBounds(tx: Tx, { awaits, about }: Made, { registration }: Addressed): Promise<Prisma.IncomingMailUncheckedUpdateInput> {
  const whom = about?.id ?? registration?.id
  const most = whom ? mostOf.registration : mostOf.nobody
  const day = new Date(now().getTime() - 86_400_000)
  const [lies] = await tx.$queryRaw<{ octets: number; waiting: number }[]>`
    SELECT coalesce(sum(size) FILTER (WHERE raw IS NOT NULL AND "arrivedAt" > ${day}), 0)::float8 AS octets, (count(*) FILTER (WHERE awaits))::int AS waiting
    FROM "IncomingMail" WHERE ${whom ? Prisma.sql`"registrationId" = ${whom}::uuid` : Prisma.sql`"registrationId" IS NULL`} AND (awaits OR "arrivedAt" > ${day})`
  return { ...(lies.octets > most.octets ? { raw: null } : {}), ...(awaits && lies.waiting >= most.waiting ? { awaits: false } : {}) }
}

const mostOf = { registration: { octets: 4 * 1024 * 1024, waiting: 20 }, nobody: { octets: 50 * 1024 * 1024, waiting: 500 } }

type Message = { id: string; reading: Reading; envelope: Envelope; addressed: Addressed }

function act(tx: Tx, { id, reading, envelope, addressed }: Message): Promise<Made> | Made {
  const { content } = reading
  // What the doctor sent itself shows that answers come in: that is all it is for.
  if (addressed.is === 'doctor') return { outcome: 'automatic', detail: { why: 'doctor' } }
  switch (content.is) {
    case 'calendar':
      return answerInvitation(tx, id, content.answer, reading.from.address, addressed)
    case 'bounce':
      return takeBounce(tx, content.bounce, addressed)
    case 'words':
      // Words come from somebody: what bears no sender is a machine's (RFC 5321 4.5.5), whatever it says.
      return envelope.way === 'smtp' && !envelope.sender ? { outcome: 'automatic', detail: { why: 'empty-sender' } } : takeWords(tx, id, content, reading, addressed)
    case 'automatic':
      return { outcome: content.why === 'list' || content.why === 'bulk' ? 'list' : 'automatic', detail: { why: content.why } }
    case 'unreadable':
      return { outcome: 'unreadable', detail: { why: content.why }, awaits: addressed.registration !== null }
  }
}

function outcomeOf({ outcome, detail = {}, awaits = false, about }: Made, { authentication }: Reading, { way }: Envelope, { address, registration }: Addressed): Prisma.IncomingMailUncheckedUpdateInput {
  const { id, eventId } = about ?? { id: registration?.id ?? null, eventId: registration?.eventId ?? null }
  return {
    outcome, awaits, registrationId: id, eventId,
    toAddress: address && storable(address, 320),
    // Only in a mailbox did a server of ours write it; what comes to our own door its sender may have written.
    detail: { ...detail, ...(authentication && way === 'imap' ? { authentication: storable(authentication, 300) } : {}) },
  }
}
