import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { guest, type PersonActor } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { completeConfig, config } from '@/lib/config'
import { db, inTransaction } from '@/lib/db'
import { capability, newId } from '@/lib/ids'
import { deliverDue } from '@/lib/mail/deliver'
import { mendAddress } from '@/lib/mail/mend-address'
import { messageOf } from '@/lib/mail/mime'
import { countLetters, lettersAboutEach, unreachableAmong } from '@/lib/mail/queries'
import { releaseStopped } from '@/lib/mail/release-letters'
import { resend } from '@/lib/mail/resend'
import { writeLetter } from '@/lib/mail/write-letter'
import { cancel } from '@/lib/registrations/cancel'
import { prove } from '@/lib/registrations/prove'
import { check } from '@/lib/worker/check'
import { compose } from '@/lib/worker/compose'
import { anEvent, house, linkOf, must, signUp } from '@/tests/support/events'
import { bounce, invited, mailById, message, rsvpOf, standing, words } from '@/tests/support/inbox'

beforeEach(() => setClock(new Date('2026-11-23T08:00:00Z')))
afterEach(() => {
  setClock(null)
  vi.unstubAllEnvs()
  completeConfig(config())
})

const letterOf = (id: string, kind = 'seat-confirmed') => db.letter.findFirstOrThrow({ where: { about: `registration/${id}`, kind } })
const statesOf = async (id: string) => (await lettersAboutEach([`registration/${id}`])).get(`registration/${id}`)?.map(({ kind, state }) => `${kind}: ${state}`)

async function waitingForLocks() {
  const [{ count }] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return count
}

/** Somebody whose invitation came back. */
async function unreached(slug: string, address = 'zoe@x.example') {
  const who = await invited(slug, address)
  const { id } = await bounce({ address, letterMessageId: (await letterOf(who.id)).messageId, diagnosis: `smtp; 550 5.1.1 <${address}>: no mailbox ${rsvpOf(who.id)}` }, { to: [rsvpOf(who.id)] }).file()
  return { ...who, mail: id }
}

describe('a letter that came back for good', () => {
  test('is shown with its registration, and stops the letters that follow', async () => {
    const { slug, id: eventId } = await anEvent()
    const zoe = await unreached(slug)
    const mail = await mailById(zoe.mail)
    expect(mail).toMatchObject({ kind: 'bounce', outcome: 'bounce-hard', awaits: false, registrationId: zoe.id, eventId, detail: { status: '5.1.1', letterId: (await letterOf(zoe.id)).id } })
    expect(JSON.stringify(mail.detail)).not.toMatch(/zoe@|rsvp\+/)
    expect([...(await unreachableAmong(['zoe@x.example', 'max@x.example'])).values()]).toMatchObject([{ addressFold: 'zoe@x.example', diagnosis: 'smtp; 550 5.1.1 <…>: no mailbox …' }])
    must(await cancel(guest, linkOf(zoe.id)))
    await deliverDue(compose)
    expect(await statesOf(zoe.id)).toEqual(['seat-confirmed: bounced', 'registration-cancelled: stopped'])
    expect((await countLetters(eventId)).get('seat-confirmed')).toMatchObject({ sent: 1, bounced: 1 })
    expect((await countLetters(eventId)).get('registration-cancelled')).toMatchObject({ sent: 0, stopped: 1, waiting: 0 })
    expect(await letterOf(zoe.id, 'registration-cancelled')).toMatchObject({ attempts: 0, composedAt: null })
    expect(await resend(house, (await letterOf(zoe.id, 'registration-cancelled')).id)).toMatchObject({ reason: 'still-waiting' })
    expect(await standing(zoe.id)).toBe('cancelled')
    expect(await check()).toEqual([])
  })

  test('cancels nothing and is answered by nothing', async () => {
    const { slug } = await anEvent()
    const zoe = await unreached(slug)
    expect(await standing(zoe.id)).toBe('confirmed')
    expect(await db.letter.count()).toBe(1)
  })

  test('stops its own address alone, in whatever capitals, and none of what somebody asks for this very minute', async () => {
    const { slug } = await anEvent()
    await unreached(slug, 'Zoe@x.example')
    const write = (kind: string, address: string) => inTransaction((tx) => writeLetter(tx, { about: `login/${newId()}`, kind, revision: 0, locale: 'fr', to: { address }, facts: { url: 'https://x.example', code: '123456', minutes: 15, role: 'organiser' } }))
    await write('log-in', 'zoe@x.example')
    await write('appointed', 'zoe@x.example')
    await write('appointed', 'max@x.example')
    await deliverDue(compose)
    expect((await db.letter.findMany({ where: { kind: { in: ['log-in', 'appointed'] } }, orderBy: { createdAt: 'asc' } })).map(({ kind, toAddress, status }) => `${kind} to ${toAddress}: ${status}`)).toEqual([
      'log-in to zoe@x.example: sent', 'appointed to zoe@x.example: stopped', 'appointed to max@x.example: sent',
    ])
  })

  test('stops one letter out of a batch and lets the others leave in their order', async () => {
    const { slug } = await anEvent()
    await unreached(slug)
    for (let n = 0; n < 30; n++) await inTransaction((tx) => writeLetter(tx, { about: `x/${n}`, kind: 'appointed', revision: 0, locale: 'fr', to: { address: n % 3 ? `a${n}@x.example` : 'zoe@x.example' }, facts: { role: 'admin', url: 'https://x.example' } }))
    await deliverDue(compose)
    const tally = await db.letter.groupBy({ by: ['status'], where: { kind: 'appointed' }, _count: true, orderBy: { status: 'asc' } })
    expect(tally.map(({ status, _count }) => [status, _count])).toEqual([['sent', 20], ['stopped', 10]])
  })
})

describe('an address that works again', () => {
  test('gets what was stopped, as it is true by then: what has passed says nothing', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true })
    const anne = await invited(slug, 'anne@x.example')
    const zoe = await invited(slug)
    await bounce({ letterMessageId: (await letterOf(zoe.id, 'seat-waitlisted')).messageId }).file()
    must(await cancel(guest, linkOf(anne.id)))
    await deliverDue(compose)
    must(await cancel(guest, linkOf(zoe.id)))
    await deliverDue(compose)
    expect(await statesOf(zoe.id)).toEqual(['seat-waitlisted: bounced', 'seat-promoted: stopped', 'registration-cancelled: stopped'])
    expect(must(await mendAddress(house, ' ZOE@x.example ')).released).toBe(2)
    await deliverDue(compose)
    expect(await statesOf(zoe.id)).toEqual(['seat-waitlisted: bounced', 'seat-promoted: overtaken', 'registration-cancelled: sent'])
    expect(must(await mendAddress(house, 'zoe@x.example')).released).toBe(0)
    expect(await db.activity.findMany({ where: { verb: 'address.mend' } })).toMatchObject([{ after: { released: 2 } }])
    expect(JSON.stringify(await db.activity.findMany())).not.toContain('zoe@')
    expect(await check()).toEqual([])
  })

  test('is said to be one by organisers alone', async () => {
    const { slug } = await anEvent()
    await unreached(slug)
    const zoe: PersonActor = { kind: 'person', id: newId(), role: 'participant', name: null, address: 'zoe@x.example', addressFold: 'zoe@x.example', addressFolds: ['zoe@x.example'], locale: 'fr', via: 'browser' }
    for (const actor of [guest, zoe]) expect(await mendAddress(actor, 'zoe@x.example')).toEqual({ ok: false, reason: 'forbidden' })
    expect(await db.unreachable.count()).toBe(1)
  })

  test('is known again as soon as somebody proves that they read it', async () => {
    const { slug } = await anEvent({ provesAddress: true })
    const { registrationId: id } = must(await signUp(slug, 'zoe@x.example'))
    await deliverDue(compose)
    await bounce({ letterMessageId: (await letterOf(id, 'address-to-prove')).messageId }).file()
    await inTransaction((tx) => writeLetter(tx, { about: 'x/1', kind: 'appointed', revision: 0, locale: 'fr', to: { address: 'zoe@x.example' }, facts: { role: 'admin', url: 'https://x.example' } }))
    await deliverDue(compose)
    expect(await db.letter.count({ where: { status: 'stopped' } })).toBe(1)
    must(await prove(guest, linkOf(id)))
    await deliverDue(compose)
    expect([await db.unreachable.count(), await db.letter.count({ where: { status: 'stopped' } }), (await letterOf(id)).status]).toEqual([0, 0, 'sent'])
  })

  test('is not stopped anew by a second report of the same letter', async () => {
    const { slug } = await anEvent()
    const zoe = await unreached(slug)
    must(await mendAddress(house, 'zoe@x.example'))
    expect((await bounce({ letterMessageId: (await letterOf(zoe.id)).messageId }).file()).outcome).toBe('bounce-hard')
    expect(await db.unreachable.count()).toBe(0)
  })

  test('keeps no letter stopped that was about to be, in the very moment in which it is mended', async () => {
    const { slug } = await anEvent()
    const zoe = await unreached(slug)
    await inTransaction((tx) => writeLetter(tx, { about: 'x/1', kind: 'appointed', revision: 0, locale: 'fr', to: { address: zoe.address }, facts: { role: 'admin', url: 'https://x.example' } }))
    const state = async () => (await db.letter.findFirstOrThrow({ where: { kind: 'appointed' } })).status
    let delivery: Promise<unknown> = Promise.resolve()
    await inTransaction(async (tx) => {
      await releaseStopped(tx, zoe.address)
      delivery = deliverDue(compose)
      // It has looked the address up by now, and waits for what we are about to say of it.
      while ((await state()) !== 'stopped' && (await waitingForLocks()) === 0) await new Promise((resolve) => setTimeout(resolve, 5))
    })
    await delivery
    expect([await state(), await db.unreachable.count()]).toEqual(['sent', 0])
    expect(await check()).toEqual([])
  })
})

describe('a report is believed', () => {
  test('of a letter of ours and its own recipient, not of anybody else’s', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const { messageId } = await letterOf(zoe.id)
    expect((await bounce({ letterMessageId: messageId, address: 'max@x.example' }).file()).outcome).toBe('bounce-unknown')
    expect((await bounce({ letterMessageId: 'another@elsewhere.example' }, { to: [rsvpOf(zoe.id)] }).file()).outcome).toBe('bounce-unknown')
    expect((await bounce({ letterMessageId: null }, { to: [`bounce+${capability('bounce', newId())}@parlons-en.localhost`] }).file()).outcome).toBe('bounce-unknown')
    expect(await db.unreachable.count()).toBe(0)
  })

  test('where it quotes no letter, by the address that this letter alone came from', async () => {
    const { slug } = await anEvent()
    await invited(slug)
    await inTransaction((tx) => writeLetter(tx, { about: 'x/1', kind: 'appointed', revision: 0, locale: 'fr', to: { address: 'zoe@x.example' }, facts: { role: 'admin', url: 'https://x.example' } }))
    await deliverDue(compose)
    const letter = await db.letter.findFirstOrThrow({ where: { kind: 'appointed' } })
    const { id } = await bounce({}, { to: [`bounce+${capability('bounce', letter.id)}@parlons-en.localhost`] }).file()
    expect(await mailById(id)).toMatchObject({ outcome: 'bounce-hard', registrationId: null, detail: { letterId: letter.id } })
  })

  test('that is about a delay is only noted', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const { id } = await bounce({ letterMessageId: (await letterOf(zoe.id)).messageId, isHard: false }).file()
    expect(await mailById(id)).toMatchObject({ outcome: 'bounce-soft', registrationId: zoe.id, awaits: false })
    expect([await db.unreachable.count(), (await letterOf(zoe.id)).bouncedAt]).toEqual([0, null])
  })
})

test('letters leave with an address of their own to come back to, where answers reach us', async () => {
  const { slug } = await anEvent()
  const zoe = await invited(slug)
  await inTransaction((tx) => writeLetter(tx, { about: 'x/1', kind: 'appointed', revision: 0, locale: 'fr', to: { address: 'zoe@x.example' }, facts: { role: 'admin', url: 'https://x.example' } }))
  await deliverDue(compose)
  const [invitation, letter] = [await letterOf(zoe.id), await db.letter.findFirstOrThrow({ where: { kind: 'appointed' } })]
  expect(messageOf(letter).envelope.from).toBe(config().mailFrom.address)
  vi.stubEnv('INBOUND_SMTP_PORT', '2525')
  completeConfig(config())
  expect(messageOf(letter).envelope.from).toBe(`bounce+${capability('bounce', letter.id)}@parlons-en.localhost`)
  expect((await messageOf(letter).node.build()).toString()).toMatch(new RegExp(`^From: .*<${config().mailFrom.address}>`, 'm'))
  expect(messageOf(invitation).envelope.from).toBe(rsvpOf(zoe.id))
})

describe('what nobody wrote', () => {
  test.each([
    ['vacation', 'automatic'], ['auto-submitted', 'automatic'], ['empty-sender', 'automatic'], ['list', 'list'], ['bulk', 'list'],
  ] as const)('%s is kept, waits for nobody and changes nothing', async (why, outcome) => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const { id } = await message({ is: 'automatic', why }, { to: [rsvpOf(zoe.id)] }).file()
    expect(await mailById(id)).toMatchObject({ kind: 'automatic', outcome, awaits: false, registrationId: zoe.id, detail: { why } })
    expect([await standing(zoe.id), await db.letter.count()]).toEqual(['confirmed', 1])
  })

  test('what cannot be read waits where it came to somebody’s address', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const unreadable = { is: 'unreadable', why: 'winmail' } as const
    expect(await mailById((await message(unreadable, { to: [rsvpOf(zoe.id)] }).file()).id)).toMatchObject({ outcome: 'unreadable', awaits: true, detail: { why: 'winmail' } })
    expect((await mailById((await message(unreadable, { to: ['postmaster@parlons-en.localhost'] }).file()).id)).awaits).toBe(false)
  })

  test('words to the house have nobody’s registration and wait', async () => {
    expect(await mailById((await words('Bonjour', { to: ['postmaster@parlons-en.localhost'] }).file()).id)).toMatchObject({ outcome: 'no-address', awaits: true })
  })
})
