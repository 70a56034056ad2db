import { entriesOf, lineNamed, linesNamed, mailboxIn, methodOf, parameterOf, readFile, readText, timeIn, valueNamed, type CalendarFile, type Component } from './calendar-file'
import { type Check, raw, type Subject } from './file-rules'
import { headerOf, mailboxesOf, type MailPart, partsWithin } from './mail-message'

export type Told = Subject & {
  /** Can an answer reach us? */
  answersRead?: boolean
}

/** The rules of what one person's calendar is told (RFC 5546); the numbers are those of docs/calendar-rules.md. */
export const invitationRules: Record<number, Check<Told>> = {
  8: ({ file }) => (numberOf(file) === null ? [entriesOf(file).flatMap((entry) => linesNamed(entry, 'SEQUENCE').map(raw)).join(' ') || 'SEQUENCE'] : []),
  25: ({ file }) => {
    const entries = entriesOf(file)
    return file.calendars.length === 1 && entries.length === 1 && linesNamed(file.calendars[0], 'METHOD').length === 1 ? [] : [`VCALENDAR: ${file.calendars.length}, VEVENT: ${entries.length}`]
  },
  26: ({ file, answersRead }) => entriesOf(file).flatMap((entry) => {
    const attendees = linesNamed(entry, 'ATTENDEE')
    const [one] = attendees
    const isInvited = parameterOf(one, 'CUTYPE') === 'INDIVIDUAL' && parameterOf(one, 'ROLE') === 'REQ-PARTICIPANT' && mailboxIn(one) !== null
    if (attendees.length !== 1 || !isInvited) return attendees.length === 0 ? ['ATTENDEE'] : attendees.map(raw)
    if (methodOf(file) !== 'REQUEST') return []
    const stands = valueNamed(entry, 'STATUS') === 'CONFIRMED' ? ['ACCEPTED', 'NEEDS-ACTION'] : ['TENTATIVE']
    const asks = parameterOf(one, 'RSVP')
    const isAsked = answersRead === undefined ? asks !== undefined : asks === (answersRead ? 'TRUE' : 'FALSE')
    return stands.includes(parameterOf(one, 'PARTSTAT') ?? '') && isAsked ? [] : [raw(one)]
  }),
  27: ({ file }) => entriesOf(file).flatMap((entry) => {
    const organisers = linesNamed(entry, 'ORGANIZER')
    const [one] = organisers
    const mailbox = mailboxIn(one) ?? ''
    const [local] = mailbox.split('@')
    const isBare = organisers.length === 1 && /^mailto:[^@\s<>]+@[^@\s<>]+$/.test(one.value) && one.value === one.value.toLowerCase()
    return isBare && local.length <= 64 && mailbox !== mailboxIn(lineNamed(entry, 'ATTENDEE')) ? [] : [one ? raw(one) : 'ORGANIZER']
  }),
  29: ({ file }) => cancelled(file).filter((entry) => valueNamed(entry, 'STATUS') !== undefined).flatMap((entry) => [
    ...(valueNamed(entry, 'STATUS') === 'CANCELLED' ? [] : [`STATUS:${valueNamed(entry, 'STATUS')}`]),
    ...withoutWhat(entry),
  ]),
  30: ({ file }) => cancelled(file).filter((entry) => valueNamed(entry, 'STATUS') === undefined).flatMap((entry) => {
    const words = ['SUMMARY', 'DESCRIPTION'].map((name) => readText(valueNamed(entry, name) ?? ''))
    return [...words.filter((text) => saysCalledOff.test(text)).map((text) => text.split('\n')[0]), ...withoutWhat(entry)]
  }),
}

// At the beginning alone: a title may well speak of a cancelled train.
const saysCalledOff = /^(?:Annulé : |Cancelled: |Ce rendez-vous est annulé|This event has been called off)/

const cancelled = (file: CalendarFile) => (methodOf(file) === 'CANCEL' ? entriesOf(file) : [])

/** What a cancellation must have (RFC 5546 section 3.2.5), and what it may not ask. */
const withoutWhat = (entry: Component): string[] => [
  ...['UID', 'SEQUENCE', 'ORGANIZER', 'ATTENDEE', 'DTSTART'].filter((name) => linesNamed(entry, name).length !== 1),
  ...linesNamed(entry, 'ATTENDEE').filter((line) => parameterOf(line, 'RSVP') === 'TRUE').map(raw),
  ...entry.parts.map(({ name }) => `BEGIN:${name}`),
]

/** The message that brings it. */
export type Sent = Told & { mail: MailPart }

/** The rules of the message (RFC 6047, RFC 3834). */
export const mailRules: Record<number, Check<Sent>> = {
  22: ({ mail }) => {
    const [alternative, attached, ...more] = mail.parts
    const isShaped = mail.type === 'multipart/mixed' && alternative?.type === 'multipart/alternative' && more.length === 0
    const isInOrder = alternative?.parts.map(({ type }) => type).join() === 'text/plain,text/html,text/calendar'
    const isAttached = attached?.type === 'application/ics' && attached.encoding === 'base64' && attached.disposition === 'attachment' && /\.ics$/.test(attached.filename ?? '')
    return isShaped && isInOrder && isAttached ? [] : [shape(mail)]
  },
  23: ({ mail, file }) => calendarsIn(mail).filter(({ parameters }) => parameters.charset?.toLowerCase() !== 'utf-8' || parameters.method !== methodOf(file)).map((part) => headerOf(part, 'content-type') ?? ''),
  24: ({ mail, file }) => {
    const copies = [...calendarsIn(mail), ...partsWithin(mail).filter(({ type }) => type === 'application/ics')]
    return [
      ...calendarsIn(mail).filter(({ encoding, disposition }) => !['base64', 'quoted-printable'].includes(encoding) || disposition === 'attachment').map(({ encoding, disposition }) => `${encoding} ${disposition}`.trim()),
      ...copies.filter(({ body }) => body.toString('utf8') !== file.text).map(({ type }) => type),
      ...(copies.length === 2 ? [] : [`text/calendar, application/ics: ${copies.length}`]),
    ]
  },
  31: ({ mail }) => [
    ...['from', 'to', 'date', 'message-id', 'subject'].filter((name) => mail.headers.filter(([one]) => one === name).length !== 1),
    ...mail.headers.filter(([, value]) => /[^\x20-\x7e\t]/.test(value)).map(([name]) => name),
    ...(headerOf(mail, 'auto-submitted') === 'auto-generated' ? [] : ['auto-submitted']),
    ...(/OOF/.test(headerOf(mail, 'x-auto-response-suppress') ?? '') ? [] : ['x-auto-response-suppress']),
    ...mail.headers.filter(([name]) => name.startsWith('list-') || name === 'precedence').map(([name]) => name),
  ],
  // What travels is what was composed, byte for byte: no service has taken the parts asunder.
  32: ({ mail, file }) => (calendarsIn(mail).some(({ body }) => readFile(body.toString('utf8')).text === file.text) ? [] : ['text/calendar']),
}

/** Rules 26 and 27 as the message has them: one recipient, who is the ATTENDEE; From is the ORGANIZER. */
export const addressRules: Record<number, Check<Sent>> = {
  26: ({ mail, file }) => {
    const to = mailboxesOf(headerOf(mail, 'to'))
    return to.length === 1 && to[0] === mailboxIn(lineNamed(entriesOf(file)[0], 'ATTENDEE')) && !headerOf(mail, 'cc') && !headerOf(mail, 'bcc') ? [] : [`To: ${to.join(', ')}`]
  },
  27: ({ mail, file }) => {
    const from = mailboxesOf(headerOf(mail, 'from'))
    return from.length === 1 && from[0] === mailboxIn(lineNamed(entriesOf(file)[0], 'ORGANIZER')) ? [] : [`From: ${from.join(', ')}`]
  },
}

/** One file and the one that the same address had before it. */
export type Pair = { before: CalendarFile; file: CalendarFile }

/** The rules of what follows what (RFC 5546 section 2.1.4). */
export const orderRules: Record<number, Check<Pair>> = {
  8: ({ before, file }) => {
    const [was, is] = [numberOf(before), numberOf(file)]
    const hasChanged = seen(before) !== seen(file)
    return was !== null && is !== null && (hasChanged ? is > was : is >= was) ? [] : [`SEQUENCE: ${was} → ${is}`]
  },
  10: ({ before, file }) => {
    const [[was, at], [is, then]] = [before, file].map((one) => [numberOf(one) ?? -1, valueNamed(entriesOf(one)[0], 'DTSTAMP') ?? ''] as const)
    return is > was || (is === was && then > at) ? [] : [`${was} ${at} → ${is} ${then}`]
  },
  28: ({ before, file }) => {
    if (methodOf(file) !== 'REQUEST') return []
    const [was, is] = [entriesOf(before)[0], entriesOf(file)[0]]
    return [
      ...(valueNamed(was, 'UID') === valueNamed(is, 'UID') ? [] : ['UID']),
      ...(mailboxIn(lineNamed(was, 'ORGANIZER')) === mailboxIn(lineNamed(is, 'ORGANIZER')) ? [] : ['ORGANIZER']),
      ...((numberOf(file) ?? -1) > (numberOf(before) ?? -1) ? [] : ['SEQUENCE']),
      ...((valueNamed(is, 'DTSTAMP') ?? '') >= (valueNamed(was, 'DTSTAMP') ?? '') ? [] : ['DTSTAMP']),
    ]
  },
}

/** SEQUENCE, or null where it is none (RFC 5545 section 3.8.7.4: from 0, an integer). */
export function numberOf(file: CalendarFile): number | null {
  const lines = linesNamed(entriesOf(file)[0], 'SEQUENCE')
  return lines.length === 1 && /^\d{1,10}$/.test(lines[0].value) && Number(lines[0].value) < 2 ** 31 ? Number(lines[0].value) : null
}

/** What of an entry a calendar shows as changed. */
const seen = (file: CalendarFile) =>
  JSON.stringify([methodOf(file), ...['DTSTART', 'DTEND', 'DURATION', 'STATUS', 'LOCATION', 'SUMMARY'].map((name) => lineNamed(entriesOf(file)[0], name)?.raw), timeIn(lineNamed(entriesOf(file)[0], 'DTSTART'))])

const calendarsIn = (mail: MailPart) => partsWithin(mail).filter(({ type }) => type === 'text/calendar')

const shape = ({ type, parts }: MailPart): string => (parts.length === 0 ? type : `${type}(${parts.map(shape).join(', ')})`)
