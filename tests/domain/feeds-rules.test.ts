import { XMLValidator } from 'fast-xml-parser'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import * as feedsDoor from '@/app/feeds/[...path]/route'
import { feedPath } from '@/app/feeds/feed-address'
import * as robotsDoor from '@/app/robots.txt/route'
import type { PersonActor } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { config } from '@/lib/config'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { edit } from '@/lib/events/edit'
import { eventPatch } from '@/lib/events/schema'
import { hashToken } from '@/lib/ids'
import { log } from '@/lib/log'
import { appoint } from '@/lib/people/appoint'
import { cancel } from '@/lib/registrations/cancel'
import { renewFeed } from '@/lib/registrations/renew-feed'
import { tellChange } from '@/lib/registrations/tell-change'
import { refuse } from '@/server/refuse'
import { knock } from '@/tests/support/doors'
import { aDraft, anEvent, house, linkOf, must, signUp } from '@/tests/support/events'
import { aSeason, feed } from '@/tests/support/feeds'
import { send } from '@/tests/support/http'
import { readWithIcalJs, strictLines, valueOf } from '@/tests/rules/calendar-samples'

// CALENDAR.md, rules 34 to 42, at the door that calendars knock at.

const day = 86_400_000
const morning = Date.parse('2026-11-23T08:00:00Z')
beforeEach(() => setClock(new Date(morning)))
afterEach(() => setClock(null))

const linesOf = async (path: string) => strictLines(await (await feed(path)).text())
const entriesOf = async (path: string) => readWithIcalJs(await (await feed(path)).text()).events
const change = (slug: string, patch: object) => edit(house, slug, eventPatch.parse(patch)).then(must)

async function aPerson(email: string): Promise<PersonActor> {
  must(await appoint(house, { email, role: 'organiser' }))
  const person = await db.person.findFirstOrThrow({ where: { address: email } })
  return { kind: 'person', ...person, addressFolds: [person.addressFold], via: 'browser' }
}

const everyPath = (paths: string[]) => paths.flatMap((path) => ['ics', 'atom', 'json'].flatMap((format) => [`${path}.${format}`, `${path}.${format}?lang=en`, `${path}.${format}?all=1`]))

test('rule 34: a feed has no METHOD, no ATTENDEE, no ORGANIZER, no alarm; its name, rhythm, zone, source and colour stand in both dialects', async () => {
  const { paths } = await aSeason()
  for (const path of [...paths.map((one) => `${one}.ics`), 'events.ics?lang=en', 'series/cafe-tmnlab.ics?all=1']) {
    const lines = await linesOf(path)
    expect(lines.join('\n')).not.toMatch(/^(?:METHOD|ATTENDEE|ORGANIZER|BEGIN:VALARM)/m)
    expect(valueOf(lines, 'NAME')).toBe(valueOf(lines, 'X-WR-CALNAME'))
    expect([valueOf(lines, 'REFRESH-INTERVAL'), valueOf(lines, 'X-PUBLISHED-TTL'), valueOf(lines, 'X-WR-TIMEZONE')]).toEqual(['PT1H', 'PT1H', 'Europe/Paris'])
    expect(lines).toContain(`SOURCE;VALUE=URI:${config().appUrl}/feeds/${path}`)
    expect(valueOf(lines, 'COLOR')).toMatch(/^[a-z]+$/)
  }
})

test('rule 35: 200 with its type, a strong tag and a date; to be asked for again each time; no cookie and no redirect; the same bytes until something changes', async () => {
  const { event, paths } = await aSeason()
  const types: Record<string, string> = { ics: 'text/calendar; charset=utf-8', atom: 'application/atom+xml; charset=utf-8', json: 'application/feed+json; charset=utf-8' }
  for (const path of everyPath(paths)) {
    const first = await feed(path)
    expect([first.status, first.redirected, first.headers.getSetCookie()]).toEqual([200, false, []])
    expect(first.headers.get('content-type')).toBe(types[/\.(\w+)/.exec(path)?.[1] ?? ''])
    expect([first.headers.get('cache-control'), first.headers.get('access-control-allow-origin')]).toEqual(['no-cache', '*'])
    expect(first.headers.get('etag')).toMatch(/^"[\w-]{27}"$/)
    expect(first.headers.get('last-modified')).toBe(new Date(morning).toUTCString())
    setClock(new Date(morning + 3_600_000))
    const again = await feed(path)
    expect([again.headers.get('etag'), again.headers.get('last-modified'), await again.text()]).toEqual([first.headers.get('etag'), first.headers.get('last-modified'), await first.text()])
    setClock(new Date(morning))
  }
  const tag = (await feed('events.ics')).headers.get('etag')
  await change(event.slug, { title: 'Autre' })
  expect((await feed('events.ics')).headers.get('etag')).not.toBe(tag)
  const lines = await linesOf('events.ics')
  expect(valueOf(lines, 'DTSTAMP')).toBe(lines.findLast((line) => line.startsWith('LAST-MODIFIED'))?.split(':')[1])
})

test('rule 36: each coding has a strong tag of its own, by which, exact, weak or in a list, 304 comes without a body; HEAD is GET without its body', async () => {
  const { paths } = await aSeason()
  const person = await aPerson('anne@theatre.example')
  const { token } = must(await renewFeed(person))
  for (let n = 0; n < 8; n++) must(await signUp((await anEvent({ title: `Rendez-vous ${n}`, summary: 'Une heure ensemble. '.repeat(8) })).slug, 'anne@theatre.example'))
  for (const path of [...everyPath(paths.slice(0, 1)), `me/${token}.ics`]) {
    const tags = new Set<string>()
    for (const coding of ['identity', 'gzip', 'br']) {
      const headers = { 'Accept-Encoding': coding }
      const [get, head] = [await feed(path, { headers }), await feed(path, { method: 'HEAD', headers })]
      const octets = Buffer.from(await get.arrayBuffer())
      const plain = coding === 'gzip' ? gunzipSync(octets) : coding === 'br' ? brotliDecompressSync(octets) : octets
      expect(plain.toString()).toBe(await (await feed(path)).text())
      expect(get.headers.get('content-encoding')).toBe(coding === 'identity' ? null : coding)
      expect(get.headers.get('content-length')).toBe(String(octets.length))
      expect([await head.text(), head.status, Object.fromEntries(head.headers)]).toEqual(['', 200, Object.fromEntries(get.headers)])
      expect(get.headers.get('vary')).toMatch(/accept-encoding/i)
      const tag = get.headers.get('etag') ?? ''
      tags.add(tag)
      const date = get.headers.get('last-modified') ?? ''
      const conditions = [{ 'If-None-Match': tag }, { 'If-None-Match': `W/${tag}` }, { 'If-None-Match': `"a,b", W/"c",${tag}` }, { 'If-None-Match': '*' }, { 'If-Modified-Since': date }, { 'If-None-Match': tag, 'If-Modified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT' }]
      for (const condition of conditions) {
        for (const method of ['GET', 'HEAD']) {
          const same = await feed(path, { method, headers: { ...headers, ...condition } as Record<string, string> })
          expect([same.status, await same.text(), same.headers.get('etag'), same.headers.get('last-modified'), same.headers.get('content-length')]).toEqual([304, '', tag, date, null])
        }
      }
      for (const condition of [{ 'If-None-Match': '"x"' }, { 'If-None-Match': '"x"', 'If-Modified-Since': date }, { 'If-Modified-Since': 'Thu, 01 Jan 1970 00:00:00 GMT' }]) {
        expect((await feed(path, { headers: { ...headers, ...condition } as Record<string, string> })).status).toBe(200)
      }
    }
    expect(tags.size).toBe(3)
  }
})

test('rule 36: Thunderbird asks by HEAD, PROPFIND and PUT before it asks by GET, and other sites ask whether they may: none meets a fault', async () => {
  await anEvent()
  for (const method of ['PUT', 'POST', 'PATCH', 'DELETE']) {
    const refused = await feed('events.ics', { method })
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
  }
  const server = createServer((request, response) => void refuse(request, response).then((answered) => answered || response.writeHead(204).end()))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  for (const method of ['PROPFIND', 'REPORT', 'MKCALENDAR', 'PROPPATCH', 'LOCK', 'TRACE']) {
    const refused = await send(`http://127.0.0.1:${(server.address() as AddressInfo).port}/feeds/events.ics`, { method })
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, OPTIONS'])
  }
  await new Promise((resolve) => server.close(resolve))

  const asking = { Origin: 'https://ailleurs.example', 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'if-none-match' }
  const may = await feed('events.ics', { method: 'OPTIONS', headers: asking })
  expect([may.status, may.headers.get('access-control-allow-origin')]).toEqual([204, '*'])
  expect(may.headers.get('access-control-allow-headers')?.toLowerCase().split(/, */)).toContain('if-none-match')
  expect(may.headers.get('access-control-allow-methods')).toContain('GET')
  expect((await feed('events.ics')).headers.get('access-control-expose-headers')).toContain('ETag')
  // One's own calendar is for no page of the web.
  const { token } = must(await renewFeed(await aPerson('anne@theatre.example')))
  for (const method of ['OPTIONS', 'GET', 'HEAD', 'PUT']) {
    const own = await feed(`me/${token}.ics`, { method, headers: asking })
    expect([...own.headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  }
})

test('rule 37: robots.txt lets everybody read feeds', async () => {
  const rules = (await (robotsDoor.GET() as Response).text()).split('\n').filter((line) => /^(Allow|Disallow): /.test(line)).map((line) => line.split(': '))
  const mayRead = (path: string) => {
    const matching = rules.filter(([, pattern]) => (pattern.endsWith('$') ? path === pattern.slice(0, -1) : path.startsWith(pattern)))
    return matching.toSorted((a, b) => b[1].length - a[1].length || (a[0] === 'Allow' ? -1 : 1))[0]?.[0] !== 'Disallow'
  }
  for (const path of ['/feeds/events.ics', '/feeds/series/cafe-tmnlab.atom', '/feeds/themes/ia.json', '/feeds/reports/ia/16.ics', '/feeds/events/cafe.ics', `/feeds/me/${'a'.repeat(32)}.ics`]) expect([path, mayRead(path)]).toEqual([path, true])
  expect(mayRead('/api/v1/events')).toBe(false)
})

test('rule 38: no address of a feed is longer than 256 characters, however long its names may be', async () => {
  const slug = `${'a'.repeat(80)}-9999`
  const scopes = [{ kind: 'events' }, { kind: 'series', slug }, { kind: 'themes', slug }, { kind: 'event', slug }, { kind: 'reports', slug, number: 9999 }] as const
  // Of these the house's own name may take a hundred.
  for (const scope of scopes) for (const format of ['ics', 'atom', 'json'] as const) expect(100 + feedPath(scope, format, 'en', 'fr', true).length).toBeLessThanOrEqual(256)
  const { token } = must(await renewFeed(await aPerson('anne@theatre.example')))
  expect(100 + `/feeds/me/${token}.ics`.length).toBeLessThanOrEqual(256)
})

test('rule 39: one’s own feed is behind 160 bits of which we keep the hash, is private, indexed by nobody, told to nobody, logged nowhere', async () => {
  const person = await aPerson('anne@theatre.example')
  const { token: old } = must(await renewFeed(person))
  const { token } = must(await renewFeed(person))
  expect(token).toMatch(/^[a-z2-7]{32}$/)
  const { rows } = { rows: [await db.person.findMany(), await db.retiredCapability.findMany(), await db.storedFeed.findMany(), await db.activity.findMany()] }
  expect(JSON.stringify(rows)).toContain(hashToken(token))
  for (const secret of [token, old]) expect(JSON.stringify(rows)).not.toContain(secret)
  const own = await feed(`me/${token}.ics`)
  expect(Object.fromEntries(own.headers)).toMatchObject({ 'cache-control': 'private, no-cache', 'x-robots-tag': 'noindex', 'referrer-policy': 'no-referrer' })
  expect(await own.text()).not.toContain(token)

  for (const [secret, status] of [[old, 410], ['a'.repeat(32), 404]] as const) {
    const closed = await feed(`me/${secret}.ics`)
    expect([closed.status, closed.headers.get('cache-control'), closed.headers.get('x-robots-tag'), closed.headers.get('access-control-allow-origin')]).toEqual([status, 'no-store', 'noindex', null])
    expect(await closed.text()).not.toContain(secret)
  }
  // Whatever fails, the address is not in what is logged.
  const said = vi.spyOn(log, 'error').mockImplementation(() => {})
  vi.spyOn(db, '$queryRaw').mockRejectedValueOnce(new Error(`Invalid question\n    at /feeds/me/${token}.ics`))
  expect((await feed(`me/${token}.ics`)).status).toBe(500)
  expect(said).toHaveBeenCalledOnce()
  expect(JSON.stringify(said.mock.calls)).not.toContain(token)
})

test('rule 39: one’s own feed holds each seat in its state, what goes with it, and nothing that acts', async () => {
  const join = { joinUrl: 'https://visio.example/salle' }
  const sure = await anEvent({ title: 'Confirmé', ...join })
  const waiting = await anEvent({ title: 'En attente', capacity: 0, waitlist: true, joinUrl: 'https://visio.example/attente' })
  const off = await anEvent({ title: 'Rien', joinUrl: 'https://visio.example/rien' })
  const left = await anEvent({ title: 'Quitté' })
  const unproven = await anEvent({ title: 'À confirmer', provesAddress: true })
  const written = await anEvent({ title: 'Publié', startsAt: '2026-11-24T09:00', endsAt: '2026-11-24T10:00' })
  const within = await anEvent({ title: 'Pour les inscrits', notesVisibility: 'registered' })
  const inside = await anEvent({ title: 'Pour la maison', notesVisibility: 'organisers' })
  const seats = []
  for (const { slug } of [sure, waiting, off, left, unproven, written, within, inside]) seats.push(must(await signUp(slug, 'anne@theatre.example')))
  must(await callOff(house, off.slug))
  must(await cancel(house, { id: seats[3].registrationId }))
  for (const { id } of [written, within, inside]) await db.edition.create({ data: { eventId: id, number: 1, document: {}, authors: 'Anne', licence: 'CC BY 4.0' } })
  const { token } = must(await renewFeed(await aPerson('anne@theatre.example')))
  const lines = await linesOf(`me/${token}.ics`)
  const events = readWithIcalJs(lines.map((line) => `${line}\r\n`).join('')).events
  const of = (title: string) => events.filter(({ summary }) => summary.includes(title)).map(({ component }) => component)
  const [status, description] = [(title: string) => of(title)[0]?.getFirstPropertyValue('status'), (title: string) => String(of(title)[0]?.getFirstPropertyValue('description'))]
  expect([status('Confirmé'), status('En attente'), status('Rien'), of('Quitté').length, of('À confirmer').length]).toEqual(['CONFIRMED', 'TENTATIVE', 'CANCELLED', 0, 0])
  expect(description('Confirmé')).toContain('https://visio.example/salle')
  expect(lines.join('\n')).not.toMatch(/visio\.example\/(attente|rien)/)
  expect(description('Publié')).toContain(`${config().appUrl}/rendez-vous/${written.slug}/restitution`)
  expect(description('Pour les inscrits')).toContain(`/${within.slug}/restitution`)
  expect(description('Pour la maison')).not.toContain('/restitution')
  for (const { registrationId } of seats) expect(lines.join('\n')).not.toContain(linkOf(registrationId).token)
  expect(lines.join('\n')).not.toMatch(/\/inscriptions\/|\/registrations\/|rsvp\+/)
  // Only what one person reads tells of it.
  expect((await linesOf('events.ics')).join('\n')).not.toMatch(/restitution|visio/)
})

test('rule 40: what is called off stays as CANCELLED, free and said to be, with a higher SEQUENCE, until thirty days after its end', async () => {
  const { id, slug } = await anEvent({ startsAt: '2027-06-24T18:00', endsAt: '2027-06-24T20:00' })
  const before = Number(valueOf(await linesOf('events.ics'), 'SEQUENCE'))
  must(await callOff(house, slug))
  for (const path of ['events.ics', `events/${slug}.ics`]) {
    const lines = await linesOf(path)
    expect([valueOf(lines, 'STATUS'), valueOf(lines, 'TRANSP'), valueOf(lines, 'SUMMARY'), Number(valueOf(lines, 'SEQUENCE')) > before]).toEqual(['CANCELLED', 'TRANSPARENT', 'Annulé : Café du jeudi', true])
  }
  for (const path of ['events.atom', 'events.json']) expect(await (await feed(path)).text()).toContain('Annulé : Café du jeudi')
  const over = Date.parse('2027-06-24T18:00:00Z')
  setClock(new Date(over + 30 * day))
  expect((await entriesOf('events.ics')).map(({ uid }) => uid)).toEqual([id])
  setClock(new Date(over + 31 * day))
  expect(await entriesOf('events.ics')).toEqual([])
  // Its own calendar, and the one of everything, remember it for good.
  setClock(new Date(over + 4000 * day))
  for (const path of [`events/${slug}.ics`, 'events.ics?all=1']) expect((await entriesOf(path)).map(({ uid }) => uid)).toEqual([id])
})

test('rule 41: by start, in one order; twelve months behind and eighteen ahead, everything with ?all=1; nothing is a valid calendar with its zone', async () => {
  expect(await entriesOf('events.ics')).toEqual([])
  expect(await linesOf('events.ics')).toContain('TZID:Europe/Paris')
  for (const path of ['events.atom']) expect(XMLValidator.validate(await (await feed(path)).text())).toBe(true)
  const at = (start: string) => anEvent({ title: start, startsAt: `${start}T09:00`, endsAt: `${start}T10:00` })
  for (const start of ['2028-05-24', '2025-11-22', '2026-12-01', '2025-11-23', '2028-05-22', '2027-02-03', '2019-01-01']) await at(start)
  await aDraft({ title: 'Brouillon' })
  expect((await entriesOf('events.ics')).map(({ summary }) => summary)).toEqual(['2025-11-23', '2026-12-01', '2027-02-03', '2028-05-22'])
  expect((await entriesOf('events.ics?all=1')).map(({ summary }) => summary)).toEqual(['2019-01-01', '2025-11-22', '2025-11-23', '2026-12-01', '2027-02-03', '2028-05-22', '2028-05-24'])
})

test('rule 42: a feed says how often it wants to be read; a late change goes by mail as well', async () => {
  const { id, slug } = await anEvent()
  const { registrationId } = must(await signUp(slug, 'anne@theatre.example'))
  expect(valueOf(await linesOf('events.ics'), 'REFRESH-INTERVAL')).toBe('PT1H')
  const row = await db.event.findUniqueOrThrow({ where: { id } })
  await change(slug, { startsAt: '2027-01-15T09:00', endsAt: '2027-01-15T10:00' })
  const { sequence } = await db.event.findUniqueOrThrow({ where: { id } })
  await tellChange(id, sequence, { ...row, place: null })
  const letters = await db.letter.findMany({ where: { about: `registration/${registrationId}` } })
  expect(letters.map(({ kind }) => kind)).toContain('event-changed')
})

test('a route that is asked by nobody we know answers in the house’s language, or in the one it is asked in', async () => {
  for (const [query, word] of [['', 'adresse'], ['?lang=en', 'address'], ['?lang=de', 'adresse']]) {
    const response = await knock(feedsDoor, `/feeds/rien.ics${query}`, { params: { path: ['rien.ics'] } })
    expect([response.status, (await response.text()).includes(word)]).toEqual([404, true])
  }
})
