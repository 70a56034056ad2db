import { simpleParser } from 'mailparser'
import { describe, expect, test } from 'vitest'
import { guest, system } from '@/lib/actor'
import { config } from '@/lib/config'
import { db, Prisma } from '@/lib/db'
import { newId } from '@/lib/ids'
import { registration } from '@/tests/support/letters'
import { type Compose, deliverDue } from '@/lib/mail/deliver'
import { composeFromFacts } from '@/lib/mail/letters'
import { mailbox, mailboxLetter } from '@/lib/mail/queries'
import { resend } from '@/lib/mail/resend'
import { insertLetters } from '@/lib/mail/write-letter'
import { allow, calendar, compose, only, rsvp, smtp, write } from '@/tests/support/mail'

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
    expect([mail.sender, mail.recipients, [mail.to].flat()[0]?.value]).toEqual([rsvp.address, ['zoe@theatre.example'], [{ name: 'Zoé Martin', address: 'zoe@theatre.example' }]])
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
    expect([received[0].to].flat()[0]?.value).toHaveLength(1)
    expect(received[0].headers.has('bcc')).toBe(false)
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
