import { now } from '@/lib/clock'
import { capability, isId, sameToken } from '@/lib/ids'

/** Who writes: `person/<id>` of the house, or `registration/<id>` of the event. */
export type Writer = `person/${string}` | `registration/${string}`
export type Ticket = { eventId: string; writer: Writer; locale: 'fr' | 'en' }

const life = 60_000

/** Lets `writer` open one connection to the notes of an event within a minute. Whoever writes it has checked that they may. */
export function writeTicket(ticket: Ticket): string {
  const said = Buffer.from(JSON.stringify({ ...ticket, until: now().getTime() + life })).toString('base64url')
  return `${said}.${capability('notes', said)}`
}

/** Null where it is not ours, or too old. What it allows must be asked of the database all the same. */
export function readTicket(text: string): Ticket | null {
  const [said, signature, ...more] = text.slice(0, 1000).split('.')
  if (!said || !signature || more.length > 0 || !sameToken(signature, capability('notes', said))) return null
  // Signed by us: it is what we wrote.
  const { until, eventId, writer, locale } = JSON.parse(Buffer.from(said, 'base64url').toString()) as Ticket & { until: number }
  return until >= now().getTime() ? { eventId, writer, locale } : null
}

export function readWriter(writer: string): { kind: 'person' | 'registration'; id: string } | null {
  const [kind, id, ...more] = writer.split('/')
  return (kind === 'person' || kind === 'registration') && isId(id) && more.length === 0 ? { kind, id } : null
}
