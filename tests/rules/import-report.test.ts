import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { fieldRefusals } from '@/lib/errors'
import { primaryTheme, quotedWording, wordingsSideBySide } from '@/lib/reports/rules'
import { sayImportRefusals } from '@/server/import-refusals'
import { readPublishedOn, reportFile } from '@/lib/reports/schema'

const small = {
  slug: 'petit-rapport',
  title: 'Petit rapport',
  publisher: 'Un service',
  publishedOn: '2025',
  url: 'https://rapport.example/',
  recommendations: [{ number: 1, wordings: [{ language: 'fr', text: 'Parler.', official: true }] }],
}

const refusals = (file: unknown) => {
  const read = reportFile.safeParse(file)
  return read.success ? [] : fieldRefusals(read.error)
}

describe('a report file', () => {
  it('is taken when it says what it must', () => {
    expect(refusals(small)).toEqual([])
  })

  it('is what every report of the archive is', () => {
    for (const name of readdirSync('prisma/data/reports')) {
      expect([name, refusals(JSON.parse(readFileSync(`prisma/data/reports/${name}`, 'utf8')))]).toEqual([name, []])
    }
  })

  it('may know its date to the day, the month or the year, and no other way', () => {
    expect(readPublishedOn('2024-03-13')).toEqual({ day: new Date('2024-03-13T00:00:00Z'), precision: 'day' })
    expect(readPublishedOn('2024-12')).toEqual({ day: new Date('2024-12-01T00:00:00Z'), precision: 'month' })
    expect(readPublishedOn('2025')).toEqual({ day: new Date('2025-01-01T00:00:00Z'), precision: 'year' })
    for (const publishedOn of ['13 mars 2024', '2024-13', '2024-02-30', '24', '']) {
      expect(refusals({ ...small, publishedOn })).toEqual([{ field: 'publishedOn', reason: 'not-a-date' }])
    }
  })

  it('has one refusal for each mistake', () => {
    const wrong = {
      ...small,
      title: '',
      url: 'javascript:alert(1)',
      publischer: 'typo',
      recommendations: [
        { number: 'four', wordings: [] },
        { number: 2, wordings: [{ language: 'fr', text: 'Oui', official: 'yes' }] },
      ],
    }
    expect(refusals(wrong)).toEqual([
      { field: 'title', reason: 'required' },
      { field: 'url', reason: 'not-a-web-address' },
      { field: 'recommendations.0.number', reason: 'wrong-kind' },
      { field: 'recommendations.0.wordings', reason: 'required' },
      { field: 'recommendations.1.wordings.0.official', reason: 'wrong-kind' },
      { field: 'publischer', reason: 'unknown-field' },
    ])
  })

  it('does not give a number twice, nor link one that is not there', () => {
    const themes = [{ slug: 'a', names: { fr: 'A', en: 'A' }, recommendations: [1, 9] }]
    const twice = { ...small, recommendations: [...small.recommendations, ...small.recommendations], readings: [{ author: 'X', themes }] }
    expect(refusals(twice)).toEqual([
      { field: 'recommendations.1.number', reason: 'twice' },
      { field: 'readings.0.themes.0.recommendations.1', reason: 'no-such-recommendation' },
    ])
  })

  it('is refused politely when it is not an object at all', () => {
    for (const file of [null, [], 'text', 7, undefined]) expect(refusals(file)).toHaveLength(1)
  })
})

describe('what is said of a refused file', () => {
  it('is one line per mistake, counting entries from 1, in either language', () => {
    const fields = [
      { field: 'recommendations.3.number', reason: 'twice' },
      { field: 'recommendations.number-16', reason: 'still-discussed' },
      { field: '', reason: 'wrong-kind' },
    ]
    expect(sayImportRefusals(fields)).toEqual([
      'recommendations[4].number: is there twice',
      'recommendation 16 is gone from the file, but events or notes point at it',
      'the file: is not of the kind expected here (text in quotes, a number, true or false, a list)',
    ])
    expect(sayImportRefusals(fields, 'fr')[0]).toBe('recommendations[4].number\u00A0: s’y trouve deux fois')
  })
})

describe('a quoted recommendation', () => {
  const french = { language: 'fr', text: 'Faire', official: true, source: 'p. 1' }
  const english = { language: 'en', text: 'Do', official: false, source: 'traduction non officielle' }

  it('is quoted in its official words, with our translation for those who read another language', () => {
    expect(quotedWording({ wordings: [french, english] }, 'fr')).toEqual({ quoted: french, translation: null })
    expect(quotedWording({ wordings: [french, english] }, 'en')).toEqual({ quoted: french, translation: english })
  })

  it('is quoted as well as can be where no wording is official', () => {
    const paraphrase = { ...french, official: false }
    expect(quotedWording({ wordings: [paraphrase, english] }, 'en')).toEqual({ quoted: english, translation: null })
    expect(quotedWording({ wordings: [] }, 'fr')).toBeNull()
  })

  it('has its wordings side by side, each said for what it is; a translation into a third language stands apart', () => {
    const [other, own] = [{ ...french, text: 'Faire autrement' }, { ...french, text: 'En bref', official: false }]
    const told = (wordings: (typeof french)[], locale: 'fr' | 'en') => {
      const { quoted, beside, elsewhere } = wordingsSideBySide({ wordings, report: { language: 'fr' } }, locale)!
      return [[quoted], beside, elsewhere].map((all) => all.map(({ text, is }) => `${text}: ${is}`))
    }
    expect(told([french, english, other, own], 'fr')).toEqual([['Faire: own'], ['Faire autrement: other', 'En bref: unofficial'], ['Do: translation']])
    expect(told([french, english, other, own], 'en')).toEqual([['Faire: own'], ['Do: translation', 'Faire autrement: other', 'En bref: unofficial'], []])
    expect(told([own, english], 'en')).toEqual([['Do: translation'], ['En bref: unofficial'], []])
  })

  it('takes its pigment from the first theme of the oldest reading that links it', () => {
    const link = (theme: string, position: number, id: string, on: Date | null) => ({ readingTheme: { position, theme, reading: { id, on } } })
    const old = new Date('2024-03-13')
    const readingLinks = [link('late', 0, 'b', null), link('second', 2, 'a', old), link('first', 1, 'a', old)]
    expect(primaryTheme({ readingLinks })).toBe('first')
    expect(primaryTheme({ readingLinks: [] })).toBeNull()
  })
})
