import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guest } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { addMembers } from '@/lib/people/add-members'
import { changeMember } from '@/lib/people/change-member'
import { membersList } from '@/lib/people/members-list'
import { countMembers, isMember, members } from '@/lib/people/queries'
import { removeMember } from '@/lib/people/remove-member'
import { house, must } from '@/tests/support/events'

beforeEach(() => setClock(new Date('2026-11-23T08:00:00Z')))
afterEach(() => setClock(null))

const listed = (text: string) => must(membersList(text))
const rowOf = (value: string) => db.member.findFirstOrThrow({ where: { value } })
const day = (text: string) => new Date(`${text}T00:00:00Z`)

describe('a membership with dates', () => {
  test('holds from its first day to the end of its last, by the clocks of the house', async () => {
    must(await addMembers(house, { entries: [{ value: 'anne@example.org', since: '2026-09-01', until: '2026-12-31' }] }))
    expect(await isMember('anne@example.org')).toBe(true)
    expect(await isMember('anne@example.org', new Date('2026-08-31T21:59:00Z'))).toBe(false)
    expect(await isMember('anne@example.org', new Date('2026-08-31T22:00:00Z'))).toBe(true)
    expect(await isMember('anne@example.org', new Date('2026-12-31T22:59:00Z'))).toBe(true)
    expect(await isMember('anne@example.org', new Date('2026-12-31T23:00:00Z'))).toBe(false)
  })

  test('that is over does not spoil the one of the domain', async () => {
    must(await addMembers(house, { entries: [{ value: 'anne@theatre.example', until: '2025-12-31' }, '@theatre.example'] }))
    expect(await isMember('anne@theatre.example')).toBe(true)
  })
})

describe('a list', () => {
  const table = 'Adresse;Nom;Depuis;Jusqu’au\nAnne@Example.org;Anne Martin;01/09/2026;31/08/2027\n@theatre.example;Théâtre;;\n'

  test('is read with its columns, in French or in English', () => {
    expect(listed(table)).toEqual([
      { line: 2, value: 'Anne@Example.org', label: 'Anne Martin', since: '01/09/2026', until: '31/08/2027' },
      { line: 3, value: '@theatre.example', label: 'Théâtre', since: '', until: '' },
    ])
    expect(listed('email,name,since\na@x.example,"Martin, Anne",2026-09-01\n')).toEqual([{ line: 2, value: 'a@x.example', label: 'Martin, Anne', since: '2026-09-01' }])
    expect(listed('a@x.example\n\nb@x.example, c@x.example')).toEqual([
      { line: 1, value: 'a@x.example' },
      { line: 3, value: 'b@x.example' },
      { line: 3, value: 'c@x.example' },
    ])
    expect(membersList('Nom;Depuis\nAnne;2026-09-01')).toEqual({ ok: false, reason: 'no-address-column' })
  })

  test('tells the fate of each line and writes nothing, then writes what it told', async () => {
    must(await addMembers(house, { entries: [{ value: 'zoe@example.org', until: '2026-12-31' }, 'yann@example.org'] }))
    const text = [
      'adresse;nom;jusqu’au',
      'zoe@example.org;Zoé;31/12/2027',
      'yann@example.org;;',
      'new.example;Une scène;2027-06-30',
      'NEW.example;;',
      'eve@example.org;Eve;hier',
      'eve;Eve;',
    ].join('\n')
    const entries = listed(text)
    const dry = must(await addMembers(house, { entries, dryRun: true }))
    expect(dry.lines.map(({ line, fate, reason }) => [line, fate, reason])).toEqual([
      [2, 'changed', undefined],
      [3, 'known', undefined],
      [4, 'added', undefined],
      [5, 'twice', undefined],
      [6, 'wrong', 'not-a-date'],
      [7, 'wrong', 'malformed'],
    ])
    expect(await countMembers()).toBe(2)
    expect((await rowOf('zoe@example.org')).until).toEqual(day('2026-12-31'))

    expect(await addMembers(house, { entries })).toMatchObject({ ok: false, reason: 'invalid', fields: [{ field: 'entries.4', reason: 'not-a-date' }, { field: 'entries.5', reason: 'malformed' }] })
    expect(await countMembers()).toBe(2)
    expect(must(await addMembers(house, { entries: entries.slice(0, 4) }))).toMatchObject({ added: 1, known: 2, changed: 1 })
    expect(await rowOf('zoe@example.org')).toMatchObject({ label: 'Zoé', until: day('2027-12-31') })
    expect(await rowOf('new.example')).toMatchObject({ kind: 'domain', label: 'Une scène', until: day('2027-06-30') })
    expect(must(await addMembers(house, { entries: entries.slice(0, 4), dryRun: true })).lines.map(({ fate }) => fate)).toEqual(['known', 'known', 'known', 'twice'])
  })

  test('without dates leaves those that are known', async () => {
    must(await addMembers(house, { entries: [{ value: 'zoe@example.org', label: 'Zoé', until: '2026-12-31' }] }))
    expect(must(await addMembers(house, { entries: ['zoe@example.org'] }))).toMatchObject({ known: 1, changed: 0 })
    expect(await rowOf('zoe@example.org')).toMatchObject({ label: 'Zoé', until: day('2026-12-31') })
  })

  test('that ends before it begins is refused', async () => {
    expect(await addMembers(house, { entries: [{ value: 'a@x.example', since: '2027-01-01', until: '2026-01-01' }] })).toMatchObject({ ok: false, fields: [{ reason: 'ends-before-it-begins' }] })
  })

  test('two at once of the same people add each once', async () => {
    const entries = Array.from({ length: 200 }, (_, n) => `person-${n % 100}@example.org`)
    const [one, other] = await Promise.all([addMembers(house, { entries }), addMembers(house, { entries: entries.toReversed() })])
    expect([one.ok, other.ok]).toEqual([true, true])
    expect(await countMembers()).toBe(100)
  })

  test('is kept by organisers alone, and the journal names nobody', async () => {
    const { id } = await (must(await addMembers(house, { entries: ['zoe@example.org'] })), rowOf('zoe@example.org'))
    expect(await addMembers(guest, { entries: [], dryRun: true })).toMatchObject({ ok: false, reason: 'forbidden' })
    expect(await changeMember(guest, id, {})).toMatchObject({ ok: false, reason: 'forbidden' })
    expect(await removeMember(guest, id)).toMatchObject({ ok: false, reason: 'forbidden' })
    must(await changeMember(house, id, { label: 'Zoé', since: '', until: '31/12/2026' }))
    must(await removeMember(house, id))
    const lines = await db.activity.findMany({ where: { verb: { startsWith: 'member.' } }, orderBy: { at: 'asc' } })
    expect(lines.map(({ verb }) => verb)).toEqual(['member.add', 'member.change', 'member.remove'])
    expect(JSON.stringify(lines)).not.toContain('zoe')
  })
})

describe('an entry', () => {
  test('takes other days and another name, and says which field is wrong', async () => {
    must(await addMembers(house, { entries: [{ value: 'zoe@example.org', label: 'Zoé', since: '2026-01-01' }] }))
    const { id } = await rowOf('zoe@example.org')
    expect(await changeMember(house, id, { since: 'demain', until: '' })).toMatchObject({ ok: false, fields: [{ field: 'since', reason: 'not-a-date' }] })
    expect(await changeMember(house, id, { since: '2026-01-01', until: '2025-01-01' })).toMatchObject({ ok: false, fields: [{ field: 'until' }] })
    expect(await changeMember(house, id, { label: 'x'.repeat(200) })).toMatchObject({ ok: false, fields: [{ field: 'label', reason: 'too-long' }] })
    must(await changeMember(house, id, { label: '', since: '', until: '1/2/2027' }))
    expect(await rowOf('zoe@example.org')).toMatchObject({ label: null, since: null, until: day('2027-02-01') })
  })

  test('that is taken off lets nobody in any more; taking it off twice is refused', async () => {
    must(await addMembers(house, { entries: ['@theatre.example'] }))
    const { id } = await rowOf('theatre.example')
    must(await removeMember(house, id))
    expect(await isMember('anne@theatre.example')).toBe(false)
    expect(await removeMember(house, id)).toMatchObject({ ok: false, reason: 'unknown' })
    expect(await changeMember(house, id, {})).toMatchObject({ ok: false, reason: 'unknown' })
  })

  test('is found by a part of it or of its name, fifty a page', async () => {
    must(await addMembers(house, { entries: [...Array.from({ length: 60 }, (_, n) => `person-${String(n).padStart(2, '0')}@example.org`), { value: 'theatre.example', label: 'Le Grand Bleu', until: '2025-01-01' }, { value: 'later.example', since: '2027-01-01' }] }))
    const first = await members()
    expect(first.list).toHaveLength(50)
    const second = await members({ after: first.next ?? '' })
    expect(second.list).toHaveLength(12)
    expect(second.next).toBeNull()
    expect((await members({ q: 'grand' })).list).toMatchObject([{ value: 'theatre.example', until: '2025-01-01', holds: 'over' }])
    expect((await members({ q: 'LATER.example' })).list).toMatchObject([{ holds: 'later' }])
    expect((await members({ q: 'person-07' })).list).toMatchObject([{ value: 'person-07@example.org', holds: 'now' }])
  })
})

describe('members without dates', () => {
  test('an address is a member by itself or by its domain', async () => {
    expect(await addMembers(house, { entries: ['Anne@example.org', '', '@theatre.example', 'ANNE@EXAMPLE.ORG'] })).toMatchObject({ ok: true, value: { added: 2, known: 1 } })
    expect(await isMember('anne@example.org')).toBe(true)
    expect(await isMember('eve@example.org')).toBe(false)
    expect(await isMember('whoever@theatre.example')).toBe(true)
    expect(await isMember('whoever@sub.theatre.example')).toBe(false)
  })

  test('a wrong entry is named by its place, and nobody is added', async () => {
    expect(await addMembers(house, { entries: ['anne@example.org', 'a, b@c.example', 'nobody'] })).toEqual({
      ok: false, reason: 'invalid', fields: [{ field: 'entries.1', reason: 'list' }, { field: 'entries.2', reason: 'malformed' }],
    })
    expect(await isMember('anne@example.org')).toBe(false)
    expect(await addMembers(guest, { entries: [] })).toEqual({ ok: false, reason: 'forbidden' })
  })
})
