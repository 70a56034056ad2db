import { describe, expect, test } from 'vitest'
import { getSchema } from '@tiptap/core'
import { notesNodes } from '@/app/[locale]/_writing/nodes'
import { rankPicks, rankSpeakers } from '@/app/[locale]/_writing/rank'
import type { Pick } from '@/app/[locale]/_writing/room-facts'
import { after, beginning, endingOf, type News, standingOf, wouldLose } from '@/app/[locale]/_writing/standing'
import { comings } from '@/app/[locale]/_writing/whereabouts'
import { notesSchema } from '@/lib/notes/notes-schema'
import { fold } from '@/lib/text'

const pick = (number: number | null, name: string, planned = false): Pick => ({
  key: number === null ? fold(name).replaceAll(' ', '-') : `rapport/${number}`, number, name, lang: undefined, pigment: 'ink', glyph: null, of: null, planned, sign: '', words: fold(`${number ?? ''} ${name}`),
})

describe('what # proposes', () => {
  const picks = [pick(1, 'Créer les conditions d’une appropriation collective'), pick(16, 'Infrastructure pour les données culturelles'), pick(6, 'Données à caractère personnel', true), pick(10, 'Puissance de calcul'), pick(null, 'Création artistique')]
  const numbers = (typed: string) => rankPicks(picks, typed).map(({ number, name }) => number ?? name)

  test('the very number first, then those that begin so', () => expect(numbers('1')).toEqual([1, 10, 16]))
  test('words that are begun, without accents; what the session announced first', () => expect(numbers('donnees')).toEqual([6, 16]))
  test('all words must be there', () => expect(numbers('données cult')).toEqual([16]))
  test('without a word, what was announced, then the themes', () => expect(numbers('')).toEqual([6, 'Création artistique']))
  test('nothing for what is nowhere', () => expect(numbers('zzz')).toEqual([]))
})

describe('what @ proposes', () => {
  const speakers = [{ slug: 'assia-meziane', name: 'Assia Méziane' }, { slug: 'loic-bertin', name: 'Loïc Bertin' }]

  test('speakers by any part of their name, without accents, then the name as typed', () => expect(rankSpeakers(speakers, 'mezi').map(({ name }) => name)).toEqual(['Assia Méziane', 'mezi']))
  test('a name that is whole is not offered twice', () => expect(rankSpeakers(speakers, 'loic bertin')).toHaveLength(1))
  test('what is no name is not proposed as one', () => expect(rankSpeakers(speakers, '9h30')).toEqual([]))
})

describe('where the text stands', () => {
  const at = new Date('2026-11-23T08:42:00Z')
  const of = (...news: News[]) => news.reduce(after, beginning(null))

  test('is opening, then connected, with the hour of the last storing', () => {
    expect(standingOf(of())).toEqual({ kind: 'opening' })
    expect(standingOf(of(), true)).toEqual({ kind: 'unreachable' })
    expect(standingOf(of({ kind: 'opened' }, { kind: 'stored', at, all: true }))).toEqual({ kind: 'stored', at, mine: false })
  })

  test('is being written until the house has stored all of it, and not only a part', () => {
    expect(standingOf(of({ kind: 'opened' }, { kind: 'typed' }, { kind: 'stored', at, all: false })).kind).toBe('writing')
    expect(standingOf(of({ kind: 'opened' }, { kind: 'typed' }, { kind: 'stored', at, all: true })).kind).toBe('stored')
  })

  test('says offline whether this device keeps it, and asks to stay only where nobody does', () => {
    const lost = of({ kind: 'opened' }, { kind: 'typed' }, { kind: 'lost' })
    expect(standingOf(lost)).toEqual({ kind: 'offline', isPending: true, isKept: false })
    expect(wouldLose(lost)).toBe(true)
    const kept = after(lost, { kind: 'kept', all: true })
    expect(standingOf(kept)).toEqual({ kind: 'offline', isPending: true, isKept: true })
    expect(wouldLose(kept)).toBe(false)
    expect(wouldLose(of({ kind: 'opened' }))).toBe(false)
  })

  test('tells a right that ended, and words that were not stored before it did', () => {
    expect(standingOf(of({ kind: 'opened' }, { kind: 'typed' }, { kind: 'kept', all: true }, { kind: 'ended', why: 'right-ended' }))).toEqual({ kind: 'ended', why: 'right-ended', isPending: true })
    expect(endingOf(4403, '')).toEqual({ ended: 'right-ended' })
    expect(endingOf(4413, '')).toEqual({ refused: 'too-big' })
    expect(endingOf(1006, '')).toBeNull()
    expect(endingOf(4429, 'too-many')).toEqual({ ended: 'too-many' })
    expect(endingOf(4429, 'too-fast')).toBeNull()
    expect(wouldLose(of({ kind: 'opened' }, { kind: 'typed' }, { kind: 'kept', all: true }, { kind: 'ended', why: 'too-many' }))).toBe(false)
  })
})

test('who came and who went is told by person, not by tab', () => {
  const [anne, zoe] = [{ writer: 'person/1', name: 'Anne' }, { writer: 'person/2', name: 'Zoé' }]
  expect(comings([anne], [zoe])).toEqual({ came: ['Zoé'], went: ['Anne'] })
})

test('the editor knows every node, attribute and mark that the house does: what it did not know it would take out', () => {
  const own = getSchema(notesNodes({ signOf: () => ({ text: '', className: '', title: '' }), sayTask: () => ({ box: '', beside: '' }) }))
  for (const [name, type] of Object.entries(notesSchema.nodes)) {
    expect(Object.keys(own.nodes[name]?.spec.attrs ?? {}), name).toEqual(expect.arrayContaining(Object.keys(type.spec.attrs ?? {})))
  }
  expect(Object.keys(own.nodes).sort()).toEqual(Object.keys(notesSchema.nodes).sort())
  expect(Object.keys(own.marks).sort()).toEqual(Object.keys(notesSchema.marks).sort())
})
