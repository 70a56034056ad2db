import { createHash, randomUUID } from 'node:crypto'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { db } from '@/lib/db'
import { edit } from '@/lib/events/edit'
import { capability } from '@/lib/ids'
import { fileReading } from '@/lib/inbox/file'
import type { Bounce, CalendarReply, Content, Envelope, Reading } from '@/lib/inbox/reading'
import { deliverDue } from '@/lib/mail/deliver'
import { tellChange } from '@/lib/registrations/tell-change'
import { compose } from '@/lib/worker/compose'
import { house, must, signUp } from './events'

/** The address to which the calendar of a registration answers. */
export const rsvpOf = (id: string) => `rsvp+${capability('reply', id)}@${config().replyDomain}`

export type Invited = { id: string; address: string; uid: string; startsAt: Date; endsAt: Date | null }

/** Somebody registers and gets their invitation. */
export async function invited(slug: string, address = 'zoe@x.example', more: Parameters<typeof signUp>[2] = {}): Promise<Invited> {
  const { registrationId: id } = must(await signUp(slug, address, more))
  await deliverDue(compose)
  const { uid, startsAt, endsAt } = await db.event.findUniqueOrThrow({ where: { slug } })
  return { id, address, uid, startsAt, endsAt }
}

type Said = Partial<Omit<CalendarReply, 'word'>> & { to?: string[]; from?: string; id?: string; inReplyTo?: string[]; way?: Envelope['way']; sender?: string | null }

/** A message as the reader understands one: each is another unless it has the same `id`. */
export function message(content: Content, { to = [], from, id = randomUUID(), inReplyTo = [], way = 'smtp', sender = from ?? 'somebody@x.example' }: Said = {}) {
  const reading: Reading = {
    messageId: `${id}@mail.example`,
    digest: createHash('sha256').update(`${id} ${JSON.stringify(content)}`).digest('hex'),
    from: { name: null, address: from ?? null },
    subject: 'Re: Café du jeudi',
    sentAt: now(),
    addressedTo: to,
    inReplyTo,
    authentication: null,
    content,
  }
  const envelope: Envelope = { way, sender, recipients: way === 'smtp' ? to : [] }
  return { reading, envelope, file: () => fileReading(reading, Buffer.from('as it came'), envelope) }
}

/** What the calendar of somebody answers now, unless said otherwise, to the first version of their invitation. */
export function reply(who: Invited, word: CalendarReply['word'], { to, from, id, inReplyTo, way, sender, ...over }: Said = {}) {
  const answer: CalendarReply = {
    method: 'REPLY', uid: who.uid, sequence: 0, stamp: now(), attendee: who.address, word, comment: null, recurrenceId: null,
    start: who.startsAt, end: who.endsAt, delegatedTo: null, ...over,
  }
  return message({ is: 'calendar', answer }, { to: to ?? [rsvpOf(who.id)], from: from ?? who.address, id, inReplyTo, way, sender })
}

export const words = (text: string, more: Said = {}, signature: string | null = null) => message({ is: 'words', words: text, signature }, more)

export const bounce = (over: Partial<Bounce> & { address?: string; isHard?: boolean; diagnosis?: string }, more: Said = {}) => {
  const { address = 'zoe@x.example', isHard = true, diagnosis = null, ...report } = over
  return message({ is: 'bounce', bounce: { recipients: [{ address, isHard, status: isHard ? '5.1.1' : '4.2.2', diagnosis }], letterMessageId: null, ...report } }, { sender: '', ...more })
}

export const standing = async (id: string) => (await db.registration.findUniqueOrThrow({ where: { id } })).status
export const answers = async (id: string) => (await db.calendarAnswer.findMany({ where: { registrationId: id }, orderBy: { at: 'asc' } })).map(({ word, old }) => (old ? `${word}, old` : word))
export const mailById = (id: string) => db.incomingMail.findUniqueOrThrow({ where: { id } })
export const kindsTo = async (address: string) => (await db.letter.findMany({ where: { toAddress: address }, orderBy: { createdAt: 'asc' } })).map(({ kind }) => kind)

/** The event moves by a week; everybody has heard of it. */
export async function move(slug: string) {
  must(await edit(house, slug, { startsAt: '2027-01-21T09:00', endsAt: '2027-01-21T10:00' }))
  await tell(slug, { startDate: '2027-01-14', endDate: '2027-01-14' })
}

/** Everybody hears of what changed, from the days that it was on before. */
export async function tell(slug: string, was: { startDate: string; endDate: string }) {
  const { id, sequence } = await db.event.findUniqueOrThrow({ where: { slug } })
  await tellChange(id, sequence, { title: 'Café du jeudi', startTime: '09:00', endTime: '10:00', timeZone: 'Europe/Paris', place: null, ...was })
  await deliverDue(compose)
}

/** What has to leave has left: the newest letter of a kind. */
export const lastLetter = async (kind: string) => {
  await deliverDue(compose)
  return db.letter.findFirstOrThrow({ where: { kind }, orderBy: { createdAt: 'desc' } })
}

/** A letter's text, however its lines are broken. */
export const told = (text: string | null) => text?.replace(/\s+/g, ' ') ?? ''
