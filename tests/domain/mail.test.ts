import { connect, createServer, type Server, type Socket } from 'node:net'
import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { guest, system } from '@/lib/actor'
import { completeConfig, config } from '@/lib/config'
import { db, inTransaction, Prisma } from '@/lib/db'
import { newId } from '@/lib/ids'
import { log } from '@/lib/log'
import { claim } from '@/lib/mail/claim'
import { type Compose, deliverDue, startDelivery } from '@/lib/mail/deliver'
import { composeFromFacts } from '@/lib/mail/letters'
import { lettersAbout, mailbox, mailboxLetter } from '@/lib/mail/queries'
import { resend } from '@/lib/mail/resend'
import { closeTransport } from '@/lib/mail/send'
import { insertLetters, type NewLetter, writeLetter } from '@/lib/mail/write-letter'
import { registration } from '@/tests/support/letters'
import { startSmtp } from '@/tests/support/smtp'

const calendar = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//', 'METHOD:REQUEST', 'BEGIN:VEVENT', 'UID:a@b', 'SUMMARY:Café à la française', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n')
const rsvp = { name: 'Parlons-en', address: 'rsvp+abcdefghijklmnopqrstuvwxyz234567@parlons-en.localhost' }

const compose: Compose = async (letter) => ({
  letter: { kind: 'seat-confirmed', ...registration, name: letter.toName ?? '' },
  from: rsvp,
  calendar: { method: 'REQUEST', content: calendar },
})

const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  // First, because a server waits for its callers to hang up.
  closeTransport()
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  useServer(undefined)
})

function useServer(url: string | undefined) {
  const { databaseUrl, authSecret } = config()
  vi.stubEnv('SMTP_URL', url ?? '')
  completeConfig({ databaseUrl, authSecret })
}

async function smtp() {
  const server = await startSmtp()
  cleanUps.push(server.stop)
  useServer(server.url)
  return server
}

/** A real SMTP server that answers as it is told, letter after letter: a code to refuse with, or to take it. */
async function answering(...answers: (number | 'ok' | 'lost')[]) {
  const bodies: string[] = []
  const lines: Socket[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, callback) {
      void rawOf(stream).then((raw) => {
        bodies.push(raw)
        const answer = answers.shift() ?? 'ok'
        if (answer === 'lost') return lines.forEach((line) => line.destroy())
        callback(answer === 'ok' ? null : Object.assign(new Error('told so by <zoe@theatre.example>'), { responseCode: answer }))
      })
    },
  })
  server.on('error', () => {})
  server.server.on('connection', (line: Socket) => lines.push(line))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUps.push(() => new Promise<void>((resolve) => server.close(resolve)))
  useServer(`smtp://127.0.0.1:${portOf(server.server)}`)
  return bodies
}

async function rawOf(stream: NodeJS.ReadableStream) {
  let raw = ''
  for await (const chunk of stream) raw += String(chunk)
  return raw
}

/** A port on which nobody answers. */
async function deafPort() {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = portOf(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

const portOf = (server: Server) => {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

const write = (over: Partial<NewLetter> = {}) =>
  inTransaction((tx) =>
    writeLetter(tx, {
      about: `registration/${newId()}`,
      kind: 'seat-confirmed',
      revision: 0,
      locale: 'fr',
      to: { name: 'Zoé Martin', address: 'zoe@theatre.example' },
      ...over,
    }),
  )

const only = () => db.letter.findFirstOrThrow()
const becomeDue = () => db.letter.updateMany({ where: { status: 'queued' }, data: { dueAt: new Date(0) } })
const allow = (level: 'warn' | 'error') => vi.spyOn(log, level).mockImplementation(() => {})

describe('writing', () => {
  test('the same letter written twice is one letter', async () => {
    const about = 'registration/1'
    expect([await write({ about }), await write({ about }), await write({ about, revision: 1 })]).toEqual([true, false, true])
    expect(await db.letter.count()).toBe(2)
  })

  test('one statement writes a letter for each row of a query, each with its own Message-ID', async () => {
    const people = Prisma.sql`FROM (VALUES ('a', 'a@b.example'), ('b', 'b@b.example')) AS r (id, address)`
    const statement = insertLetters({
      from: people,
      about: Prisma.sql`'registration/' || r.id`,
      kind: Prisma.sql`CASE r.id WHEN 'a' THEN 'seat-confirmed' ELSE 'seat-waitlisted' END`,
      revision: 3,
      locale: 'fr',
      toAddress: Prisma.sql`r.address`,
      facts: { was: 'é' },
    })
    const written = await db.$queryRaw<{ kind: string }[]>`${statement} RETURNING kind`
    expect(written.map(({ kind }) => kind)).toEqual(['seat-confirmed', 'seat-waitlisted'])
    const letters = await db.letter.findMany({ orderBy: { about: 'asc' } })
    expect(letters.map(({ messageId, id }) => messageId === `${id}@${config().replyDomain}`)).toEqual([true, true])
    expect(letters[0].facts).toEqual({ was: 'é' })
  })

  test('letters of seeded people are born delivered and nobody sends them', async () => {
    const { received } = await smtp()
    await write({ bornDelivered: true })
    expect(await deliverDue(compose)).toBe(0)
    expect([(await only()).status, received.length]).toEqual(['delivered', 0])
  })

  test('a letter for later waits', async () => {
    await write({ dueAt: new Date(Date.now() + 60_000) })
    expect(await deliverDue(compose)).toBe(0)
  })
})

describe('the message', () => {
  test('has its parts as calendars look for them, the calendar last, the same again as an attachment', async () => {
    const { received } = await smtp()
    await write()
    await deliverDue(compose)
    const [mail] = received
    const types = [...mail.raw.matchAll(/^Content-Type: ([^\r\n]*(?:\r\n[ \t][^\r\n]*)*)/gim)].map(([, type]) => type.replace(/\s+/g, ' '))
    expect(types.map((type) => type.split(';')[0])).toEqual(['multipart/mixed', 'multipart/alternative', 'text/plain', 'text/html', 'text/calendar', 'application/ics'])
    expect(types[4]).toMatch(/^text\/calendar; charset=utf-8; method=REQUEST$/)
    const encodings = [...mail.raw.matchAll(/^Content-Transfer-Encoding: (.*)\r$/gim)].map(([, encoding]) => encoding)
    expect(encodings.every((encoding) => ['base64', 'quoted-printable', '7bit'].includes(encoding))).toBe(true)
    expect(mail.raw.match(/Content-Disposition: attachment/g)).toHaveLength(1)
    expect(mail.calendars.every((one) => one === calendar)).toBe(true)
    expect(mail.calendars.length).toBeGreaterThan(0)
    expect(mail.raw.split('\r\n').every((line) => line.length <= 998 && /^[\x20-\x7e\t]*$/.test(line))).toBe(true)
  })

  test('says who writes, to whom, when, and that a machine did', async () => {
    const { received } = await smtp()
    await write()
    await deliverDue(compose)
    const [mail] = received
    const letter = await only()
    const header = (name: string) => mail.headerLines.filter(({ key }) => key === name.toLowerCase()).map(({ line }) => line.slice(name.length + 2))
    expect(mail.from?.value).toEqual([rsvp])
    expect([mail.sender, mail.recipients, mail.to?.value]).toEqual([rsvp.address, ['zoe@theatre.example'], [{ name: 'Zoé Martin', address: 'zoe@theatre.example' }]])
    expect(header('Message-ID')).toEqual([`<${letter.messageId}>`])
    expect(header('Auto-Submitted')).toEqual(['auto-generated'])
    expect(header('X-Auto-Response-Suppress')).toEqual(['OOF, AutoReply'])
    expect(Date.parse(header('Date')[0])).toBe(Math.floor(Number(letter.composedAt) / 1000) * 1000)
    expect([header('List-Id'), header('Precedence')]).toEqual([[], []])
    expect(mail.raw.split('\r\n\r\n')[0]).toMatch(/^[\x20-\x7e\r\n\t]*$/)
    expect(mail.subject).toContain('Votre place')
  })

  test.each([
    ['victim@theatre.example, other@theatre.example'],
    ['victim@theatre.example\r\nBcc: other@theatre.example'],
    ['victim@theatre.example;other@theatre.example'],
    ['group:victim@theatre.example,other@theatre.example;'],
    ['Other <other@theatre.example>'],
    ['victim＠theatre.example'],
    ['"a b"@theatre.example'],
  ])('an address that could reach somebody else reaches nobody: %j', async (address) => {
    allow('warn')
    const { received } = await smtp()
    await write({ to: { name: 'X', address } })
    await deliverDue(compose)
    expect([received.length, (await only()).status]).toEqual([0, 'failed'])
    expect((await only()).lastError).toMatch(/^recipient refused/)
  })

  test('a name with line breaks and header syntax stays a name', async () => {
    const { received } = await smtp()
    await write({ to: { name: 'Eve\r\nBcc: other@theatre.example, "x" <y@z.example>', address: 'eve@theatre.example' } })
    await deliverDue(compose)
    expect(received[0].recipients).toEqual(['eve@theatre.example'])
    expect(received[0].to?.value).toHaveLength(1)
    expect(received[0].headers.has('bcc')).toBe(false)
  })
})

describe('sending', () => {
  test('what the server cannot take now goes again, the same bytes under the same Message-ID', async () => {
    allow('warn')
    const bodies = await answering(451, 'ok')
    await write()
    await deliverDue(compose)
    const waiting = await only()
    expect([waiting.status, waiting.attempts]).toEqual(['queued', 1])
    expect(Number(waiting.dueAt) - Date.now()).toBeGreaterThan(8_000)
    expect(await deliverDue(compose)).toBe(0)

    await becomeDue()
    await deliverDue(async () => {
      throw new Error('composed twice')
    })
    expect((await only()).status).toBe('sent')
    expect(bodies).toHaveLength(2)
    expect(bodies[0]).toBe(bodies[1])
  })

  test('what the server will never take fails visibly, with its words, and the diary names nobody', async () => {
    const warned = allow('warn')
    await answering(550)
    await write()
    await deliverDue(compose)
    const letter = await only()
    expect([letter.status, letter.attempts]).toEqual(['failed', 1])
    expect(letter.lastError).toContain('550')
    expect(JSON.stringify(warned.mock.calls)).not.toMatch(/zoe|theatre|Martin/i)
  })

  test('a crash between the server and our mark repeats only that letter', async () => {
    const { received } = await smtp()
    await write({ about: 'registration/sent' })
    await deliverDue(compose)
    await write({ about: 'registration/crashed' })
    const [taken] = await claim(20)
    expect(taken.about).toBe('registration/crashed')
    // The worker dies here: the lease runs out, another worker finds the letter.
    expect(await deliverDue(compose)).toBe(0)
    await db.letter.update({ where: { id: taken.id }, data: { leaseUntil: new Date(Date.now() - 1000) } })
    await deliverDue(compose)
    expect(received).toHaveLength(2)
    expect((await db.letter.findMany()).map(({ status }) => status)).toEqual(['sent', 'sent'])
    expect((await db.letter.findUniqueOrThrow({ where: { id: taken.id } })).attempts).toBe(2)
  })

  test('a server that takes the letter and loses the line gets it again under the same Message-ID', async () => {
    allow('warn')
    const bodies = await answering('lost', 'ok')
    await write()
    await deliverDue(compose)
    await becomeDue()
    await deliverDue(compose)
    const ids = bodies.map((body) => /^Message-ID: (.*)$/im.exec(body)?.[1])
    expect(ids[0]).toBe(ids[1])
    expect((await only()).status).toBe('sent')
  })

  test('a lease that somebody else took over is not marked by who lost it', async () => {
    const { received } = await smtp()
    await write()
    await deliverDue(async (letter) => {
      await db.letter.update({ where: { id: letter.id }, data: { leaseUntil: new Date(Date.now() + 30_000) } })
      return compose(letter)
    })
    expect([(await only()).status, received.length]).toEqual(['sending', 0])
  })

  test('two deliverers at once send each letter once', async () => {
    const { received } = await smtp()
    for (let number = 0; number < 45; number++) await write({ about: `registration/${number}`, to: { address: `p${number}@theatre.example` } })
    const handled = await Promise.all([deliverDue(compose), deliverDue(compose), deliverDue(compose)])
    expect(handled.reduce((sum, one) => sum + one)).toBe(45)
    expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(45)
    expect(received).toHaveLength(45)
  })

  test('letters about the same thing leave in the order they were written, even when the first has to wait', async () => {
    allow('warn')
    const order: string[] = []
    const bodies = await answering(451)
    const about = 'registration/1'
    for (const kind of ['seat-confirmed', 'companion-changed', 'registration-cancelled']) await write({ about, kind })
    const noting: Compose = async (letter) => {
      order.push(letter.kind)
      return compose(letter)
    }
    await deliverDue(noting)
    expect([bodies.length, order]).toEqual([1, ['seat-confirmed']])
    await becomeDue()
    expect(await deliverDue(noting)).toBe(3)
    expect(order).toEqual(['seat-confirmed', 'companion-changed', 'registration-cancelled'])
  })

  test('a reminder for tomorrow does not hold back what is said today', async () => {
    await smtp()
    await write({ about: 'registration/1', kind: 'reminder', dueAt: new Date(Date.now() + 86_400_000) })
    await write({ about: 'registration/1' })
    expect(await deliverDue(compose)).toBe(1)
  })

  test('a stalled connection does not hold the others', async () => {
    allow('warn')
    const { url } = await smtp()
    // Greets the first caller with silence, passes the others on.
    let callers = 0
    const gate = createServer((socket) => {
      socket.on('error', () => {})
      if (++callers === 1) return
      const onward = connect(Number(new URL(url).port), '127.0.0.1')
      onward.on('error', () => {})
      socket.pipe(onward).pipe(socket)
    })
    await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve))
    cleanUps.push(() => gate.close())
    useServer(`smtp://127.0.0.1:${portOf(gate)}`)
    for (let number = 0; number < 12; number++) await write({ about: `registration/${number}` })
    const delivering = deliverDue(compose)
    await vi.waitFor(async () => expect(await db.letter.count({ where: { status: 'sent' } })).toBe(11), { timeout: 6_000 })
    expect(await delivering).toBe(12)
    expect((await db.letter.findFirstOrThrow({ where: { status: 'queued' } })).attempts).toBe(1)
  }, 40_000)

  test('a letter with nothing left to say leaves the queue and says so', async () => {
    const { received } = await smtp()
    const eventId = newId()
    await write({ eventId })
    await deliverDue(async () => null)
    expect(received).toHaveLength(0)
    expect((await lettersAbout(eventId)).map(({ state }) => state)).toEqual(['overtaken'])
  })

  test('a letter that cannot be composed waits, and the others leave', async () => {
    allow('warn')
    const wrong = allow('error')
    const { received } = await smtp()
    await write({ about: 'registration/1' })
    await write({ about: 'registration/2' })
    await deliverDue(async (letter) => {
      if (letter.about === 'registration/1') throw new TypeError('zoe@theatre.example is undefined')
      return compose(letter)
    })
    expect(received).toHaveLength(1)
    expect(await db.letter.findMany({ select: { status: true }, orderBy: { about: 'asc' } })).toEqual([{ status: 'queued' }, { status: 'sent' }])
    expect(JSON.stringify(wrong.mock.calls)).not.toContain('zoe')
  })

  test('the delivery picks up a new letter within two seconds, stops when told, and knows its health', async () => {
    const warned = allow('warn')
    const server = await smtp()
    const delivery = startDelivery(compose)
    cleanUps.push(delivery.stop)
    await write()
    await server.next(() => true, { within: 2_500 })
    expect(delivery.healthy()).toBe(true)

    useServer(`smtp://127.0.0.1:${await deafPort()}`)
    await write()
    await vi.waitFor(() => expect(delivery.healthy()).toBe(false), { timeout: 4_000 })
    expect(warned).toHaveBeenCalled()
    await delivery.stop()
    expect(await db.letter.count({ where: { status: 'queued' } })).toBe(1)
  })
})

describe('what stays', () => {
  const logIn = { kind: 'log-in', about: 'login/1', facts: { url: 'https://x.example/?lien=secret-secret', code: '482913', minutes: 15 } }
  const fromFacts: Compose = async (letter) => composeFromFacts(letter) ?? null

  test('nothing of a log-in letter that left by SMTP', async () => {
    const { received } = await smtp()
    await write(logIn)
    await deliverDue(fromFacts)
    expect(received[0].text).toContain('482913')
    expect(JSON.stringify(await only())).not.toMatch(/482913|secret-secret/)
  })

  test('the words of another letter, without the links that act', async () => {
    const { received } = await smtp()
    await write()
    await deliverDue(compose)
    const token = registration.manageUrl.slice(-32)
    expect(received[0].text).toContain(token)
    const letter = await only()
    expect(letter.text).toContain('Vous avez une place')
    expect(JSON.stringify(letter.text) + letter.calendar + letter.html).not.toContain(token)
  })

  test('without a server everything stays in the mailbox, as it would have travelled', async () => {
    await write(logIn)
    await write({ about: 'registration/2' })
    expect(await deliverDue(async (letter) => composeFromFacts(letter) ?? compose(letter))).toBe(2)
    const { letters, next } = await mailbox()
    expect([letters.map(({ kind }) => kind).toSorted(), next]).toEqual([['log-in', 'seat-confirmed'], null])
    const shown = await mailboxLetter(letters.find(({ kind }) => kind === 'seat-confirmed')?.id ?? '')
    expect(shown?.parts.parts.map(({ type, method }) => [type, method])).toEqual([['multipart/alternative', null], ['application/ics', null]])
    expect(shown?.parts.parts[0].parts.map(({ type, method }) => [type, method])).toEqual([['text/plain', null], ['text/html', null], ['text/calendar', 'REQUEST']])
    const parsed = await simpleParser(shown?.source ?? '')
    expect(parsed.messageId).toBe(`<${shown?.messageId}>`)
    expect(JSON.stringify((await db.letter.findFirstOrThrow({ where: { kind: 'log-in' } })).facts)).toBe('{}')
  })
})

describe('sending again', () => {
  test('makes a copy under a new Message-ID, and later revisions are not taken for said', async () => {
    const { received } = await smtp()
    const eventId = newId()
    const about = 'registration/1'
    await write({ about, eventId })
    await deliverDue(compose)
    const first = await only()
    expect((await resend(system('test'), first.id)).ok).toBe(true)
    expect((await resend(system('test'), first.id)).ok).toBe(true)
    expect(await write({ about, eventId, revision: 1 })).toBe(true)
    await deliverDue(compose)
    expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(4)
    expect(await db.activity.findMany({ select: { verb: true, eventId: true } })).toEqual([{ verb: 'resend', eventId }, { verb: 'resend', eventId }])
  })

  test('is refused to guests, for secrets, and for what has not left yet', async () => {
    await write()
    const waiting = await only()
    expect(await resend(guest, waiting.id)).toEqual({ ok: false, reason: 'forbidden' })
    expect(await resend(system('test'), waiting.id)).toEqual({ ok: false, reason: 'still-waiting' })
    expect(await resend(system('test'), newId())).toEqual({ ok: false, reason: 'not-found' })
    await write({ kind: 'log-in', about: 'login/1' })
    const { id } = await db.letter.findFirstOrThrow({ where: { kind: 'log-in' } })
    expect(await resend(system('test'), id)).toEqual({ ok: false, reason: 'secret' })
  })
})
