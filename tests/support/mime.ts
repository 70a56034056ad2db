import ICAL from 'ical.js'
import nodeIcal from 'node-ical'

export type MimePart = { type: string; parameters: Record<string, string>; disposition: string; encoding: string; body: Buffer; parts: MimePart[] }

/** A message's parts as they travelled (RFC 2045, 2046), read here by hand and by nothing that wrote or will read them. */
export function mimeParts(raw: string): MimePart {
  const [head, body] = cut(raw, '\r\n\r\n')
  const fields = new Map(head.replace(/\r\n[ \t]+/g, ' ').split('\r\n').map((line) => [cut(line, ':')[0].toLowerCase(), cut(line, ':')[1].trim()]))
  const [type, ...rest] = (fields.get('content-type') ?? 'text/plain').split(';').map((part) => part.trim())
  const parameters = Object.fromEntries(rest.filter(Boolean).map((part) => [cut(part, '=')[0].toLowerCase(), cut(part, '=')[1].replace(/^"|"$/g, '')]))
  const encoding = (fields.get('content-transfer-encoding') ?? '7bit').toLowerCase()
  const pieces = parameters.boundary ? `\r\n${body}`.split(`\r\n--${parameters.boundary}`).slice(1) : []
  return {
    type: type.toLowerCase(),
    parameters,
    disposition: fields.get('content-disposition') ?? '',
    encoding,
    body: decoded(body, encoding),
    parts: pieces.filter((piece) => !piece.startsWith('--')).map((piece) => mimeParts(piece.replace(/^[ \t]*\r\n/, ''))),
  }
}

export const allParts = (part: MimePart): MimePart[] => [part, ...part.parts.flatMap(allParts)]

/** The skeleton of a message: `multipart/mixed(text/plain, …)`. */
export const skeleton = ({ type, parts }: MimePart): string => (parts.length === 0 ? type : `${type}(${parts.map(skeleton).join(', ')})`)

/** One event of a calendar file, as two programs that are not ours both read it; throws where they differ. */
export function readEvent(file: string, uid?: string) {
  const calendar = new ICAL.Component(ICAL.parse(file))
  const component = calendar.getAllSubcomponents('vevent').find((one) => uid === undefined || one.getFirstPropertyValue('uid') === uid)
  const other = Object.values(nodeIcal.sync.parseICS(file)).find((one) => one?.type === 'VEVENT' && (uid === undefined || one.uid === uid))
  if (!component || other?.type !== 'VEVENT') throw new Error(`No such event in the calendar:\n${file}`)
  // The zone of the file itself, not one that the reader knows by heart.
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(new ICAL.Timezone(zone), String(zone.getFirstPropertyValue('tzid')))
  const event = new ICAL.Event(component)
  const said = {
    method: text(calendar.getFirstPropertyValue('method')),
    uid: event.uid,
    sequence: event.sequence,
    status: text(component.getFirstPropertyValue('status')),
    start: event.startDate.toJSDate().toISOString(),
    summary: event.summary,
    organiser: mailbox(component.getFirstPropertyValue('organizer')),
    attendees: component.getAllProperties('attendee').map((one) => ({ address: mailbox(one.getFirstValue()), state: text(one.getFirstParameter('partstat')), rsvp: text(one.getFirstParameter('rsvp')) })),
  }
  const theirs = { uid: other.uid, sequence: Number(other.sequence), status: text(other.status), start: new Date(other.start).toISOString() }
  const ours = { uid: said.uid, sequence: said.sequence, status: said.status, start: said.start }
  if (JSON.stringify(theirs) !== JSON.stringify(ours)) throw new Error(`Two readers differ: ${JSON.stringify(theirs)} and ${JSON.stringify(ours)}`)
  return said
}

const text = (value: unknown) => (value === null || value === undefined ? '' : String(value))
const mailbox = (value: unknown) => decodeURIComponent(text(value).replace(/^mailto:/i, ''))

function cut(line: string, at: string): [string, string] {
  const index = line.indexOf(at)
  return index < 0 ? [line, ''] : [line.slice(0, index), line.slice(index + at.length)]
}

function decoded(body: string, encoding: string) {
  if (encoding === 'base64') return Buffer.from(body, 'base64')
  if (encoding !== 'quoted-printable') return Buffer.from(body)
  const bytes = body.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1')
}
