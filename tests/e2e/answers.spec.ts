import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test as plain } from '@playwright/test'
import { createTransport } from 'nodemailer'
import { freePort, isPortFree } from '@/server/ports'
import { answerTo, type Word } from '@/tests/support/calendar-answer'
import { failureOf } from '@/tests/support/delivery-report'
import { expect, type House, openHouse } from '@/tests/support/house'
import { wordsOf, send } from '@/tests/support/http'
import { startImap, type TestMailbox } from '@/tests/support/imap'
import { allParts, mimeParts, readEvent } from '@/tests/support/mime'
import { greeted } from '@/tests/support/smtp-talk'
import type { Received } from '@/tests/support/smtp'

// What a participant's calendar answers, over the wire both ways: the real program, a real SMTP server that takes its
// invitations, and answers that come in by its own listener or by a real mailbox.

const domain = 'answers.theatre.example'
type Open = House & { leave: () => Promise<void> }

const test = plain.extend<object, { byListener: Open & { port: number }; byMailbox: Open & { box: TestMailbox } }>({
  byListener: [
    async ({}, use) => {
      const port = await freePort()
      const house = await openHouse({ INBOUND_SMTP_PORT: String(port), REPLY_DOMAIN: domain, TRUSTED_PROXIES: '127.0.0.1' })
      await use({ ...house, port })
      await house.leave()
    },
    { scope: 'worker', timeout: 300_000 },
  ],
  byMailbox: [
    async ({}, use) => {
      const box = await startImap()
      process.stdout.write(`IMAP server of this round trip: ${box.is}\n`)
      const house = await openHouse({ IMAP_URL: box.url, REPLY_DOMAIN: domain })
      await use({ ...house, box })
      await house.leave()
      await box.stop()
    },
    { scope: 'worker', timeout: 300_000 },
  ],
})

/** The calendar's part of a letter, and what two programs that are not ours read in it. */
function invitationOf(letter: Received) {
  const part = allParts(mimeParts(letter.raw)).find(({ type }) => type === 'text/calendar')
  if (!part) throw new Error(`No invitation in the letter: ${letter.text}`)
  const content = part.body.toString()
  return { ...readEvent(content), content, letter, from: letter.from?.value[0].address }
}

const to = (address: string) => (mail: Received) => mail.recipients[0] === address

const linkOf = (letter: Received) => new URL(letter.text?.match(/http:\/\/localhost:\d+\/inscriptions\/[a-z2-7]{26,}/)?.[0] ?? 'http://no.link/').pathname

/** One seat: Ada has it, Ben is in line, both have their invitations. */
async function fullEvent(house: House, title: string) {
  const slug = await house.anEvent({ title, capacity: 1, waitlist: true })
  const name = title.toLowerCase().replace(/\W+/g, '-')
  const register = async (person: string) => {
    const email = `${person}.${name}@theatre.example`
    expect((await house.api('POST', `/events/${slug}/registrations`, { name: person, email }, { token: null })).status).toBe(201)
    return { email, ...invitationOf(await house.smtp.next(to(email))) }
  }
  const ada = await register('ada')
  const ben = await register('ben')
  const states = async () => ((await house.api('GET', `/events/${slug}/registrations`)).json.data as { email: string; status: string }[]).map(({ email, status }) => `${email.split('.')[0]} ${status}`).sort()
  expect(await states()).toEqual(['ada confirmed', 'ben waitlisted'])
  return { slug, ada, ben, states }
}

/** Hands a message to the listener, as the server of the participant's provider does. */
async function handOver(port: number, { from, to: recipient, raw }: Awaited<ReturnType<typeof answerTo>>) {
  // Encrypted where that is offered, whoever vouches for it: as mail servers hand mail over.
  const transport = createTransport({ host: '127.0.0.1', port, secure: false, name: 'mx.provider.example', tls: { rejectUnauthorized: false } })
  try {
    return (await transport.sendMail({ envelope: { from, to: [recipient] }, raw })).response
  } finally {
    transport.close()
  }
}

/** As a delivering server leaves it in a mailbox. */
async function putInto(box: TestMailbox, { from, to: recipient, raw }: Awaited<ReturnType<typeof answerTo>>) {
  return box.deliver(Buffer.concat([Buffer.from(`Return-Path: <${from}>\r\nDelivered-To: ${recipient}\r\n`), raw]))
}

/** What must follow when Ada's calendar has declined: her seat is Ben's, both calendars and all pages know, and she has a way back. */
async function expectSeatPassed(house: House, { slug, ada, ben, states }: Awaited<ReturnType<typeof fullEvent>>, after: number) {
  const bye = await house.smtp.next(to(ada.email), { after, within: 30_000 })
  expect(invitationOf(bye)).toMatchObject({ method: 'CANCEL', uid: ada.uid, organiser: ada.organiser, from: ada.from })
  expect(invitationOf(bye).sequence).toBeGreaterThan(ada.sequence)
  const seat = invitationOf(await house.smtp.next(to(ben.email), { after, within: 30_000 }))
  expect([ben.status, seat.status]).toEqual(['TENTATIVE', 'CONFIRMED'])
  expect(seat).toMatchObject({ method: 'REQUEST', uid: ben.uid, organiser: ben.organiser, from: ben.from })
  expect(seat.sequence).toBeGreaterThan(ben.sequence)
  expect(seat.attendees.map(({ address }) => address)).toEqual([ben.email])

  expect(await states()).toEqual(['ada cancelled', 'ben confirmed'])
  expect((await house.api('GET', `/events/${slug}`)).json).toMatchObject({ seatsTaken: 1, waitlistLength: 0 })
  const link = linkOf(bye)
  const page = wordsOf((await send(house.url + link)).text)
  expect(page).toMatch(/annul|rendu/i)
  expect(await house.admin('check')).toMatchObject({ code: 0, stdout: '' })
  return { bye, seat, link }
}

test.describe.configure({ mode: 'serial', timeout: 120_000 })

test('an answer that declines, by our own listener: the seat goes to the next in line, whose entry becomes certain', async ({ byListener: house }) => {
  const event = await fullEvent(house, 'Jauge d’un')
  expect(event.ada.organiser).toMatch(new RegExp(`^rsvp\\+[a-z2-7]{32}@${domain}$`))
  const after = house.smtp.received.length
  const answer = await answerTo(event.ada.content, 'DECLINED', { comment: 'Je suis en tournée.' })
  expect(answer.to).toBe(event.ada.organiser)
  expect(await handOver(house.port, answer)).toMatch(/^250/)
  const { link, bye } = await expectSeatPassed(house, event, after)

  // The same message again, as servers do that heard no answer: nothing more happens.
  expect(await handOver(house.port, answer)).toMatch(/^250/)
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(house.smtp.received.slice(after)).toHaveLength(2)
  expect(await event.states()).toEqual(['ada cancelled', 'ben confirmed'])

  // And back, by the letter's link: at the end of the line, under the same UID, with a number that still rises.
  const count = house.smtp.received.length
  expect((await house.submit(`${link}/modifier`, { act: 'return' })).status).toBe(303)
  const back = invitationOf(await house.smtp.next(to(event.ada.email), { after: count }))
  expect(back).toMatchObject({ method: 'REQUEST', uid: event.ada.uid, status: 'TENTATIVE', organiser: event.ada.organiser })
  expect(back.sequence).toBeGreaterThan(invitationOf(bye).sequence)
  expect(await event.states()).toEqual(['ada waitlisted', 'ben confirmed'])

  // Ben declines too: she has her seat again.
  const benDeclines = await answerTo(invitationOf(await house.smtp.next(to(event.ben.email), { after })).content, 'DECLINED')
  expect(await handOver(house.port, benDeclines)).toMatch(/^250/)
  const again = invitationOf(await house.smtp.next((mail) => to(event.ada.email)(mail) && mail !== back.letter, { after: count }))
  expect(again).toMatchObject({ uid: event.ada.uid, status: 'CONFIRMED' })
  expect(again.sequence).toBeGreaterThan(back.sequence)
  expect(await event.states()).toEqual(['ada confirmed', 'ben cancelled'])
  expect(await house.admin('check')).toMatchObject({ code: 0, stdout: '' })
})

test('an answer that accepts changes nothing, and one to an address that is nobody’s is refused at the door', async ({ byListener: house }) => {
  const event = await fullEvent(house, 'Jauge de deux')
  const count = house.smtp.received.length
  for (const [who, word] of [['ada', 'ACCEPTED'], ['ben', 'TENTATIVE'], ['ben', 'ACCEPTED']] satisfies [string, Word][]) {
    expect(await handOver(house.port, await answerTo(event[who as 'ada' | 'ben'].content, word))).toMatch(/^250/)
  }
  const client = await greeted(house.port)
  await client.say('MAIL FROM:<eve@theatre.example>')
  expect(await client.say(`RCPT TO:<rsvp+${'a'.repeat(32)}@${domain}>`)).toMatch(/^550 5\.1\.1/)
  expect(await client.say('RCPT TO:<somebody@elsewhere.example>')).toMatch(/^550 5\.1\.1/)
  client.end()
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  expect(await event.states()).toEqual(['ada confirmed', 'ben waitlisted'])
  expect(house.smtp.received).toHaveLength(count)
})

test('a letter that comes back stops further letters to that address, takes nobody’s seat and is answered by nothing', async ({ byListener: house }) => {
  const event = await fullEvent(house, 'Jauge de trois')
  const after = house.smtp.received.length
  expect(await handOver(house.port, failureOf(event.ada.letter))).toMatch(/^250/)
  expect((await house.api('PATCH', `/events/${event.slug}`, { title: 'Jauge renommée' })).status).toBe(200)
  await house.smtp.next(to(event.ben.email), { after })
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  expect(house.smtp.received.slice(after).map(({ recipients }) => recipients[0])).toEqual([event.ben.email])
  expect(await event.states()).toEqual(['ada confirmed', 'ben waitlisted'])
  expect(await house.admin('check')).toMatchObject({ code: 0, stdout: '' })
})

test('the doctor writes to itself and sees the letter come back', async ({ byListener: house }) => {
  const relayed = house.smtp.next((mail) => mail.recipients[0].endsWith(`@${domain}`), { within: 30_000 }).then((mail) =>
    handOver(house.port, { from: mail.sender, to: mail.recipients[0], raw: Buffer.from(mail.raw) }),
  )
  const { stdout } = await house.admin('doctor', 'anne@theatre.example')
  expect(await relayed).toMatch(/^250/)
  expect(stdout).toMatch(/The listener on port \d+ takes what is addressed to us/)
  expect(stdout).toMatch(/came back by the listener/)
})

test('an answer that declines, in a mailbox that is read: the same, through a restart of the server, and the messages stay there, read', async ({ byMailbox: house }) => {
  const event = await fullEvent(house, 'Jauge d’une')
  const first = await putInto(house.box, await answerTo(event.ada.content, 'ACCEPTED'))
  await expect.poll(async () => (await house.box.messages()).find(({ uid }) => uid === first)?.flags, { timeout: 20_000 }).toContain('\\Seen')

  await house.box.end()
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  await house.box.begin()
  expect(await event.states()).toEqual(['ada confirmed', 'ben waitlisted'])

  const after = house.smtp.received.length
  const raw = await answerTo(event.ada.content, 'DECLINED', { at: new Date(Date.now() + 1_000) })
  await putInto(house.box, raw)
  await expectSeatPassed(house, event, after)
  // Put there twice by a server that was not sure: read twice, done once.
  await putInto(house.box, raw)
  await expect.poll(async () => (await house.box.messages()).map(({ flags }) => flags.includes('\\Seen')), { timeout: 20_000 }).toEqual([true, true, true])
  expect(house.smtp.received.slice(after)).toHaveLength(2)
  expect(await event.states()).toEqual(['ada cancelled', 'ben confirmed'])
})

test('the end waits for the answer in hand, and its start says where answers are read', async ({ byListener: house }) => {
  await expect.poll(() => house.output()).toContain(`Answers of calendars to @${domain} are read by SMTP on port ${house.port}.`)
  const idle = await greeted(house.port)
  const begun = Date.now()
  const leaving = house.stop()
  expect(await idle.hear(5_000)).toMatch(/^421/)
  expect(await leaving).toBe(0)
  expect(Date.now() - begun).toBeLessThan(12_000)
  expect(house.output()).not.toMatch(/theatre\.example"|ada\.|ben\./)
})

test('while the database is away an answer is not lost: the sender’s server is asked to come again, and then it counts', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'parlons-en-answers-'))
  await chmod(dataDir, 0o711)
  const port = await freePort()
  const settings = { INBOUND_SMTP_PORT: String(port), REPLY_DOMAIN: domain, DATA_DIR: dataDir }
  const before = await openHouse(settings)
  try {
    const event = await fullEvent(before, 'Une panne')
    const answer = await answerTo(event.ada.content, 'DECLINED')
    process.kill(Number.parseInt(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10), 'SIGKILL')
    await expect(handOver(port, answer)).rejects.toThrow(/451 4\.3\.0/)
    await before.stop('SIGKILL')
    await expect.poll(() => isPortFree(port), { timeout: 30_000 }).toBe(true)

    const house = await openHouse(settings)
    try {
      expect(await handOver(port, answer)).toMatch(/^250/)
      await house.smtp.next(to(event.ada.email), { within: 30_000 })
      const rows = (await house.api('GET', `/events/${event.slug}/registrations`)).json.data as { status: string }[]
      expect(rows.map(({ status }) => status).sort()).toEqual(['cancelled', 'confirmed'])
    } finally {
      await house.leave()
    }
  } finally {
    await before.leave()
    rmSync(dataDir, { recursive: true, force: true })
  }
})
