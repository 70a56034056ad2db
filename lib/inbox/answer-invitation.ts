import { foldAddress } from '@/lib/address'
import { now } from '@/lib/clock'
import type { CalendarWord } from '@/lib/generated/prisma/enums'
import type { Tx } from '@/lib/db'
import { declineByCalendar } from '@/lib/registrations/decline-by-calendar'
import { lockRegistration } from '@/lib/registrations/open-registration'
import { personalSequence, shutToChange } from '@/lib/registrations/rules'
import { askOnce } from './ask-once'
import { type Addressed, type AddressedRegistration, isTheirAddress } from './find-addressed'
import type { CalendarReply } from './reading'
import { judge, type MailDetail, type Made, sound, stampOf, storable } from './rules'

/**
 * What somebody's calendar answers (RFC 5546 3.2.3, 3.2.6, 3.2.7). It counts where the address, the event and the one
 * attendee name the same registration; it is judged under that registration's lock, so that of several at once each finds
 * what those before it left. A step of fileMail.
 */
export async function answerInvitation(tx: Tx, mailId: string, said: CalendarReply, sender: string | null, addressed: Addressed): Promise<Made> {
  const answer = sound(said)
  const { registration } = addressed
  const detail = detailOf(answer)
  if (!registration) return { outcome: addressed.is === 'unknown' ? 'unknown-address' : 'no-address', detail, awaits: true }
  // None of our events is a series: what speaks of one date of one speaks of something else.
  if (answer.uid !== registration.event.uid || answer.recurrenceId !== null) return { outcome: 'uid-differs', detail, awaits: true }
  if (!(await isTheirAddress(tx, answer.attendee, registration))) return doubt(tx, answer, registration, detail)

  const { row } = await lockRegistration(tx, registration)
  const facts = await factsOf(tx, registration, row.revision, answer.sequence)
  // Where the event's number rose without a word to them, or before it left, they answer the newest that they have.
  const current = facts.sentStill ?? personalSequence(facts.sequence, row.revision)
  const judged = judge(answer, { status: row.status, sequence: current, isShut: shutToChange(facts, now()) !== null, startsAt: facts.startsAt, startThen: facts.startThen, newestStamp: facts.newestStamp }, now())
  const word = wordKept(answer)
  if (word && judged.outcome !== 'refresh' && judged.outcome !== 'unreadable') {
    await tx.calendarAnswer.create({
      data: {
        registrationId: row.id, incomingId: mailId, word, sequence: answer.sequence, stamp: stampOf(answer, now()), at: now(), old: judged.old,
        comment: detail.comment ?? null,
        proposedStart: word === 'countered' ? answer.start : null,
        proposedEnd: word === 'countered' ? answer.end : null,
        sentBy: sender && foldAddress(sender) !== row.addressFold ? storable(sender, 320) : null,
      },
    })
  }
  const made = { detail: { ...detail, current }, awaits: judged.awaits }
  if (judged.act === 'withdraw') await declineByCalendar(tx, row)
  if (judged.act === 'ask-again') {
    const asked = await askOnce(tx, row, 'answer-again', { said: answer.word, ...(facts.startThen ?? answer.start ? { startsAt: (facts.startThen ?? answer.start)?.toISOString() } : {}) })
    // The day's letter was spent: a No that nobody follows, a Yes of somebody without a seat, is an organiser's to see.
    return { ...made, outcome: asked ? 'asked-again' : 'old', awaits: !asked && (answer.word === 'declined' || row.status === 'cancelled') }
  }
  return { ...made, outcome: judged.outcome }
}

function detailOf({ method, word, attendee, sequence, uid, comment, delegatedTo, start, end }: CalendarReply): MailDetail {
  return {
    word: method === 'REPLY' ? (word ?? undefined) : method.toLowerCase(),
    attendee: attendee && storable(attendee, 320),
    sequence,
    uid: storable(uid, 255),
    ...(comment ? { comment: storable(comment, 1000) } : {}),
    ...(delegatedTo ? { delegatedTo: storable(delegatedTo, 320) } : {}),
    ...(method === 'COUNTER' && start ? { proposedStart: start.toISOString() } : {}),
    ...(method === 'COUNTER' && end ? { proposedEnd: end.toISOString() } : {}),
    ...(method === 'REPLY' && (word === null || word === 'needs-action') ? { why: 'nothing-said' } : {}),
  }
}

/** Somebody else's calendar, or an alias of theirs: nothing changes, and the registered address is asked. */
async function doubt(tx: Tx, { method, word, attendee }: CalendarReply, registration: AddressedRegistration, detail: MailDetail): Promise<Made> {
  const isWord = method === 'REPLY' && (word === 'declined' || word === 'accepted' || word === 'tentative')
  const event = await tx.event.findUniqueOrThrow({ where: { id: registration.eventId }, select: { status: true, startsAt: true } })
  const isOver = registration.status === 'cancelled' || shutToChange(event, now()) !== null
  const asked = isWord && !isOver && (await askOnce(tx, registration, 'answer-unsure', { said: word, attendee: attendee && storable(attendee, 320) }))
  return { outcome: 'attendee-differs', detail: { ...detail, asked }, awaits: true }
}

type Facts = { sequence: number; status: string; startsAt: Date; newestStamp: Date | null; startThen: Date | null; sentStill: number | null }

/**
 * The event as it is now, the stamp of the newest answer that was followed, what the version that is answered said of the
 * start, and the number of the newest invitation that left, if this registration and the start stand as it said.
 */
async function factsOf(tx: Tx, { id, eventId }: AddressedRegistration, revision: number, sequence: number): Promise<Facts> {
  const [facts] = await tx.$queryRaw<Facts[]>`
    SELECT e.sequence, e.status::text, e."startsAt",
      (SELECT max(a.stamp) FROM "CalendarAnswer" a WHERE a."registrationId" = ${id}::uuid AND NOT a.old) AS "newestStamp",
      (SELECT l."calendarStartsAt" FROM "Letter" l WHERE l.about = ${`registration/${id}`} AND l."calendarSequence" = ${sequence}::bigint AND l."calendarStartsAt" IS NOT NULL
        ORDER BY l."createdAt" DESC LIMIT 1) AS "startThen",
      CASE WHEN newest."calendarMethod" = 'REQUEST' AND newest."calendarSequence" - newest."eventSequence" = ${revision}::int AND newest."calendarStartsAt" = e."startsAt"
        THEN newest."calendarSequence" END AS "sentStill"
    FROM "Event" e LEFT JOIN LATERAL (
      SELECT l."calendarMethod", l."calendarSequence", l."eventSequence", l."calendarStartsAt" FROM "Letter" l
      WHERE l.about = ${`registration/${id}`} AND l.status = 'sent' AND l."calendarSequence" IS NOT NULL ORDER BY l."calendarSequence" DESC LIMIT 1
    ) newest ON true WHERE e.id = ${eventId}::uuid`
  return facts
}

/** As it is kept with the registration; null where it is no answer. */
function wordKept({ method, word }: CalendarReply): CalendarWord | null {
  if (method === 'COUNTER') return 'countered'
  return method === 'REPLY' && word !== null && word !== 'needs-action' ? word : null
}
