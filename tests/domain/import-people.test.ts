import { describe, expect, test } from 'vitest'
import { guest } from '@/lib/actor'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { ask } from '@/lib/events/ask'
import { askInput } from '@/lib/events/schema'
import { cancel } from '@/lib/registrations/cancel'
import { importPeople, type LineFate } from '@/lib/registrations/import-people'
import { countByStatus, registrationsOf } from '@/lib/registrations/queries'
import { aDraft, anEvent, house, linkOf, must, signUp } from '@/tests/support/events'

const list = (...rows: string[]) => ['nom;adresse', ...rows].join('\n')
const people = (count: number, from = 0) => Array.from({ length: count }, (_, n) => `Personne ${n + from};personne-${n + from}@x.example`)
const fatesOf = (lines: LineFate[]) => lines.map((one) => `${one.line} ${one.fate}${one.fate === 'wrong' ? ` ${one.wrong.map(({ field, reason }) => `${field}.${reason}`).join(' ')}` : ''}`)

async function everything(eventId: string) {
  const [rows, seatings, letters, steps] = await Promise.all([
    db.registration.findMany({ where: { eventId }, orderBy: { id: 'asc' } }),
    db.seating.findMany({ where: { eventId } }),
    db.letter.count({ where: { eventId } }),
    db.registrationStep.count(),
  ])
  return { rows, seatings, letters, steps }
}

describe('a dry run', () => {
  test('tells each line what would become of it now, and leaves nothing behind', async () => {
    const { id, slug } = await anEvent({ capacity: 4, waitlist: true })
    const there = must(await signUp(slug, 'deja@x.example'))
    const gone = must(await signUp(slug, 'parti@x.example'))
    must(await cancel(guest, linkOf(gone.registrationId)))
    const before = await everything(id)
    const text = list('Anne;anne@x.example', 'Déjà;DEJA@x.example', 'Parti;parti@x.example', 'Anne;anne@x.example', 'Bruno;bruno@x.example', 'Carla;carla@x.example', ';nobody@x.example', 'Zoé;zoe', 'Autre;bruno@x.example')
    const { lines, written } = must(await importPeople(house, slug, text, { dryRun: true }))
    expect(written).toBe(false)
    expect(fatesOf(lines)).toEqual([
      '2 confirmed', '3 already', '4 confirmed', '5 twice', '6 confirmed', '7 waitlisted', '8 wrong name.required', '9 wrong email.address-malformed', '10 wrong email.shared',
    ])
    expect(lines[2]).toMatchObject({ before: 'cancelled' })
    expect(await everything(id)).toEqual(before)
    expect(there.status).toBe('confirmed')
  })

  test('tells the truth: what is then written is what it told', async () => {
    const { id, slug } = await anEvent({ capacity: 3, waitlist: true })
    const text = list(...people(5))
    const dry = must(await importPeople(house, slug, text, { dryRun: true }))
    const wet = must(await importPeople(house, slug, text))
    expect(wet).toEqual({ ...dry, written: true })
    expect(await countByStatus(id)).toMatchObject({ confirmed: 3, waitlisted: 2 })
    expect(await db.seating.findFirst({ where: { eventId: id } })).toMatchObject({ taken: 3, waiting: 2 })
    expect((await registrationsOf(id)).map(({ name, via }) => [name, via])).toEqual(people(5).map((row) => [row.split(';')[0], 'import']))
    expect(await db.letter.groupBy({ by: ['kind'], where: { eventId: id }, _count: true, orderBy: { kind: 'asc' } })).toMatchObject([{ kind: 'seat-confirmed', _count: 3 }, { kind: 'seat-waitlisted', _count: 2 }])
    expect(await db.activity.count({ where: { eventId: id, verb: 'registration.import' } })).toBe(1)
  })
})

describe('a list with a wrong line', () => {
  test('writes nothing at all, unless its wrong lines are left out', async () => {
    const { id, slug } = await anEvent({ capacity: 2 })
    const text = list('Anne;anne@x.example', 'Zoé;zoe', 'Bruno;bruno@x.example', 'Carla;carla@x.example')
    const before = await everything(id)
    const refusedList = must(await importPeople(house, slug, text))
    expect(refusedList.written).toBe(false)
    expect(fatesOf(refusedList.lines)).toEqual(['2 confirmed', '3 wrong email.address-malformed', '4 confirmed', '5 wrong line.full'])
    expect(await everything(id)).toEqual(before)
    expect(must(await importPeople(house, slug, text, { leaveOut: true }))).toMatchObject({ written: true })
    expect((await registrationsOf(id)).map(({ name }) => name)).toEqual(['Anne', 'Bruno'])
  })

  test('of which everybody is registered writes nothing twice and nobody a letter', async () => {
    const { id, slug } = await anEvent()
    must(await importPeople(house, slug, list(...people(3))))
    const before = await everything(id)
    const again = must(await importPeople(house, slug, list(...people(3))))
    expect(fatesOf(again.lines)).toEqual(['2 already', '3 already', '4 already'])
    expect(await everything(id)).toEqual(before)
  })
})

describe('the one door', () => {
  test('an organiser’s list lets into a closed circle, past the proof and the approval, before it opens', async () => {
    const { id, slug } = await anEvent({ audience: 'members', provesAddress: true, approves: true, opensAt: '2027-01-10T09:00' })
    must(await importPeople(house, slug, list(...people(2))))
    expect(await countByStatus(id)).toMatchObject({ confirmed: 2, pending: 0 })
  })

  test('whoever asked and waits for an answer gets it', async () => {
    const { id, slug } = await anEvent({ audience: 'members' })
    must(await signUp(slug, 'eve@x.example'))
    expect(await countByStatus(id)).toMatchObject({ pending: 1 })
    const { lines } = must(await importPeople(house, slug, list('Eve;eve@x.example')))
    expect(lines).toMatchObject([{ fate: 'confirmed', before: 'pending' }])
    expect(await countByStatus(id)).toMatchObject({ confirmed: 1, pending: 0 })
  })

  test('room and screen each have their counter', async () => {
    const { id, slug } = await anEvent({ mode: 'hybrid', capacity: 1, screenCapacity: 1, waitlist: true })
    const text = 'nom;adresse;où\nA;a@x.example;salle\nB;b@x.example;écran\nC;c@x.example;en ligne\nD;d@x.example;'
    const { lines } = must(await importPeople(house, slug, text))
    expect(lines.map((one) => [one.fate, 'place' in one && one.place])).toEqual([['confirmed', 'room'], ['confirmed', 'screen'], ['waitlisted', 'screen'], ['waitlisted', 'room']])
    expect(await db.seating.findMany({ where: { eventId: id }, orderBy: { place: 'asc' } })).toMatchObject([{ taken: 1, waiting: 1 }, { taken: 1, waiting: 1 }])
  })

  test('a place that the event does not have is wrong', async () => {
    const { slug } = await anEvent()
    expect(fatesOf(must(await importPeople(house, slug, 'nom;adresse;où\nA;a@x.example;salle', { dryRun: true })).lines)).toEqual(['2 wrong place.not-among'])
  })

  test('answers are judged as everybody’s, and kept; what is required is not asked of a list', async () => {
    const { id, slug } = await anEvent()
    must(await ask(house, slug, askInput.parse({
      questions: [
        { key: 'level', kind: 'one', label: 'Niveau', options: [{ key: 'new', label: 'Débute' }, { key: 'used', label: 'Pratique' }], required: true },
      ],
    })))
    const text = 'nom;adresse;niveau\nA;a@x.example;pratique\nB;b@x.example;\nC;c@x.example;expert'
    expect(fatesOf(must(await importPeople(house, slug, text)).lines)).toEqual(['2 confirmed', '3 confirmed', '4 wrong answers.level.not-among'])
    must(await importPeople(house, slug, text, { leaveOut: true }))
    expect(await db.answer.findMany({ where: { registration: { eventId: id } }, select: { value: true } })).toEqual([{ value: 'used' }])
  })

  test('is shut to a list as to everybody: a draft, a session called off, a stranger', async () => {
    const { slug } = await anEvent()
    expect(await importPeople(guest, slug, list('A;a@x.example'), { dryRun: true })).toMatchObject({ ok: false, reason: 'forbidden' })
    must(await callOff(house, slug, null))
    expect(await importPeople(house, slug, list('A;a@x.example'))).toMatchObject({ ok: false, reason: 'called-off' })
    expect(await importPeople(house, (await aDraft()).slug, list('A;a@x.example'))).toMatchObject({ ok: false, reason: 'not-found' })
    expect(await importPeople(house, 'nothing', list('A;a@x.example'))).toMatchObject({ ok: false, reason: 'not-found' })
  })
})

test('two thousand lines are told, then written, and people who register meanwhile get what is left', async () => {
  const { id, slug } = await anEvent({ capacity: 1500, waitlist: true })
  const text = list(...people(2000))
  must(await importPeople(house, slug, text, { dryRun: true }))
  const [wet, ...others] = await Promise.all([importPeople(house, slug, text), ...Array.from({ length: 20 }, (_, n) => signUp(slug, `autre-${n}@x.example`))])
  expect(must(wet).written).toBe(true)
  expect(others.every(({ ok }) => ok)).toBe(true)
  expect(await countByStatus(id)).toMatchObject({ confirmed: 1500, waitlisted: 520 })
  expect(await db.seating.findFirst({ where: { eventId: id } })).toMatchObject({ taken: 1500, waiting: 520 })
}, 240_000)
