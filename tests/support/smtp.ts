import { buffer } from 'node:stream/consumers'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'

export interface Received extends ParsedMail {
  /** Who the server was told to deliver to, whatever the headers say. */
  recipients: string[]
  sender: string
  raw: string
  /** When it had arrived whole: milliseconds of the clock. */
  at: number
  /** The text/calendar parts, decoded, in their order. */
  calendars: string[]
}

/** A real SMTP server that keeps what it receives. `refuse` makes it answer 451 while set. */
export async function startSmtp() {
  const received: Received[] = []
  const waiting = new Set<() => void>()
  const state = { refuse: false }

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, callback) {
      keep(stream, session).then(
        () => callback(),
        (error: Error) => callback(error),
      )
    },
  })
  server.on('error', () => {}) // a client that hangs up is its own affair

  async function keep(stream: NodeJS.ReadableStream, { envelope }: { envelope: { mailFrom: { address: string } | false; rcptTo: { address: string }[] } }) {
    const raw = await buffer(stream)
    if (state.refuse) throw Object.assign(new Error('try again later'), { responseCode: 451 })
    const mail = await simpleParser(raw)
    received.push({
      ...mail,
      recipients: envelope.rcptTo.map(({ address }) => address),
      sender: envelope.mailFrom ? envelope.mailFrom.address : '',
      raw: raw.toString(),
      at: Date.now(),
      calendars: calendarParts(mail, raw.toString()),
    })
    for (const wake of waiting) wake()
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  const port = typeof address === 'object' && address ? address.port : 0

  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    set refuse(on: boolean) {
      state.refuse = on
    },
    /** The first letter that fits, received already or yet to come; with `after`, only those from that index on. */
    async next(fits: (mail: Received) => boolean, { within = 10_000, after = 0 } = {}): Promise<Received> {
      const end = Date.now() + within
      for (;;) {
        const found = received.slice(after).find(fits)
        if (found) return found
        const left = end - Date.now()
        if (left <= 0) throw new Error(`No such letter within ${within} ms. Received: ${received.map(describe).join('; ') || 'none'}`)
        await new Promise<void>((resolve) => {
          const wake = () => {
            clearTimeout(timer)
            waiting.delete(wake)
            resolve()
          }
          const timer = setTimeout(wake, left)
          waiting.add(wake)
        })
      }
    },
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  }
}

/** mailparser lists the alternative part too, as an attachment; both are wanted, each once. */
function calendarParts(mail: ParsedMail, raw: string) {
  const listed = mail.attachments.filter((part) => /^(text\/calendar|application\/ics)/.test(part.contentType))
  return listed.length > 0 || !raw.includes('text/calendar') ? listed.map((part) => part.content.toString()) : []
}

function describe(mail: Received) {
  return `"${mail.subject}" to ${mail.recipients.join(', ')}`
}
