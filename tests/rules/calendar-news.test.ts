import fc from 'fast-check'
import { expect, test } from 'vitest'
import { atom, tagOf, type NewsFeed } from '@/lib/calendar/atom'
import { jsonFeed } from '@/lib/calendar/json-feed'
import { eventAt } from './calendar-samples'

const cafe = eventAt('2024-03-21T09:00', '2024-03-21T10:00', { title: 'IA & <théâtre> "vivant"', themes: ['Données & usages'], joinUrl: 'https://meet.example/secret' })
const unknown = eventAt('2024-02-15', null, { uid: 'c2@parlons.example', status: 'called-off', updatedAt: new Date('2026-10-05T08:00:00Z'), locale: 'en' })

function news(more: Partial<NewsFeed> = {}): NewsFeed {
  return { name: 'Café TMNlab', address: 'https://parlons.example/feeds/events.atom', home: 'https://parlons.example/', author: 'TMNlab', locale: 'fr', events: [cafe, unknown], ...more }
}

/** Reads the XML we may write, and nothing laxer: every tag closed, no stray mark, no character that XML forbids. */
function readXml(xml: string): { name: string; text: string; attributes: string }[] {
  expect(xml.startsWith('<?xml version="1.0" encoding="utf-8"?>\n<feed ')).toBe(true)
  expect(xml).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/u)
  const open: { name: string; text: string; attributes: string }[] = []
  const elements: typeof open = []
  const token = /<(\/?)([a-z]+)((?: [a-z:]+="(?:[^<&"]|&(?:amp|lt|gt|quot|#39);)*")*)(\/?)>|((?:[^<>&]|&(?:amp|lt|gt|quot|#39);)+)/y
  token.lastIndex = xml.indexOf('\n')
  while (token.lastIndex < xml.length) {
    const found = token.exec(xml)
    expect(found).not.toBeNull()
    const [, closing, name, attributes, empty, text] = found as RegExpExecArray
    if (text !== undefined) { const last = open.at(-1); if (last) last.text += decode(text) }
    else if (closing) expect(open.pop()?.name).toBe(name)
    else { const element = { name, text: '', attributes: decode(attributes) }; elements.push(element); if (!empty) open.push(element) }
  }
  expect(open).toEqual([])
  return elements
}

function decode(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
}

test('Atom: what RFC 4287 asks of a feed and an entry, the latest changed first', () => {
  const elements = readXml(atom(news()))
  const texts = (name: string) => elements.filter((element) => element.name === name).map(({ text }) => text)
  expect(texts('title')).toEqual(['Café TMNlab', 'Annulé : Café, débat ; vélo 🚲', 'IA & <théâtre> "vivant"'])
  expect(texts('updated')).toEqual(['2026-10-05T08:00:00Z', '2026-10-05T08:00:00Z', '2026-10-02T08:00:00Z'])
  expect(texts('id')).toEqual(['https://parlons.example/feeds/events.atom', 'tag:parlons.example,2026-09-01:c2', `tag:parlons.example,2026-09-01:b6a1c6f2-53f9-4d26-9a0e-0a3a5f0c9d11`])
  expect(texts('content')[0]).toContain('Ce rendez-vous est annulé.')
  expect(texts('content')[1]).toContain('jeudi 21 mars 2024 de 9h à 10h, heure de Paris')
  expect(elements.filter(({ name }) => name === 'category').map(({ attributes }) => attributes)).toEqual([' term="Données & usages"'])
  expect(atom(news())).not.toContain('meet.example')
})

test('an event’s id stays when everything but its UID and birth changes', () => {
  expect(tagOf({ ...cafe, title: 'Autre', url: 'https://ailleurs.example/x', updatedAt: new Date() })).toBe(tagOf(cafe))
})

test('an empty feed is a feed, and the same facts give the same bytes', () => {
  readXml(atom(news({ events: [] })))
  expect(atom(news({ events: [unknown, cafe] }))).toBe(atom(news()))
  expect(jsonFeed(news({ events: [unknown, cafe] }))).toBe(jsonFeed(news()))
})

test('JSON Feed 1.1: its members, and times as the API says them', () => {
  const feed = JSON.parse(jsonFeed(news())) as { version: string; items: Record<string, unknown>[] }
  expect(feed).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', title: 'Café TMNlab', language: 'fr', home_page_url: 'https://parlons.example/' })
  expect(feed.items[0]).toMatchObject({ title: 'Annulé : Café, débat ; vélo 🚲', _event: { starts_at: '2024-02-15', ends_at: null, hour_known: false, status: 'called-off', time_zone: 'Europe/Paris' } })
  expect(feed.items[1]).toMatchObject({ id: tagOf(cafe), url: cafe.url, tags: ['Données & usages'], _event: { starts_at: '2024-03-21T09:00:00+01:00', ends_at: '2024-03-21T10:00:00+01:00', hour_known: true } })
  expect(jsonFeed(news())).not.toContain('meet.example')
})

test('no text breaks either feed', () => {
  const text = fc.array(fc.oneof(fc.constantFrom('<', '&', ']]>', '"', "'", '\0', '\uFFFE', '\uD800', '\u0008', '</title>', '&amp;', '\r\n'), fc.string({ unit: 'binary', maxLength: 20 }))).map((pieces) => pieces.join(''))
  fc.assert(fc.property(text, text, (title, theme) => {
    const input = news({ name: title, description: theme, author: title, events: [{ ...cafe, title, summary: theme, themes: [theme], place: { name: title } }] })
    readXml(atom(input))
    JSON.parse(jsonFeed(input))
  }))
})
