import { readFile } from 'node:fs/promises'
import { record } from '@/lib/activity/record'
import { type Actor, actorName, system } from '@/lib/actor'
import { cleanApart } from '@/lib/clean-apart'
import type { Cleaned } from '@/lib/clean-file'
import { now } from '@/lib/clock'
import { db, inTransaction, type Tx } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { fileKinds, fileNameFor, type FileRefusal } from '@/lib/file-kinds'
import { dropLaid, keep, type Laid, layDown } from '@/lib/files'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canWriteNotes } from './access'
import { findHandout } from './queries'
import { mayHandIn, mostFromSpeaker, mostResources } from './rules'
import { fileInput, type LinkInput, linkInput } from './schema'

type Added = { id: string }
type FileReason = FileRefusal | 'busy' | 'disk-full' | 'full' | 'handout-full' | 'not-found' | 'invalid'

/** A link or the replay, shown at once. Refusals: `forbidden`, `not-found`, `invalid` (title, url), `full` (twenty are there). */
export async function addLink(actor: Actor, slug: string, input: LinkInput): Promise<Outcome<Added, 'forbidden' | 'not-found' | 'invalid' | 'full'>> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  const read = linkInput.safeParse(input)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  return inTransaction(async (tx) => {
    const place = await nextPlace(tx, { slug })
    if (typeof place === 'string') return refused(place)
    const { id } = await tx.resource.create({ data: { ...place, ...read.data, givenBy: actorName(actor), createdAt: now(), shownAt: now() } })
    await record(tx, actor, { verb: 'resource.add', subject: `resource/${id}`, eventId: place.eventId, after: { title: read.data.title } })
    return done({ id })
  })
}

/** `path` is where the form's file was laid; it stays the caller's to throw away. */
export type SentFile = { title: string | null; name: string; path: string }

/**
 * A file of the organisers', shown at once. It is what its content says, and is kept without what it tells of its maker.
 * The same file twice is one. Refusals: `forbidden`, `not-found`, `full`, `invalid` (title), `busy`, `disk-full`, and what
 * lib/file-kinds.ts names.
 */
export async function addFile(actor: Actor, slug: string, sent: SentFile): Promise<Outcome<Added, FileReason | 'forbidden' | 'gone'>> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  if ((await db.event.count({ where: { slug } })) === 0) return refused('not-found')
  return store(sent, { slug }, { actor, givenBy: actorName(actor), shownAt: now() })
}

/**
 * A file that a speaker sends by their own link: waits until an organiser shows it. Refusals as above, and `gone`, `over`
 * (thirty days after the event), `handout-full`.
 */
export async function handIn(token: string, sent: SentFile): Promise<Outcome<Added, FileReason | 'gone' | 'over'>> {
  const handout = await findHandout(token)
  if (!handout || handout === 'gone') return refused(handout ?? 'not-found')
  const why = mayHandIn(handout.event, now())
  if (why) return refused(why)
  if (handout.sent.length >= mostFromSpeaker) return refused('handout-full')
  const { id: speakerId, name } = handout.speaker
  return store(sent, { slug: handout.event.slug, speakerId, handoutHash: handout.handoutHash }, { actor: system(name), givenBy: name, shownAt: null })
}

type To = { slug: string; speakerId?: string; handoutHash?: string | null }
type Giver = { actor: Actor; givenBy: string; shownAt: Date | null }

async function store({ path, ...said }: SentFile, to: To, giver: Giver): Promise<Outcome<Added, FileReason | 'gone'>> {
  const read = fileInput.safeParse(said)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  const cleaned = await cleanApart(await readFile(path))
  if (!cleaned) return refused('busy')
  if (!cleaned.ok) return refused(cleaned.reason)
  const laid = await layDown(cleaned.bytes)
  if (laid === 'disk-full') return refused('disk-full')
  try {
    return await inTransaction((tx) => name(tx, read.data, cleaned, laid, to, giver))
  } finally {
    await dropLaid(laid)
  }
}

/** The row and the file become one thing under the lock that the sweeping of files holds too (sweep-files.ts). */
async function name(tx: Tx, { title, name: given }: { title: string | null; name: string }, cleaned: Cleaned & { ok: true }, laid: Laid, to: To, { actor, givenBy, shownAt }: Giver) {
  const place = await nextPlace(tx, to)
  if (place === 'not-found') return refused(place)
  const eventId = typeof place === 'string' ? (await tx.event.findUniqueOrThrow({ where: { slug: to.slug }, select: { id: true } })).id : place.eventId
  const speakerId = to.speakerId ?? null
  // The link may have been replaced while the file was looked at, which takes its time.
  if (speakerId && (await tx.eventSpeaker.count({ where: { eventId, speakerId, handoutHash: to.handoutHash } })) === 0) return refused('gone')
  const same = await tx.resource.findFirst({ where: { eventId, digest: laid.digest, speakerId }, select: { id: true } })
  if (same) return done(same)
  if (typeof place === 'string') return refused(place)
  if (speakerId && (await tx.resource.count({ where: { eventId, speakerId } })) >= mostFromSpeaker) return refused('handout-full')
  await lockFile(tx, laid.digest)
  await keep(laid)
  const fileName = fileNameFor(given, cleaned.kind)
  const { id } = await tx.resource.create({
    data: {
      ...place, kind: 'file', title: title ?? fileName.replace(/\.\w+$/, ''), fileName, mediaType: fileKinds[cleaned.kind].type,
      bytes: laid.bytes, digest: laid.digest, givenBy, speakerId, createdAt: now(), shownAt,
    },
  })
  await record(tx, actor, { verb: speakerId ? 'resource.hand-in' : 'resource.add', subject: `resource/${id}`, eventId, after: { title: title ?? fileName } })
  return done({ id })
}

/** Under the event's lock, so that twenty are twenty. */
async function nextPlace(tx: Tx, { slug }: { slug: string }): Promise<{ eventId: string; position: number } | 'not-found' | 'full'> {
  await tx.$queryRaw`SELECT 1 FROM "Event" WHERE slug = ${slug} FOR NO KEY UPDATE`
  const event = await tx.event.findUnique({ where: { slug }, select: { id: true, resources: { select: { position: true } } } })
  if (!event) return 'not-found'
  if (event.resources.length >= mostResources) return 'full'
  return { eventId: event.id, position: Math.max(0, ...event.resources.map(({ position }) => position + 1)) }
}

/** Until the transaction ends, nobody else names this file or sweeps it away. */
export const lockFile = (tx: Tx, digest: string) => tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`file:${digest}`}, 0))`
