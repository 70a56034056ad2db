import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  atCity, cityOf, cleanLine, cleanText, fold, isOneLine, isPlainText, isWellFormed, sayDay, sayEuros, sayHours, sayMonth, sayNumber,
  sayOwnTime, sayWhen, slugify, timeOfCity, typo, type Moment,
} from '@/lib/text'
import { instantOf, type WallTime } from '@/lib/time'

const today = '2024-01-15'

function moment(start: string, end: string | null, timeZone = 'Europe/Paris'): Moment {
  const wall = (text: string): WallTime => ({ date: text.slice(0, 10), time: text.slice(11) || null })
  const instant = (text: string) => instantOf(wall(text), timeZone) as Date
  return {
    start: wall(start), end: end === null ? null : wall(end), timeZone, startsAt: instant(start),
    endsAt: end === null || wall(end).time === null ? null : instant(end),
  }
}

describe('days and hours', () => {
  test('a day says its year only when it is not this one', () => {
    expect(sayDay('2024-03-21', 'fr', { today })).toBe('jeudi 21 mars')
    expect(sayDay('2025-05-01', 'fr', { today })).toBe('jeudi 1er mai 2025')
    expect(sayDay('2024-03-21', 'en', { today })).toBe('Thursday 21 March')
    expect(sayDay('2025-05-01', 'en', { today, weekday: false })).toBe('1 May 2025')
    expect(sayDay('2024-03-21', 'fr')).toBe('jeudi 21 mars 2024')
    expect(sayDay('2024-03-21', 'fr', { year: false })).toBe('jeudi 21 mars')
    expect(sayMonth('2024-08', 'fr', { today })).toBe('août')
    expect(sayMonth('2023-08-01', 'en', { today })).toBe('August 2023')
  })

  test('hours are said as French and British readers write them', () => {
    expect(sayHours('09:00', null, 'fr')).toBe('9h')
    expect(sayHours('09:00', '10:00', 'fr')).toBe('9h–10h')
    expect(sayHours('09:00', '10:00', 'fr', 'long')).toBe('de 9h à 10h')
    expect(sayHours('18:30', null, 'fr', 'long')).toBe('à 18h30')
    expect(sayHours('22:05', '00:00', 'fr', 'long')).toBe('de 22h05 à minuit')
    expect(sayHours('09:00', '10:00', 'en')).toBe('9am–10am')
    expect(sayHours('11:30', '12:00', 'en', 'long')).toBe('from 11:30am to midday')
    expect(sayHours('18:30', '00:15', 'en', 'long')).toBe('from 6:30pm to 12:15am')
    expect(sayHours(null, null, 'fr')).toBe('')
  })
})

describe('when', () => {
  const cafe = moment('2024-03-21T09:00', null)

  test('one hour, with the zone, and the reader’s own time where their clock shows another', () => {
    expect(sayWhen(cafe, 'fr', { today })).toBe('jeudi 21 mars à 9h, heure de Paris')
    expect(sayWhen(cafe, 'fr', { today, readerZone: 'America/Montreal' })).toBe('jeudi 21 mars à 9h, heure de Paris (4h à Montréal)')
    expect(sayWhen(cafe, 'fr', { today, readerZone: 'Europe/Brussels' })).toBe('jeudi 21 mars à 9h, heure de Paris')
    expect(sayWhen(cafe, 'fr', { today, readerZone: 'America/Los_Angeles' })).toBe('jeudi 21 mars à 9h, heure de Paris (1h à Los Angeles)')
    expect(sayWhen(cafe, 'fr', { today, readerZone: 'Pacific/Tahiti' })).toBe('jeudi 21 mars à 9h, heure de Paris (mercredi 20 mars à 22h à Tahiti)')
    expect(sayWhen(cafe, 'en', { today, readerZone: 'America/New_York' })).toBe('Thursday 21 March at 9am, Paris time (4am in New York)')
    expect(sayWhen(cafe, 'fr', { zone: false })).toBe('jeudi 21 mars 2024 à 9h')
    expect(sayWhen(cafe, 'fr', { today, readerZone: 'Mars/Olympus' })).toBe('jeudi 21 mars à 9h, heure de Paris')
  })

  test('from one hour to another, also past midnight', () => {
    const hour = moment('2024-03-21T09:00', '2024-03-21T10:00')
    expect(sayWhen(hour, 'fr', { today, readerZone: 'America/Toronto' })).toBe('jeudi 21 mars de 9h à 10h, heure de Paris (4h–5h à Montréal)')
    expect(sayOwnTime(hour, 'en', 'America/Toronto')).toBe('4am–5am in Toronto')
    expect(sayWhen(moment('2024-03-21T22:00', '2024-03-22T01:00'), 'fr', { today, zone: false })).toBe('jeudi 21 mars de 22h à 1h')
  })

  test('several days, and hours only where they are known', () => {
    expect(sayWhen(moment('2025-02-13', '2025-02-14'), 'fr', { today: '2025-01-01' })).toBe('du jeudi 13 au vendredi 14 février')
    expect(sayWhen(moment('2025-02-13', '2025-02-14'), 'fr', { today })).toBe('du jeudi 13 au vendredi 14 février 2025')
    expect(sayWhen(moment('2025-02-13', '2025-02-14'), 'en', { today: '2025-01-01' })).toBe('Thursday 13 to Friday 14 February')
    expect(sayWhen(moment('2025-02-28', '2025-03-01'), 'fr', { today: '2025-01-01' })).toBe('du vendredi 28 février au samedi 1er mars')
    expect(sayWhen(moment('2025-12-31', '2026-01-01'), 'fr', { today: '2025-01-01' })).toBe('du mercredi 31 décembre 2025 au jeudi 1er janvier 2026')
    expect(sayWhen(moment('2025-02-13T10:00', '2025-02-14'), 'fr', { today: '2025-01-01' })).toBe('du jeudi 13 février à 10h au vendredi 14 février, heure de Paris')
    expect(sayWhen(moment('2025-02-13T10:00', '2025-02-14T17:30'), 'en', { today: '2025-01-01' })).toBe('Thursday 13 February at 10am to Friday 14 February at 5:30pm, Paris time')
    expect(sayWhen(moment('2024-02-15', null), 'fr', { today, readerZone: 'America/Montreal' })).toBe('jeudi 15 février')
  })

  test('the reader’s time follows each country’s own clock change', () => {
    expect(sayOwnTime(moment('2027-03-20T09:00', null), 'fr', 'America/Montreal')).toBe('4h à Montréal')
    expect(sayOwnTime(moment('2027-03-29T09:00', null), 'fr', 'America/Montreal')).toBe('3h à Montréal')
    expect(sayOwnTime(moment('2027-10-30T09:00', null), 'fr', 'Indian/Reunion')).toBe('11h à La Réunion')
    expect(sayOwnTime(moment('2027-11-01T09:00', null), 'fr', 'Indian/Reunion')).toBe('12h à La Réunion')
  })

  test('cities have their French names and their grammar', () => {
    expect(['Europe/Paris', 'Europe/Brussels', 'Europe/Zurich', 'Europe/London', 'Asia/Ho_Chi_Minh'].map((zone) => cityOf(zone, 'fr'))).toEqual(['Paris', 'Bruxelles', 'Zurich', 'Londres', 'Ho Chi Minh'])
    expect([timeOfCity('Europe/Athens', 'fr'), timeOfCity('Africa/Cairo', 'fr'), timeOfCity('UTC', 'fr'), timeOfCity('Europe/London', 'en')]).toEqual(['heure d’Athènes', 'heure du Caire', 'temps universel (UTC)', 'London time'])
    expect([atCity('America/Guadeloupe', 'fr'), atCity('Africa/Cairo', 'fr'), atCity('constructor', 'fr')]).toEqual(['en Guadeloupe', 'au Caire', 'à constructor'])
  })
})

describe('typography', () => {
  test('French punctuation gets its no-break spaces, whether they were typed or not', () => {
    expect(typo('Pourquoi se mobiliser ? Parlons-en !', 'fr')).toBe('Pourquoi se mobiliser\u202F? Parlons-en\u202F!')
    expect(typo('Pourquoi? Oui; non : « IA : notre ambition »', 'fr')).toBe('Pourquoi\u202F? Oui\u202F; non\u00A0: «\u00A0IA\u00A0: notre ambition\u00A0»')
    expect(typo('«oui»', 'fr')).toBe('«\u00A0oui\u00A0»')
    expect(typo('Vraiment ?!', 'fr')).toBe('Vraiment\u202F?!')
    expect(typo("L'IA n'attend pas", 'fr')).toBe('L’IA n’attend pas')
    expect(typo('27 Md€, 20 %, le 1er mai et le 21 mars, n° 12', 'fr')).toBe('27\u00A0Md€, 20\u00A0%, le 1er\u00A0mai et le 21\u00A0mars, n°\u00A012')
  })

  test('addresses, hours and English stay as they are', () => {
    for (const text of ['https://a.fr/x?y=1;z!', 'de 10:30 à 11:00', 'a?b', 'www.tmnlab.com/a:b', 'zoe@people.example', 'mailto:zoe@people.example?subject=x']) expect(typo(text, 'fr')).toBe(text)
    expect(typo('Voir https://a.fr/x?y=1 : oui', 'fr')).toBe('Voir https://a.fr/x?y=1\u00A0: oui')
    expect(typo('Really? Yes: it’s "fine" !', 'en')).toBe('Really? Yes: it’s "fine" !')
  })

  test('doing it twice changes nothing, and only spaces and apostrophes ever change', () => {
    const text = fc.array(fc.oneof(fc.constantFrom(' ', '\u00A0', '\u202F', ':', ';', '?', '!', '«', '»', '9', 'h', 'a', "'", '%', '€', 'Md€', 'mars', 'n°', '.', ',', 'https://a.fr', '@', '\n', '…', ')'), fc.string({ unit: 'grapheme', maxLength: 3 }))).map((pieces) => pieces.join(''))
    const letters = (said: string) => said.replace(/[ \u00A0\u202F]/g, '').replaceAll('’', "'")
    fc.assert(fc.property(text, (said) => {
      expect(typo(typo(said, 'fr'), 'fr')).toBe(typo(said, 'fr'))
      expect(letters(typo(said, 'fr'))).toBe(letters(said))
    }), { numRuns: 2000 })
  })

  test('a long text is done quickly', () => {
    // Processor time, because the machine may be busy with other tests.
    const began = process.cpuUsage()
    for (const piece of ['a', ' ', 'a ', '!', ' !', '«', "l'", '9 ', '@', 'a@b.']) typo(piece.repeat(20_000), 'fr')
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(3000)
  })

  test('numbers and euros', () => {
    expect(sayEuros(27e9, 'fr')).toBe('27\u00A0Md€')
    expect(sayEuros(20e6, 'fr')).toBe('20\u00A0M€')
    expect(sayEuros(1.025e9, 'fr')).toBe('1,025\u00A0Md€')
    expect(sayEuros(500_000, 'fr')).toBe('500\u202F000\u00A0€')
    expect([sayEuros(27e9, 'en'), sayEuros(20e6, 'en'), sayEuros(500_000, 'en')]).toEqual(['€27bn', '€20m', '€500,000'])
    expect(sayNumber(1234.5, 'fr')).toBe('1\u202F234,5')
  })
})

describe('addresses of pages and search', () => {
  test('slugs are plain, at most 80 characters, never empty', () => {
    expect(slugify('Découvrabilité à l’ère de l’IA : pourquoi se mobiliser ?')).toBe('decouvrabilite-a-l-ere-de-l-ia-pourquoi-se-mobiliser')
    expect(slugify('L’œuvre & le Cœur — ŒUVRES')).toBe('l-oeuvre-le-coeur-oeuvres')
    expect([slugify(''), slugify('！？'), slugify('日本', 'rendez-vous')]).toEqual(['sans-titre', 'sans-titre', 'rendez-vous'])
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => { expect(slugify(text)).toMatch(/^(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*$/) }))
    expect(slugify('découvrabilité '.repeat(20)).length).toBeLessThanOrEqual(80)
  })

  test('search sees no accents, case, œ, apostrophes', () => {
    expect(fold('L’ŒUVRE  d’Été')).toBe('l oeuvre d ete')
    expect(fold("l'oeuvre d'ete")).toBe(fold('L’Œuvre d’été'))
    expect(fold('Rendez-vous')).toBe(fold('rendez vous'))
  })
})

describe('what people type', () => {
  test('NUL, lone surrogates and line breaks are no line', () => {
    expect(['a\0', '\uD800', 'x\uDC00y'].some(isWellFormed)).toBe(false)
    expect(isWellFormed('🚲 é')).toBe(true)
    expect(['a\nb', 'a\r', 'a\u2028b', 'a\u0085b', 'a\u001Bb', 'a\0'].some(isOneLine)).toBe(false)
    expect([isPlainText('a\r\nb\t'), isPlainText('a\u0007'), isPlainText('a\0')]).toEqual([true, false, false])
  })

  test('lines are collapsed and bounded', () => {
    expect(cleanLine('  Zoé\u00A0 \t la   Grande ', 80)).toBe('Zoé la Grande')
    expect(cleanLine('e\u0301', 80)).toBe('é')
    expect(cleanLine('Zoé\u202Egnp.exe', 80)).toBe('Zoégnp.exe')
    expect([cleanLine('abc', 2), cleanLine('a\nb', 80), cleanLine('x'.repeat(1e6), 80), cleanLine('   ', 80)]).toEqual([null, null, null, ''])
    expect(cleanText('a  \r\nb\r\n\r\n\r\n\r\nc\n', 80)).toBe('a\nb\n\nc')
    expect(cleanText('a\0b', 80)).toBe(null)
  })

  test('a long run of spaces is cleaned at once', () => {
    const begun = process.cpuUsage()
    expect(cleanText(`a${' '.repeat(32_000)}b`, 8000)).toBe(null)
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(500)
  })
})
