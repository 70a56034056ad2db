import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { render } from '@/emails'
import { guest } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { completeConfig, config } from '@/lib/config'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { countLetters } from '@/lib/mail/queries'
import { entryStates, exampleId } from '@/lib/registrations/letter-examples'
import { lettersOfEvent, previewInvitation, previewLetter } from '@/lib/registrations/preview-letters'
import { remindDue } from '@/lib/registrations/remind'
import { compose } from '@/lib/worker/compose'
import { aDraft, anEvent, house, must, signUp } from '@/tests/support/events'

beforeEach(() => setClock(new Date('2026-11-23T08:00:00Z')))
afterEach(() => {
  setClock(null)
  vi.unstubAllEnvs()
  completeConfig(config())
})

const keys = async (slug: string) => must(await lettersOfEvent(house, slug)).map(({ key }) => key.replace(/^reminder-.*/, 'reminder'))
/** Everything that an event can be set to. */
const busy = { mode: 'hybrid', capacity: 1, screenCapacity: 5, waitlist: true, audience: 'members', provesAddress: true, approves: true, offerHours: 12, asksAccess: true, startsAt: '2027-03-28T09:00', endsAt: '2027-03-28T10:00' } as const

describe('the list', () => {
  test('an open event without a line sends little', async () => {
    const { slug } = await anEvent({ companionsMost: 0 })
    expect(await keys(slug)).toEqual([
      'seat-confirmed', 'registration-again', 'reminder', 'reminder', 'takeaway', 'notes-out', 'event-changed', 'event-called-off', 'event-back-on',
      'registration-cancelled-person', 'registration-cancelled-organiser', 'address-change', 'address-changed', 'registration-cancelled-readdressed',
    ])
  })

  test('each setting adds what it sends, and everything has its name, its moment and its kind in both languages', async () => {
    const { slug } = await anEvent(busy)
    const examples = must(await lettersOfEvent(house, slug))
    expect(await keys(slug)).toEqual(expect.arrayContaining([
      'registration-pending', 'registration-pending-asked', 'address-to-prove', 'approval-awaited', 'registration-declined', 'seat-waitlisted', 'seat-offered',
      'offer-passed-refused', 'offer-passed-lapsed', 'seat-promoted', 'companion-changed', 'place-switched', 'access-need', 'access-answered',
    ]))
    expect(new Set(examples.map(({ key }) => key)).size).toBe(examples.length)
    for (const locale of ['fr', 'en']) {
      const words = JSON.parse(readFileSync(`messages/${locale}/letters.json`, 'utf8')) as Record<'names' | 'when' | 'kinds' | 'groups', Record<string, string>>
      for (const { key, kind, group, reminder } of examples) {
        expect(words.groups[group], group).toBeTruthy()
        if (reminder) continue
        for (const said of [words.names[key], words.when[key], words.kinds[kind]]) expect(said, key).toBeTruthy()
      }
    }
  })

  test('where answers reach us, what answers them stands in it', async () => {
    vi.stubEnv('INBOUND_SMTP_PORT', '2525')
    completeConfig(config())
    const { slug } = await anEvent(busy)
    const examples = must(await lettersOfEvent(house, slug)).filter(({ group }) => group === 'answers')
    expect(examples.map(({ key }) => key)).toEqual(['registration-cancelled-calendar', 'answer-again', 'answer-unsure'])
    for (const locale of ['fr', 'en'] as const) {
      const words = JSON.parse(readFileSync(`messages/${locale}/letters.json`, 'utf8')) as Record<'names' | 'when' | 'kinds' | 'groups', Record<string, string>>
      expect(words.groups.answers).toBeTruthy()
      for (const { key, kind } of examples) {
        for (const said of [words.names[key], words.when[key], words.kinds[kind]]) expect(said, key).toBeTruthy()
        expect(must(await previewLetter(house, slug, key, locale)).text, key).not.toMatch(/undefined|null|NaN|\[object|Invalid/)
      }
    }
  })

  test('is the organisers’ alone', async () => {
    const { slug } = await anEvent()
    expect(await lettersOfEvent(guest, slug)).toEqual({ ok: false, reason: 'forbidden' })
    expect(await previewLetter(guest, slug, 'seat-confirmed', 'fr')).toEqual({ ok: false, reason: 'forbidden' })
    expect(await previewLetter(house, slug, 'seat-unknown', 'fr')).toEqual({ ok: false, reason: 'not-found' })
    expect(await previewLetter(house, 'nowhere', 'seat-confirmed', 'fr')).toEqual({ ok: false, reason: 'not-found' })
  })
})

describe('a letter seen before it leaves', () => {
  test.each(['before it is published', 'while it is on', 'called off', 'over'])('all of them are there %s, in both languages', async (when) => {
    const { slug } = when === 'before it is published' ? await aDraft(busy) : await anEvent(busy)
    if (when === 'called off') must(await callOff(house, slug))
    if (when === 'over') setClock(new Date('2027-05-01T08:00:00Z'))
    for (const { key } of must(await lettersOfEvent(house, slug))) {
      for (const locale of ['fr', 'en'] as const) {
        const seen = must(await previewLetter(house, slug, key, locale))
        expect(seen.html, key).toMatch(new RegExp(`<html[^>]* lang="${locale}"`))
        for (const said of [seen.subject, seen.text, seen.calendar?.content ?? '']) expect(said, key).not.toMatch(/undefined|null|NaN|\[object|Invalid/)
      }
    }
    expect(await db.letter.count({ where: { about: { contains: exampleId } } })).toBe(0)
    expect(await db.registration.count({ where: { id: exampleId } })).toBe(0)
  })

  test('says what the real one says, but for whose it is', async () => {
    const { slug } = await anEvent({ joinUrl: 'https://visio.example/cafe' })
    must(await signUp(slug, 'camille.martin@theatre.example', { name: 'Camille Martin' }))
    const letter = await db.letter.findFirstOrThrow()
    const composed = await compose(letter)
    if (!composed) throw new Error('nothing composed')
    const real = await render(composed.letter, letter.locale)
    const seen = must(await previewLetter(house, slug, 'seat-confirmed', 'fr'))
    const anybody = (text: string) => text.replace(/[a-z2-7]{32}/g, '…').replace(/DTSTAMP:.*/g, '')
    expect(seen.subject).toBe(real.subject)
    expect(anybody(seen.text)).toBe(anybody(real.text))
    expect(anybody(seen.html)).toBe(anybody(real.html))
    expect(anybody(seen.from.address)).toBe(anybody(composed.from?.address ?? ''))
    const lines = (content: string) => anybody(content.replace(/\r\n[ \t]/g, ''))
    expect(lines(seen.calendar?.content ?? '')).toBe(lines(composed.calendar?.content ?? ''))
  })

  test('a reminder says how near the event is at its own hour, across a change of clocks', async () => {
    const { slug } = await anEvent({ startsAt: '2027-03-28T09:00', endsAt: '2027-03-28T10:00' })
    const rules = must(await lettersOfEvent(house, slug)).filter(({ reminder }) => reminder)
    const subjects = await Promise.all(rules.map(async ({ key }) => must(await previewLetter(house, slug, key, 'fr')).subject.replace(/\s/g, ' ')))
    expect(subjects.toSorted()).toEqual(['Dans une heure : Café du jeudi', 'Demain à 9h : Café du jeudi'])
  })

  test('what it tells a calendar breaks no rule, in no letter and in no state, in either language', async () => {
    const { slug } = await anEvent(busy)
    const letters = must(await lettersOfEvent(house, slug)).map(({ key }) => ({ letter: key }))
    for (const of of [...letters, ...entryStates.map((state) => ({ state }))]) {
      for (const locale of ['fr', 'en'] as const) {
        const seen = must(await previewInvitation(house, slug, of, locale))
        expect(seen?.findings.filter(({ level }) => level === 'wrong') ?? [], JSON.stringify(of)).toEqual([])
        if (seen) expect(seen.findings.filter(({ level }) => level === 'good').length).toBeGreaterThan(22)
      }
    }
    expect(await previewInvitation(guest, slug, { state: 'seat' }, 'fr')).toEqual({ ok: false, reason: 'forbidden' })
    expect(must(await previewInvitation(house, slug, { letter: 'address-to-prove' }, 'fr'))).toBeNull()
  })

  test('each state can be seen, wherever the settings lead: a seat, waiting, offered, called off', async () => {
    const { slug } = await anEvent({ title: 'Un titre qui dit tout, et qui le dit si longuement qu’aucun téléphone ne le montrera en entier' })
    const seen = Object.fromEntries(await Promise.all(entryStates.map(async (state) => [state, must(await previewInvitation(house, slug, { state }, 'fr'))] as const)))
    expect(entryStates.map((state) => [seen[state]?.method, /^STATUS:(\w+)/m.exec(seen[state]?.file ?? '')?.[1]].join(' '))).toEqual(['REQUEST CONFIRMED', 'REQUEST TENTATIVE', 'REQUEST TENTATIVE', 'CANCEL CANCELLED'])
    expect(seen.seat?.findings.filter(({ level }) => level === 'warning').map(({ code }) => code)).toEqual(['no-join', 'long-title', 'no-summary', 'answers-not-read'])
  })

  test('what each tells a calendar', async () => {
    const { slug } = await anEvent(busy)
    const told = async (key: string) => must(await previewLetter(house, slug, key, 'fr')).calendar
    for (const key of ['registration-pending', 'address-to-prove', 'approval-awaited', 'registration-declined', 'access-need', 'access-answered', 'address-change']) expect(await told(key), key).toBeNull()
    expect((await told('seat-offered'))?.content).toMatch(/METHOD:REQUEST[^]*STATUS:TENTATIVE/)
    expect((await told('seat-confirmed'))?.content).toMatch(/METHOD:REQUEST[^]*STATUS:CONFIRMED/)
    expect((await told('registration-cancelled-person'))?.content).toMatch(/METHOD:CANCEL/)
    expect((await told('registration-cancelled-person'))?.content).not.toMatch(/STATUS:/)
    expect((await told('event-called-off'))?.content).toMatch(/METHOD:CANCEL[^]*STATUS:CANCELLED/)
  })
})

test('what has left is counted by kind, a reminder by its rule, whatever it was said for', async () => {
  const { id, slug } = await anEvent({ capacity: 1, waitlist: true })
  for (const name of ['anne', 'zoe']) must(await signUp(slug, `${name}@x.example`))
  setClock(new Date('2027-01-13T08:00:00Z'))
  await remindDue()
  await db.letter.updateMany({ where: { kind: 'seat-confirmed' }, data: { status: 'failed' } })
  const counts = await countLetters(id)
  const rule = [...counts.keys()].find((kind) => kind.startsWith('reminder-')) ?? ''
  expect(counts.get('seat-confirmed')).toMatchObject({ sent: 0, waiting: 0, failed: 1, overtaken: 0, invented: 0 })
  expect(counts.get('seat-waitlisted')).toMatchObject({ sent: 0, waiting: 1, failed: 0, overtaken: 0, invented: 0 })
  expect(must(await lettersOfEvent(house, slug)).map(({ key }) => key)).toContain(rule)
})
