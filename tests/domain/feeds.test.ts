import { XMLParser, XMLValidator } from 'fast-xml-parser'
import ICAL from 'ical.js'
import nodeIcal from 'node-ical'
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as feedsDoor from '@/app/feeds/[...path]/route'
import * as robotsDoor from '@/app/robots.txt/route'
import * as sitemapDoor from '@/app/sitemap.xml/route'
import type { PersonActor } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { edit } from '@/lib/events/edit'
import { eventPatch } from '@/lib/events/schema'
import { appoint } from '@/lib/people/appoint'
import { cancel } from '@/lib/registrations/cancel'
import { feedTokenOf } from '@/lib/registrations/queries'
import { renewFeed } from '@/lib/registrations/renew-feed'
import { importReport } from '@/lib/reports/import-report'
import { createSeries } from '@/lib/series/create'
import { type Call, knock } from '@/tests/support/doors'
import { aDraft, anEvent, house, linkOf, must, signUp } from '@/tests/support/events'

beforeEach(() => setClock(new Date('2026-11-23T08:00:00Z')))
afterEach(() => setClock(null))
const later = (hours: number) => setClock(new Date(Date.parse('2026-11-23T08:00:00Z') + hours * 3_600_000))

const feed = (path: string, call: Call = {}) => knock(feedsDoor, `/feeds/${path}`, { params: { path: path.split('?')[0].split('/') }, ...call })
const text = async (path: string) => (await feed(path)).text()
const move = (slug: string, patch: object) => edit(house, slug, eventPatch.parse(patch))

/** The entries, as two parsers that are not ours read them. */
function entriesOf(ics: string) {
  const entries = new ICAL.Component(ICAL.parse(ics)).getAllSubcomponents('vevent').map((one) => ({
    uid: one.getFirstPropertyValue('uid'),
    summary: String(one.getFirstPropertyValue('summary')),
    status: one.getFirstPropertyValue('status'),
    sequence: one.getFirstPropertyValue('sequence'),
    start: new ICAL.Event(one).startDate.toJSDate().toISOString(),
  }))
  const others = Object.values(nodeIcal.sync.parseICS(ics)).flatMap((one) => (one?.type === 'VEVENT' ? [one.uid] : []))
  expect(others.sort()).toEqual(entries.map(({ uid }) => uid).sort())
  return entries
}

describe('the calendar of all events', () => {
  test('is read by two parsers, with the headers that calendars want', async () => {
    const { id } = await anEvent({ title: 'Théâtre, données ; et après ?' })
    await aDraft()
    const response = await feed('events.ics')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'no-cache',
      'access-control-allow-origin': '*',
      'content-disposition': 'inline; filename="parlons-en-rendez-vous.ics"',
      'last-modified': 'Mon, 23 Nov 2026 08:00:00 GMT',
      etag: expect.stringMatching(/^"[\w-]+"$/),
    })
    const ics = await response.text()
    expect(entriesOf(ics)).toEqual([{ uid: id, summary: 'Théâtre, données ; et après ?', status: 'CONFIRMED', sequence: 0, start: '2027-01-14T08:00:00.000Z' }])
    expect(ics).not.toMatch(/^METHOD|^ATTENDEE|^BEGIN:VALARM/m)
  })

  test('is the same octets until something changes, and then says so', async () => {
    const { slug } = await anEvent()
    const first = await feed('events.ics')
    const [etag, modified] = [first.headers.get('etag') ?? '', first.headers.get('last-modified') ?? '']
    later(1)
    const unchanged = await feed('events.ics', { headers: { 'If-None-Match': `"other", W/${etag}` } })
    expect([unchanged.status, await unchanged.text(), unchanged.headers.get('etag')]).toEqual([304, '', etag])
    expect((await feed('events.ics', { headers: { 'If-Modified-Since': modified } })).status).toBe(304)
    must(await move(slug, { startsAt: '2027-01-15T09:00', endsAt: '2027-01-15T10:00' }))
    const changed = await feed('events.ics', { headers: { 'If-None-Match': etag, 'If-Modified-Since': modified } })
    expect(changed.status).toBe(200)
    expect(entriesOf(await changed.text())).toMatchObject([{ sequence: 1, start: '2027-01-15T08:00:00.000Z' }])
    expect((await feed('events.ics', { headers: { 'If-Modified-Since': modified } })).status).toBe(200)
  })

  test('keeps what was called off, under the same UID', async () => {
    const { id, slug } = await anEvent()
    must(await callOff(house, slug))
    expect(entriesOf(await text('events.ics'))).toMatchObject([{ uid: id, status: 'CANCELLED', sequence: 1, summary: 'Annulé : Café du jeudi' }])
  })

  test('rules 40 and 41: what was called off leaves thirty days after its end, what is over after a year, as days of UTC turn', async () => {
    const evening = { startsAt: '2027-06-24T18:00', endsAt: '2027-06-24T20:00' }
    const [held, off, day] = [await anEvent(evening), await anEvent(evening), await anEvent({ startsAt: '2027-06-24', endsAt: undefined })]
    must(await callOff(house, off.slug))
    const holds = async ({ id }: { id: string }, instant: string) => {
      setClock(new Date(instant))
      return entriesOf(await text('events.ics')).some(({ uid }) => uid === id)
    }
    expect([await holds(off, '2027-07-24T23:59:00Z'), await holds(off, '2027-07-25T00:00:00Z')]).toEqual([true, false])
    expect([await holds(held, '2028-06-24T23:59:00Z'), await holds(held, '2028-06-25T00:00:00Z')]).toEqual([true, false])
    expect([await holds(day, '2028-06-24T23:59:00Z'), await holds(day, '2028-06-25T00:00:00Z')]).toEqual([true, false])
  })

  test('answers HEAD like GET, and other methods without a fault', async () => {
    await anEvent()
    const [get, head] = [await feed('events.ics'), await feed('events.ics', { method: 'HEAD' })]
    expect(await head.text()).toBe('')
    expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(await get.text())))
    for (const method of ['PUT', 'POST', 'DELETE', 'PATCH']) {
      const refused = await feed('events.ics', { method })
      expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
    }
  })

  test('is an empty calendar when there is nothing', async () => {
    const response = await feed('events.ics')
    expect([response.status, entriesOf(await response.text())]).toEqual([200, []])
  })

  test('never tells how to join', async () => {
    const { slug } = await anEvent({ joinUrl: 'https://visio.example/secret' })
    for (const path of ['events.ics', 'events.atom', 'events.json', `events/${slug}.ics`, `events/${slug}.json`]) expect(await text(path)).not.toContain('visio.example')
  })
})

describe('the other feeds', () => {
  const ia = 'ia-notre-ambition-pour-la-france'

  test('a series, a theme, a recommendation and one event have theirs', async () => {
    must(await importReport(house, JSON.parse(readFileSync(`prisma/data/reports/${ia}.json`, 'utf8'))))
    must(await createSeries(house, { nature: 'format', slug: 'cafe-tmnlab', nameFr: 'Café TMNlab', nameEn: 'TMNlab Café' }))
    const { slug: theme } = await db.theme.findFirstOrThrow()
    const { id, slug } = await anEvent({ title: 'Le bon', themes: [theme], format: 'cafe-tmnlab', recommendations: [{ report: ia, number: 16 }] })
    await anEvent({ title: 'Un autre' })
    for (const path of ['series/cafe-tmnlab', `themes/${theme}`, `reports/${ia}/16`, `events/${slug}`]) {
      expect(entriesOf(await text(`${path}.ics`))).toMatchObject([{ uid: id }])
      expect(JSON.parse(await text(`${path}.json`)).items).toHaveLength(1)
      expect(XMLValidator.validate(await text(`${path}.atom`))).toBe(true)
    }
    expect(await text('series/cafe-tmnlab.ics?lang=en')).toContain('TMNlab Café')
    for (const path of ['series/nothing', 'themes/nothing', `reports/${ia}/26`, 'events/nothing', `reports/${ia}/0`]) expect((await feed(`${path}.ics`)).status).toBe(404)
  })

  test('one event’s own answers for any date, by its old slug too, and for no draft', async () => {
    const { slug } = await anEvent({ startsAt: '2024-03-21T09:00', endsAt: '2024-03-21T10:00' })
    must(await move(slug, { slug: 'nouveau-nom' }))
    expect(entriesOf(await text('events/nouveau-nom.ics'))).toMatchObject([{ start: '2024-03-21T08:00:00.000Z' }])
    expect((await feed(`events/${slug}.ics`)).status).toBe(200)
    expect((await feed(`events/${(await aDraft()).slug}.ics`)).status).toBe(404)
  })

  test('Atom and JSON Feed are what they say', async () => {
    await anEvent({ title: '<b>&amp; « l’IA »</b>', summary: ']]> <script>' })
    const atom = await feed('events.atom')
    expect(atom.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
    const written = await atom.text()
    expect(XMLValidator.validate(written)).toBe(true)
    const parsed = new XMLParser({ ignoreAttributes: false }).parse(written)
    expect(parsed.feed.entry).toMatchObject({ title: '<b>&amp; « l’IA »</b>', updated: '2026-11-23T08:00:00Z' })
    expect(parsed.feed.link.map((one: Record<string, string>) => one['@_href'])).toEqual(['http://localhost:3000/feeds/events.atom', 'http://localhost:3000/'])
    const json = await feed('events.json')
    expect(json.headers.get('content-type')).toBe('application/feed+json; charset=utf-8')
    expect(await json.json()).toMatchObject({ version: 'https://jsonfeed.org/version/1.1', feed_url: 'http://localhost:3000/feeds/events.json', items: [{ _event: { hour_known: true } }] })
  })

  test.each(['events', 'events.exe', 'events.ics.ics', 'x.ics', 'series.ics', 'me/short.ics', 'me/x.json', 'reports/a.ics', 'reports/a/b/c.ics', 'events/%00.ics', 'events/a\u0000.ics', 'events/é.ics', `events/${'a'.repeat(500)}.ics`, '__proto__/x.ics'])(
    '%j names no feed',
    async (path) => {
      const response = await feedsDoor.GET(new Request('http://localhost:3000/feeds/x'), { params: Promise.resolve({ path: path.split('/') }) })
      expect([response.status, await response.text()]).toEqual([404, expect.stringContaining('adresse')])
    },
  )
})

describe('a person’s own calendar', () => {
  async function anne(): Promise<PersonActor> {
    must(await appoint(house, { email: 'anne@theatre.example', role: 'organiser' }))
    const person = await db.person.findFirstOrThrow()
    return { kind: 'person', ...person, addressFolds: [person.addressFold], via: 'browser' }
  }

  test('shows each registration in its state, how to join where the seat is confirmed, and no link that acts', async () => {
    const joinUrl = 'https://visio.example/secret'
    const sure = await anEvent({ title: 'Confirmé', joinUrl })
    const waiting = await anEvent({ title: 'En attente', capacity: 0, waitlist: true, joinUrl: 'https://visio.example/other' })
    const seat = must(await signUp(sure.slug, 'Anne@theatre.example'))
    must(await signUp(waiting.slug, 'anne@theatre.example'))
    must(await signUp(sure.slug, 'bob@theatre.example', { name: 'Bob' }))
    const actor = await anne()
    expect(await feedTokenOf(actor.id)).toBeNull()
    const { token } = must(await renewFeed(actor))
    expect(await feedTokenOf(actor.id)).toBe(token)

    const response = await feed(`me/${token}.ics`)
    expect(response.headers.get('cache-control')).toBe('private, no-cache')
    expect(response.headers.get('x-robots-tag')).toBe('noindex')
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    const ics = await response.text()
    expect(entriesOf(ics).sort((a, b) => (a.summary < b.summary ? 1 : -1))).toMatchObject([{ summary: 'Confirmé', status: 'CONFIRMED' }, { status: 'TENTATIVE' }])
    const plain = ics.replaceAll('\r\n ', '')
    expect(plain).toContain(joinUrl)
    expect(plain).not.toContain('visio.example/other')
    expect(plain).not.toContain(linkOf(seat.registrationId).token)
    expect(plain).not.toContain(token)
    expect(plain).not.toContain('Bob')

    const etag = response.headers.get('etag') ?? ''
    expect((await feed(`me/${token}.ics`, { headers: { 'If-None-Match': etag } })).status).toBe(304)
    const modified = response.headers.get('last-modified') ?? ''
    later(1)
    must(await cancel(house, { id: seat.registrationId }))
    const after = await feed(`me/${token}.ics`, { headers: { 'If-Modified-Since': modified } })
    expect(entriesOf(await after.text())).toHaveLength(1)
  })

  test('a renewed address opens nothing any more', async () => {
    const actor = await anne()
    const { token: old } = must(await renewFeed(actor))
    const { token } = must(await renewFeed(actor))
    expect(token).not.toBe(old)
    expect([(await feed(`me/${old}.ics`)).status, (await feed(`me/${token}.ics`)).status]).toEqual([410, 200])
    expect((await feed(`me/${'a'.repeat(32)}.ics`)).status).toBe(404)
    expect(await renewFeed(house)).toEqual({ ok: false, reason: 'forbidden' })
  })
})

describe('those who look for pages', () => {
  test('may read feeds and pages, and find no rooms of people or organisers', async () => {
    const said = await (robotsDoor.GET() as Response).text()
    expect(said).toContain('Allow: /feeds/')
    for (const path of ['/organiser/', '/en/organise/', '/mon-espace/', '/en/me/', '/inscriptions/', '/en/registrations/', '/connexion$', '/api/']) expect(said.split('\n')).toContain(`Disallow: ${path}`)
    expect(said).toContain('Sitemap: http://localhost:3000/sitemap.xml')
  })

  test('find every public page in both languages', async () => {
    const { slug } = await anEvent()
    await aDraft({ title: 'Brouillon' })
    const response = await knock(sitemapDoor, '/sitemap.xml')
    const xml = await response.text()
    expect(XMLValidator.validate(xml)).toBe(true)
    const { urlset } = new XMLParser({ ignoreAttributes: false }).parse(xml)
    const found = urlset.url.find(({ loc }: { loc: string }) => loc.endsWith(`/rendez-vous/${slug}`))
    expect(found.lastmod).toBe('2026-11-23T08:00:00.000Z')
    expect(found['xhtml:link'].map((one: Record<string, string>) => [one['@_hreflang'], one['@_href']])).toEqual([
      ['fr', `http://localhost:3000/rendez-vous/${slug}`],
      ['en', `http://localhost:3000/en/events/${slug}`],
      ['x-default', `http://localhost:3000/rendez-vous/${slug}`],
    ])
    expect(urlset.url.map(({ loc }: { loc: string }) => loc)).toContain(`http://localhost:3000/en/events/${slug}`)
    expect(xml).not.toContain('brouillon')
    expect((await knock(sitemapDoor, '/sitemap.xml?part=2')).status).toBe(404)
    expect((await knock(sitemapDoor, '/sitemap.xml', { headers: { 'If-None-Match': response.headers.get('etag') ?? '' } })).status).toBe(304)
  })
})
