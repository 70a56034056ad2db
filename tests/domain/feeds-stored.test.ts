import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { readFeedAddress } from '@/app/feeds/feed-address'
import { write } from '@/app/feeds/public-feed'
import type { PersonActor } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { config } from '@/lib/config'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { edit } from '@/lib/events/edit'
import { eventPatch } from '@/lib/events/schema'
import { appoint } from '@/lib/people/appoint'
import { cancel } from '@/lib/registrations/cancel'
import { renewFeed } from '@/lib/registrations/renew-feed'
import { untilMidnight } from '@/server/kept'
import { versionReader } from '@/server/version'
import { aDraft, anEvent, house, must, signUp } from '@/tests/support/events'
import { anotherProcess, aSeason, feed } from '@/tests/support/feeds'
import { doorBefore } from '@/tests/support/kept'

let client: pg.Client
let version: ReturnType<typeof versionReader>
let other: Awaited<ReturnType<typeof anotherProcess>>

beforeAll(async () => {
  client = new pg.Client({ connectionString: config().databaseUrl })
  await client.connect()
  version = versionReader(config().databaseUrl)
  other = await anotherProcess()
})
afterAll(async () => {
  await Promise.all([client.end(), version.end(), other.stop()])
})

const morning = '2026-11-23T08:00:00Z'
beforeEach(() => setClock(new Date(morning)))
afterEach(() => setClock(null))

const formats = ['ics', 'atom', 'json']
const change = (slug: string, patch: object) => edit(house, slug, eventPatch.parse(patch)).then(must)
const modified = async (path: string) => Date.parse((await feed(path)).headers.get('last-modified') ?? '')
const readsEvents = (statements: string[]) => statements.filter((one) => /"(Event|EventTheme|Venue|Series|Theme|Recommendation)"/.test(one))

async function aPerson(email: string): Promise<PersonActor> {
  must(await appoint(house, { email, role: 'organiser' }))
  const person = await db.person.findFirstOrThrow({ where: { address: email } })
  return { kind: 'person', ...person, addressFolds: [person.addressFold], via: 'browser' }
}

describe('a feed that has not changed', () => {
  test('reads no event again: with its tag or its date or neither, in whatever coding, in a process that was just begun', async () => {
    const { event, paths } = await aSeason()
    for (const path of paths) {
      for (const format of formats) {
        for (const query of ['', '?lang=en', '?all=1']) {
          const address = `${path}.${format}${query}`
          const made = await feed(address)
          const body = await made.text()
          expect(made.status).toBe(200)
          // A seat that is taken is shown on pages, and in no feed.
          if (format === 'atom') must(await signUp(event.slug, `anne${paths.indexOf(path)}${query.length}@example.org`))
          const again = await other.get(address, { at: morning })
          expect({ ...again.headers, statements: again.statements.length }).toEqual({ ...Object.fromEntries(made.headers), statements: 1 })
          expect(again.text).toBe(body)
          for (const coding of ['gzip', 'br', 'identity']) {
            const packed = await other.get(address, { at: morning, headers: { 'Accept-Encoding': coding } })
            const same = await other.get(address, { at: morning, headers: { 'Accept-Encoding': coding, 'If-None-Match': `"x", W/${packed.headers.etag}` } })
            const since = await other.get(address, { at: morning, headers: { 'If-Modified-Since': made.headers.get('last-modified') ?? '' } })
            expect([same.status, same.text, since.status, since.text]).toEqual([304, '', 304, ''])
            expect(readsEvents([...again.statements, ...packed.statements, ...same.statements, ...since.statements])).toEqual([])
          }
        }
      }
    }
  })

  test('is not kept where it is too large, and yet found good by its tag without reading an event', async () => {
    const { paths: [path] } = await aSeason()
    const made = await feed(`${path}.ics`)
    await client.query(`UPDATE "StoredFeed" SET body = NULL`)
    const known = await other.get(`${path}.ics`, { at: morning, headers: { 'If-None-Match': made.headers.get('etag') ?? '' } })
    expect([known.status, known.statements.length, readsEvents(known.statements)]).toEqual([304, 1, []])
    expect((await other.get(`${path}.ics`, { at: morning })).text).toBe(await made.text())
  })

  test('is one’s own: its tag is found good by one statement that reads no event', async () => {
    const { event } = await aSeason()
    must(await signUp(event.slug, 'anne@theatre.example'))
    const { token } = must(await renewFeed(await aPerson('anne@theatre.example')))
    const made = await other.get(`me/${token}.ics`, { at: morning })
    expect(readsEvents(made.statements)).not.toEqual([])
    const known = { at: morning, headers: { 'If-None-Match': made.headers.etag } }
    const same = await other.get(`me/${token}.ics`, known)
    expect([same.status, same.text, same.statements.length, readsEvents(same.statements)]).toEqual([304, '', 1, []])
    expect((await feed(`me/${token}.ics`, { headers: { 'If-Modified-Since': made.headers['last-modified'] } })).status).toBe(304)
    // Nothing of what one person reads lies in the store, nor its address.
    const row = await db.storedFeed.findFirstOrThrow({ where: { name: { startsWith: 'me ' } } })
    expect([row.body, JSON.stringify(row).includes(token)]).toEqual([null, false])
    must(await signUp((await anEvent({ title: 'Encore' })).slug, 'anne@theatre.example'))
    expect((await other.get(`me/${token}.ics`, known)).text).toContain('Encore')
  })

  test('costs nothing at all under an old address of one’s own, and little under a wrong one, until it was tried too often', async () => {
    const actor = await aPerson('anne@theatre.example')
    const { token: old } = must(await renewFeed(actor))
    const { token } = must(await renewFeed(actor))
    expect((await other.get(`me/${old}.ics`)).status).toBe(410)
    expect(await other.get(`me/${old}.ics`)).toMatchObject({ status: 410, statements: [] })
    for (let n = 0; n < 60; n++) await other.get(`me/${'a'.repeat(30)}${n % 2 ? 'b' : 'c'}2.ics`)
    const refused = await other.get(`me/${'a'.repeat(32)}.ics`)
    expect([refused.status, Number(refused.headers['retry-after']) > 0]).toEqual([429, true])
    expect([(await other.get(`me/${token}.ics`)).status, (await other.get(`me/${old}.ics`)).status]).toEqual([200, 410])
  })
})

describe('Last-Modified', () => {
  test('is when the body last became another: an event that leaves is told to who asks by date', async () => {
    const { event, theme } = await aSeason()
    const path = `themes/${theme}.ics`
    const before = await feed(path)
    const date = before.headers.get('last-modified') ?? ''
    setClock(new Date('2026-11-23T09:00:00Z'))
    await change(event.slug, { themes: [] })
    await client.query(`UPDATE "Event" SET "updatedAt" = $1`, [morning])
    const after = await feed(path, { headers: { 'If-Modified-Since': date } })
    expect([after.status, after.headers.get('last-modified')]).toEqual([200, 'Mon, 23 Nov 2026 09:00:00 GMT'])
    expect(await after.text()).not.toContain('BEGIN:VEVENT')
  })

  test('stays while other feeds change and days pass; two bodies of one second never share it', async () => {
    const { event, theme } = await aSeason()
    const path = `themes/${theme}.ics`
    const first = await modified(path)
    setClock(new Date('2026-11-24T09:00:00Z'))
    await anEvent({ title: 'Un autre' })
    expect([await modified(path), await modified('events.ics')]).toEqual([first, Date.parse('2026-11-24T09:00:00Z')])
    await change(event.slug, { title: 'Une fois' })
    const once = await feed(path)
    await change(event.slug, { title: 'Deux fois' })
    const twice = await feed(path, { headers: { 'If-Modified-Since': once.headers.get('last-modified') ?? '' } })
    // It would be a date to come: nothing is said of it until it has come.
    expect([twice.status, twice.headers.get('last-modified')]).toEqual([200, null])
    setClock(new Date('2026-11-24T09:00:01Z'))
    expect(await modified(path)).toBe(Date.parse('2026-11-24T09:00:01Z'))
  })

  test('changes at midnight of UTC only where the window leaves an event behind', async () => {
    const soon = await anEvent({ startsAt: '2026-11-24T09:00', endsAt: '2026-11-24T10:00' })
    await anEvent()
    setClock(new Date('2027-11-24T23:59:59Z'))
    const before = await modified('events.ics')
    setClock(new Date('2027-11-25T00:00:00Z'))
    expect([await modified('events.ics'), (await (await feed('events.ics')).text()).includes(soon.id)]).toEqual([Date.parse('2027-11-25T00:00:00Z'), false])
    expect(await modified('events.ics')).toBeGreaterThan(before)
    setClock(new Date('2027-11-26T00:00:00Z'))
    expect(await modified('events.ics')).toBe(Date.parse('2027-11-25T00:00:00Z'))
  })
})

describe('the store', () => {
  const names = async () => (await db.storedFeed.findMany({ orderBy: { name: 'asc' } })).map(({ name }) => name)

  test('holds nothing of addresses that name nothing, or say more than they may', async () => {
    const { event } = await aSeason()
    const { slug: draft } = await aDraft({ title: 'Brouillon' })
    for (const path of ['events/rien.ics', 'series/rien.atom', 'themes/rien.json', 'reports/rien/1.ics', `events/${draft}.ics`, `me/${'a'.repeat(32)}.ics`]) expect((await feed(path)).status).toBe(404)
    expect(await names()).toEqual([])
    for (const query of ['?utm=1', '?lang=de', '?all=2', '?lang=fr&x=y']) await feed(`events.ics${query}`)
    await feed(`events/${event.slug}.ics?all=1`)
    expect(await names()).toEqual(['events.ics fr', `events/${event.slug}.ics fr`])
  })

  test('lets go of names that name nothing any more, of what nobody asks for, and of single events beyond two thousand', async () => {
    await aSeason()
    await feed('series/cafe-tmnlab.ics')
    await client.query(`UPDATE "Series" SET slug = 'cafe'`)
    expect((await feed('series/cafe-tmnlab.ics')).status).toBe(404)
    expect(await names()).toEqual([])
    await feed('series/cafe.ics')
    await client.query(`INSERT INTO "StoredFeed" SELECT 'events/' || n || '.ics fr', 'old', '2026-11-22', '"x"', 4, '\\x00', $1, $1 FROM generate_series(1, 2500) n`, ['2026-11-23T07:00:00Z'])
    await client.query(`UPDATE "StoredFeed" SET "madeAt" = '2026-10-01' WHERE name = 'events/7.ics fr'`)
    await feed('events.ics')
    const left = await names()
    expect([left.length, left.includes('series/cafe.ics fr'), left.includes('events.ics fr'), left.includes('events/7.ics fr')]).toEqual([2000, true, true, false])
  })
})

test('Whatever a feed reads raises the version of feeds: each column of each table', { timeout: 120_000 }, async () => {
  const { event, paths, theme } = await aSeason()
  must(await signUp(event.slug, 'anne@theatre.example'))
  await change(event.slug, { slug: 'nouveau-nom', translation: { title: 'Theatre and data', summary: 'An hour.' }, joinUrl: 'https://visio.example/secret', endsAt: '2027-01-14T11:00' })
  await client.query(`INSERT INTO "Edition" (id, "eventId", number, document, authors, licence) VALUES (gen_random_uuid(), $1, 1, '{}', 'Anne', 'CC BY')`, [event.id])
  await client.query(
    `INSERT INTO "Passage" (id, "editionId", "eventId", "paragraphId", position, text, "recommendationId", "themeId")
     SELECT gen_random_uuid(), e.id, e."eventId", 'aaaa', 0, 'Le dépôt se négocie.', about.recommendation, about.theme
     FROM "Edition" e, (SELECT id AS recommendation, NULL::uuid AS theme FROM "Recommendation" WHERE number = 16 UNION ALL SELECT NULL, id FROM "Theme" WHERE slug = $1) about`, [theme])
  const { token } = must(await renewFeed(await aPerson('anne@theatre.example')))
  const addresses = [...paths, 'events/nouveau-nom'].flatMap((path) => [`${path}.ics`, `${path}.json?lang=en`])
  const bodies = async () => {
    const shared = addresses.map(async (address) => {
      const [path, query] = address.split('?')
      const named = readFeedAddress(path.split('/'), new URLSearchParams(query))
      return named && 'scope' in named ? write(named) : null
    })
    return JSON.stringify([await Promise.all(shared), await (await feed(`me/${token}.ics`)).text()])
  }
  const tables = ['Event', 'EventAlias', 'EventTranslation', 'EventTheme', 'EventRecommendation', 'EventCycle', 'Venue', 'Series', 'Theme', 'Report', 'Recommendation', 'Edition', 'Passage', 'Installation']
  const { rows: columns } = await client.query<{ table: string; column: string; type: string }>(
    `SELECT table_name AS table, column_name AS column, data_type AS type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ANY($1)`, [tables])
  await client.query(`INSERT INTO "Installation" (id, "networkName") VALUES (1, 'TMNlab') ON CONFLICT (id) DO NOTHING`)
  let before = await bodies()
  let [raised, quiet] = [0, 0]
  for (const { table, column, type } of columns) {
    const other = otherValue(column, type)
    const { rows: [kept] } = await client.query(`SELECT "${column}" AS value FROM "${table}" WHERE ${whose(table)}`, [event.id])
    if (other === null || !kept) continue
    const set = (value: string, more: unknown[] = []) => client.query(`UPDATE "${table}" SET "${column}" = ${value} WHERE ${whose(table)}`, [event.id, ...more])
    const was = await version.readFeeds()
    // Some a constraint holds back.
    const isSet = await set(other).then(() => true, () => false)
    if ((await version.readFeeds()) !== was) raised++
    else if (isSet && ++quiet) expect(await bodies(), `${table}.${column} is shown in feeds and does not raise their version`).toBe(before)
    // A sequence never goes back.
    if (isSet && !(await set('$2', [kept.value]).then(() => true, () => false))) before = await bodies()
  }
  expect(await bodies()).toBe(before)
  expect([raised > 25, quiet > 25]).toEqual([true, true])
})

/** The row of each table that belongs to the event $1. */
function whose(table: string) {
  const of = (condition: string) => `$1::uuid IS NOT NULL AND ${condition}`
  switch (table) {
    case 'Event': return 'id = $1::uuid'
    case 'Venue': return 'id = (SELECT "venueId" FROM "Event" WHERE id = $1::uuid)'
    case 'Series': return 'id = (SELECT "formatId" FROM "Event" WHERE id = $1::uuid)'
    case 'Theme': return 'id = (SELECT "themeId" FROM "EventTheme" WHERE "eventId" = $1::uuid)'
    case 'Recommendation': return 'id = (SELECT "recommendationId" FROM "EventRecommendation" WHERE "eventId" = $1::uuid)'
    case 'Report': return of('true')
    case 'Installation': return of('id = 1')
    default: return '"eventId" = $1::uuid'
  }
}

function otherValue(column: string, type: string) {
  if (/Id$|^id$|^uid$/.test(column)) return null
  if (column === 'timeZone') return `'America/Montreal'`
  if (column === 'language') return `'de'`
  if (/Date$/.test(column)) return `to_char("${column}"::date + 1, 'YYYY-MM-DD')`
  if (/Time$/.test(column)) return `'10:30'`
  if (column === 'status') return `'called_off'`
  if (column === 'mode') return `'online'`
  if (column === 'notesVisibility') return `'organisers'`
  if (type === 'text') return `coalesce("${column}", 'https://ailleurs.example/') || 'x'`
  if (type === 'boolean') return `NOT "${column}"`
  if (/int|double/.test(type)) return `coalesce("${column}", 40) + 1`
  if (/timestamp|date/.test(type)) return `coalesce("${column}", '2027-01-01') + interval '1 day'`
  return null
}

test('What one process commits is in the very next answer of two others: a hundred changes, none missed', { timeout: 120_000 }, async () => {
  const { event, theme, paths } = await aSeason()
  const second = await anEvent({ title: 'Second', themes: [theme] })
  const door = await doorBefore(
    async (request, response) => {
      const answer = await feed(request.url?.slice('/feeds/'.length) ?? '')
      response.writeHead(answer.status, Object.fromEntries(answer.headers))
      response.end(await answer.text())
    },
    { version: version.readFeeds, lifeFrom: untilMidnight },
  )
  const changes = [
    (n: number) => change(event.slug, { title: `Titre ${n}` }),
    (n: number) => client.query(`UPDATE "Venue" SET name = $1`, [`La Criée ${n}`]),
    (n: number) => client.query(`UPDATE "Theme" SET "shortFr" = $1 WHERE slug = $2`, [`Thème ${n}`, theme]),
    (n: number) => client.query(`UPDATE "Series" SET "nameFr" = $1`, [`Café ${n}`]),
    (n: number) => signUp(event.slug, `person${n}@example.org`),
    (n: number) => (n < 60 ? anEvent({ title: `Nouveau ${n}`, themes: n % 2 ? [theme] : [] }) : change(second.slug, { themes: n % 2 ? [theme] : [] })),
    (n: number) => db.$transaction([db.venue.updateMany({ data: { city: `Ville ${n}` } }), db.event.update({ where: { id: second.id }, data: { summary: `Résumé ${n}` } })]),
  ]
  let asked = 0
  for (let n = 0; n < 100; n++) {
    await changes[Math.floor(Math.random() * changes.length)](n)
    const path = `${paths[n % paths.length]}.${formats[n % 3]}`
    const named = readFeedAddress(path.split('/'))
    const truth = named && 'scope' in named ? await write(named) : null
    expect((await other.get(path, { at: morning })).text).toBe(truth)
    for (let again = 0; again < 3; again++, asked++) expect((await door.get(`/feeds/${path}`)).text).toBe(truth)
  }
  must(await callOff(house, second.slug, 'Grève'))
  expect((await other.get('events.ics', { at: morning })).text).toContain('STATUS:CANCELLED')
  expect((await door.get('/feeds/events.ics')).text).toContain('STATUS:CANCELLED')
  expect(door.made()).toBeLessThan(asked / 2)
  await door.stop()
})

test('A seat taken or given back raises the version of pages and not that of feeds', async () => {
  const { slug } = await anEvent({ capacity: 10 })
  const [pages, feeds] = [await version.read(), await version.readFeeds()]
  const { registrationId } = must(await signUp(slug, 'anne@example.org'))
  must(await cancel(house, { id: registrationId }))
  await aDraft({ title: 'Brouillon' })
  await db.event.updateMany({ data: { searchText: 'autre', asksTakeaway: false } })
  expect(await version.read()).not.toBe(pages)
  expect(await version.readFeeds()).toBe(feeds)
})
