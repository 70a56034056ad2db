import { afterEach, describe, expect, test } from 'vitest'
import { type Letter, render } from '@/emails'
import { plain, webLink } from '@/emails/plain'
import { setClock } from '@/lib/clock'
import { isFinal, pauseAfter, revisionOfCopy, stateOf, withoutCapabilities } from '@/lib/mail/rules'
import { cafe, inNantes, letters, registration } from '@/tests/support/letters'

afterEach(() => setClock(null))
const inNovember = () => setClock(new Date('2026-11-22T10:00:00Z'))

const titleOf = (letter: Letter, index: number) => `${letter.kind} (${index})`
const all = letters.flatMap((letter, index) => (['fr', 'en'] as const).map((locale) => ({ name: `${titleOf(letter, index)} ${locale}`, letter, locale })))
const words = (html: string) =>
  html.replace(/<style>[^]*?<\/style>/g, '').replace(/<[^>]+>/g, ' ').replace(/&#x27;/g, '’').replace(/&quot;/g, '"').replace(/&amp;/g, '&').replace(/\s+/g, ' ')

describe.each(all)('$name', ({ letter, locale }) => {
  test('reads well in HTML and in text, in its own language', async () => {
    inNovember()
    const { subject, html, text } = await render(letter, locale)
    expect(subject).toMatch(/^\P{Cc}{5,}$/u)
    expect(html).toMatch(new RegExp(`<html[^>]* lang="${locale}"`))
    for (const said of [words(html), text, subject]) expect(said).not.toMatch(/undefined|null|NaN|\[object|Invalid|\{|\$\{/)
    expect(text.split('\n').filter((line) => line.length > 80 && !line.includes('https://'))).toEqual([])
    if (locale === 'fr') expect(`${subject}\n${text}`).not.toMatch(/(?<![\u00A0\u202F]|https|http|mailto)[:;!?](?=\s|$)|« | »|\w'\w|·e/m)
  })

  test('says in text every link that it gives in HTML, and fetches nothing', async () => {
    inNovember()
    const { html, text } = await render(letter, locale)
    const links = [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href.replaceAll('&amp;', '&').replace(/^mailto:([^?]*).*/, '$1'))
    expect(links.filter((href) => !text.includes(href))).toEqual([])
    expect(html).not.toMatch(/<img|<script|<link|url\(|@import|src=/)
    expect(Buffer.byteLength(html)).toBeLessThan(60_000)
  })
})

test('the café letter tells the day, the hour in Paris and in Montréal, and the way in', async () => {
  inNovember()
  const { subject, text } = await render({ kind: 'seat-confirmed', ...registration }, 'fr')
  expect(subject).toBe('Votre place, jeudi 3\u00A0décembre à\u00A09h\u00A0: Qui entraîne les modèles avec nos archives\u202F?')
  expect(text.replace(/\s/g, ' ')).toContain('jeudi 3 décembre de 9h à 10h, heure de Paris (3h–4h à Montréal)')
  expect(text).toContain('https://visio.example/cafe-tmnlab-archives')
  expect((await render({ kind: 'seat-waitlisted', ...registration, event: { ...cafe, where: { is: 'online', joinUrl: null } } }, 'fr')).html).not.toContain('visio')
})

test('an English letter about a French event marks the title as French', async () => {
  const { html } = await render({ kind: 'seat-confirmed', ...registration }, 'en')
  expect(html).toMatch(/<h1[^>]* lang="fr"/)
})

test('an event of unknown hour, and one of several days, invent nothing', async () => {
  inNovember()
  const moment = { ...cafe.moment, start: { date: '2026-12-03', time: null }, end: null, endsAt: null }
  const unknown = await render({ kind: 'seat-confirmed', ...registration, event: { ...cafe, moment } }, 'fr')
  expect(unknown.text).not.toMatch(/\d+h|minuit|Montréal/)
  const days = { ...moment, end: { date: '2026-12-04', time: null } }
  const several = await render({ kind: 'seat-confirmed', ...registration, event: { ...cafe, moment: days } }, 'fr')
  expect(several.text.replace(/\s/g, ' ')).toContain('du jeudi 3 au vendredi 4 décembre')
})

test('a change says what was and what is, and only that', async () => {
  inNovember()
  const was = { title: inNantes.title, startDate: '2027-01-14', startTime: '17:00', endDate: '2027-01-14', endTime: '18:30', timeZone: 'Europe/Paris', place: 'Le Grand T, Nantes' }
  const { subject, text } = await render({ kind: 'event-changed', ...registration, event: inNantes, standing: 'confirmed', was, place: 'Le Grand T, Nantes' }, 'fr')
  expect(subject).toMatch(/^Nouvel horaire/)
  expect(text.replace(/\s/g, ' ')).toContain('avant : jeudi 14 janvier 2027 de 17h à 18h30')
  expect(text).not.toMatch(/^Titre/m)
})

describe('text typed by people', () => {
  const hostile = [
    'win at http://evil.example/x',
    'HTTPS://EVIL.EXAMPLE',
    'www.evil.example',
    'evil.example/prize?x=1',
    'bob@evil.example',
    'mailto:bob@evil.example',
    'evil。example',
    'ev\u00ADil.exa\u200Bmple',
    'javascript:alert(1)',
    'h://t//evil.example',
    'http:\n//evil.example',
    'hthttp://tp://evil.example',
  ]
  // What the linkifiers of mail programs look for: a scheme, www, a name with a dot before letters, a mailbox.
  const linkable = /[a-z][a-z0-9+.-]*:\/\/|www\.\S|[\p{L}\p{N}-]+[.\u3002\uFF0E][\p{L}]{2,}|\S@\S|\b(mailto|javascript):\S/iu

  test.each(hostile)('%j never looks like a link', async (typed) => {
    expect(plain(typed)).not.toMatch(linkable)
    const { html, text, subject } = await render({ kind: 'seat-confirmed', ...registration, name: typed, event: { ...cafe, title: typed }, companions: [typed] }, 'fr')
    const known = (one: string) => one.replaceAll(registration.manageUrl, '').replaceAll('https://visio.example/cafe-tmnlab-archives', '').replaceAll('visio.example/cafe-tmnlab-archives', '').replaceAll('http://localhost:3000', '')
    for (const said of [known(words(html)), known(text), subject]) expect(said).not.toMatch(/evil\.\S|http:\/\/e|@e/i)
  })

  test('markup stays text', async () => {
    const { html } = await render({ kind: 'seat-confirmed', ...registration, name: '<a href="x">Zoé</a><script>1</script>' }, 'fr')
    expect(html).not.toMatch(/<script|href="x"/)
  })

  test.each([
    ['Zoé Martin', 'Zoé Martin'],
    ['Jean-Luc d’Ormesson', 'Jean-Luc d’Ormesson'],
    ['J.R. Dupont', 'J. R. Dupont'],
    ['Café 2.0 : 10h30', 'Café 2.0 : 10h30'],
    ['Fin. Début', 'Fin. Début'],
  ])('%s is left in peace', (typed, said) => expect(plain(typed)).toBe(said))

  test('only pages of the web are links', () => {
    expect([webLink('https://visio.example/a'), webLink('javascript:alert(1)'), webLink('visio'), webLink(null)]).toEqual(['https://visio.example/a', undefined, undefined, undefined])
  })
})

describe('the outbox decides', () => {
  test('pauses grow from ten seconds to an hour, for a day', () => {
    const pauses = Array.from({ length: 31 }, (_, index) => pauseAfter(index + 1, 0))
    expect(pauses.slice(0, 7).map((pause) => (pause ?? 0) / 1000)).toEqual([10, 30, 60, 300, 900, 3600, 3600])
    expect(pauses.indexOf(null)).toBe(29)
    expect(pauseAfter(1, 1)).toBe(11_000)
  })

  test('5yz about the letter is final; 4yz, silence, and a refusal of our log-in are not', () => {
    expect(isFinal({ replyCode: 550, command: 'RCPT TO' })).toBe(true)
    expect(isFinal({ replyCode: 554, command: 'DATA' })).toBe(true)
    expect(isFinal({ replyCode: 451, command: 'DATA' })).toBe(false)
    expect(isFinal({ command: 'CONN' })).toBe(false)
    expect(isFinal({ replyCode: 535, command: 'AUTH PLAIN' })).toBe(false)
    expect(isFinal({ replyCode: 554, command: 'CONN' })).toBe(false)
  })

  test('copies have revisions of their own', () => {
    expect([revisionOfCopy(3, 3), revisionOfCopy(3, 1_000_003), revisionOfCopy(1_000_003, 1_000_003)]).toEqual([1_000_003, 2_000_003, 2_000_003])
  })

  test('a letter that was tried waits otherwise than one that was not', () => {
    expect(stateOf({ status: 'queued', attempts: 0 })).toBe('waiting')
    expect(stateOf({ status: 'queued', attempts: 1 })).toBe('retrying')
    expect(stateOf({ status: 'overtaken', attempts: 1 })).toBe('overtaken')
    expect(stateOf({ status: 'delivered', attempts: 0 })).toBe('born-delivered')
  })

  test('capabilities are taken out of what is kept, other words are not', () => {
    const token = 'a2b3c4d5'.repeat(4)
    expect(withoutCapabilities(`https://x.example/inscription/${token}?a rsvp+${token}@x.example`)).toBe('https://x.example/inscription/…?a rsvp+…@x.example')
    expect(withoutCapabilities('anticonstitutionnellement')).toBe('anticonstitutionnellement')
  })
})
