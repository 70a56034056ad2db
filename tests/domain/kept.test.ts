import type { ServerResponse } from 'node:http'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { config } from '@/lib/config'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { versionReader } from '@/server/version'
import { anEvent, house, must, signUp } from '@/tests/support/events'
import { doorBefore } from '@/tests/support/kept'

/** Tables that no public page shows. A new one stands here, or its migration says `SELECT shown_to_all('"Table"')`. */
const PRIVATE = [
  'AccessKeeper',
  'AccessNeed',
  'Activity',
  'AddressChange',
  'Allotment', // everybody sees its Seating
  'Announcement',
  'Answer',
  'ApiToken',
  'CalendarAnswer',
  'Companion',
  'Consent',
  'FeedVersion',
  'Follow',
  'IncomingMail',
  'Invitee',
  'Letter',
  'LoginChallenge',
  'LoginSession',
  'Member',
  'Notes', // as they are written; everybody sees the published Edition
  'NotesHolder',
  'NotesWriter',
  'OtherAddress',
  'Person',
  'PreparedQuestion', // seen by who registered, on their own pages
  'PreparedQuestionVote',
  'ProposedPassage', // waits for the host; everybody sees the published Edition
  'RateLimit',
  'Registration', // everybody sees its Seating
  'RegistrationStep',
  'Reminder',
  'RetiredCapability',
  'SearchEntry', // made of what is shown to all, with it
  'SearchWord',
  'StandingRegistration',
  'StoredFeed', // what it holds was shown to all before
  'Unreachable',
  'Version',
]

let client: pg.Client
let reader: ReturnType<typeof versionReader>

beforeAll(async () => {
  client = new pg.Client({ connectionString: config().databaseUrl })
  await client.connect()
  reader = versionReader(config().databaseUrl)
})
afterAll(async () => {
  await client.end()
  await reader.end()
})

test('Each table raises the version or is known to be private', async () => {
  const { rows } = await client.query<{ name: string; triggers: number }>(`
    SELECT relname AS name, (SELECT count(*)::int FROM pg_trigger t JOIN pg_proc f ON f.oid = t.tgfoid
      WHERE t.tgrelid = c.oid AND f.proname = 'raise_version' AND t.tgenabled = 'O') AS triggers
    FROM pg_class c WHERE relkind IN ('r', 'p') AND relnamespace = 'public'::regnamespace AND relname <> '_prisma_migrations'`)
  const shown = rows.filter(({ triggers }) => triggers === 2).map(({ name }) => name)
  const untold = rows.map(({ name }) => name).filter((name) => !shown.includes(name) && !PRIVATE.includes(name))
  expect(untold, 'public pages may show these: call shown_to_all() in their migration, or name them in PRIVATE').toEqual([])
  expect(shown.filter((name) => PRIVATE.includes(name))).toEqual([])
  expect(shown.length).toBeGreaterThan(20)
})

describe('the version', () => {
  const version = () => reader.read()

  test('rises with a change of what everybody sees, at its commit and not before; not with a change that was undone', async () => {
    const { slug } = await anEvent({ capacity: 10 })
    const before = await version()
    await client.query('BEGIN')
    await client.query(`UPDATE "Event" SET title = 'Autre' WHERE slug = $1`, [slug])
    expect(await version()).toBe(before)
    await client.query('ROLLBACK')
    expect(await version()).toBe(before)
    await client.query('BEGIN')
    await client.query(`UPDATE "Event" SET title = 'Autre' WHERE slug = $1`, [slug])
    await client.query('COMMIT')
    expect(await version()).not.toBe(before)
  })

  test('rises with a seat taken, and with none of the letters and log-ins', async () => {
    const { slug } = await anEvent({ capacity: 10 })
    const before = await version()
    await db.letter.updateMany({ data: { attempts: 1 } })
    await db.activity.create({ data: { actorName: 'test', verb: 'look', subject: 'nothing' } })
    expect(await version()).toBe(before)
    must(await signUp(slug, 'anne@example.org'))
    expect(await version()).not.toBe(before)
  })

  test('rises once for a change of a thousand rows, and again after a savepoint was rolled back', async () => {
    await anEvent()
    const rises = async (...statements: string[]) => {
      const before = BigInt(await version())
      for (const statement of ['BEGIN', ...statements, 'COMMIT']) await client.query(statement)
      return BigInt(await version()) > before
    }
    const many = `INSERT INTO "Speaker" (id, slug, name) SELECT gen_random_uuid(), 's' || n, 'N' FROM generate_series(1, 1000) n`
    expect(await rises(many)).toBe(true)
    const one = `UPDATE "Speaker" SET name = 'M' WHERE slug = 's1'`
    expect(await rises('SAVEPOINT a', 'SET CONSTRAINTS ALL IMMEDIATE', one, 'ROLLBACK TO a', 'SET CONSTRAINTS ALL DEFERRED', one)).toBe(true)
  })

  test('rises when a table is emptied, and never says again what it said before', async () => {
    const { slug } = await anEvent()
    const said = new Set<string>()
    for (let n = 0; n < 20; n++) {
      if (n % 5 === 0) await client.query('TRUNCATE "Version"')
      if (n % 7 === 0) await client.query('TRUNCATE "Wording"')
      await client.query(`UPDATE "Event" SET title = $1 WHERE slug = $2`, [String(n), slug])
      said.add(await version())
    }
    expect(said.size).toBe(20)
  })
})

test('What one process commits is in the very next answer of another: two hundred changes, none missed', { timeout: 120_000 }, async () => {
  const first = await anEvent({ capacity: 500, waitlist: true, title: 'Premier' })
  const second = await anEvent({ capacity: 3, title: 'Second' })
  const other = versionReader(config().databaseUrl)
  const doors = await Promise.all([reader, other].map(({ read }) => doorBefore(async (_, response) => show(response), { version: read })))
  try {
    await client.query(`INSERT INTO "Venue" (id, slug, name) VALUES (gen_random_uuid(), 'la-criee', 'La Criée')`)
    const changes = [
      (n: number) => signUp(first.slug, `person${n}@example.org`),
      (n: number) => client.query(`UPDATE "Event" SET title = $1 WHERE id = $2`, [`Titre ${n}`, second.id]),
      (n: number) => client.query(`UPDATE "Venue" SET name = $1`, [`La Criée ${n}`]),
      (n: number) => (n < 20 ? anEvent({ title: `Nouveau ${n}` }) : client.query(`UPDATE "Seating" SET taken = taken WHERE "eventId" = $1`, [second.id])),
      (n: number) => db.$transaction([db.venue.updateMany({ data: { city: `Ville ${n}` } }), db.event.update({ where: { id: first.id }, data: { summary: `Résumé ${n}` } })]),
    ]
    let asked = 0
    for (let n = 0; n < 200; n++) {
      await changes[Math.floor(Math.random() * changes.length)](n)
      const truth = await shownNow()
      for (const door of doors) {
        for (let again = 0; again < 3; again++, asked++) expect((await door.get('/')).text).toBe(truth)
      }
    }
    must(await callOff(house, first.slug, 'Grève'))
    expect((await doors[1].get('/')).text).toContain('called_off')
    // And what did not change was not made again.
    expect(doors[0].made() + doors[1].made()).toBeLessThan(asked / 2)
  } finally {
    await Promise.all(doors.map((door) => door.stop()))
    await other.end()
  }

  async function show(response: ServerResponse) {
    const text = await shownNow()
    response.writeHead(200, { 'Content-Type': 'text/html' })
    response.end(text)
  }

  async function shownNow() {
    const events = await db.event.findMany({ orderBy: { id: 'asc' }, include: { seatings: true } })
    return JSON.stringify([events, await db.venue.findMany()])
  }
})

test('Readers and writers at once: no answer is older than its request', { timeout: 60_000 }, async () => {
  const { id } = await anEvent({ title: '0' })
  const door = await doorBefore(
    async (_, response) => {
      const { title } = await db.event.findUniqueOrThrow({ where: { id }, select: { title: true } })
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5))
      response.writeHead(200, { 'Content-Type': 'text/html' })
      response.end(title)
    },
    { version: reader.read },
  )
  let committed = 0
  let isOver = false
  const read = async () => {
    while (!isOver) {
      const known = committed
      expect(Number((await door.get('/')).text)).toBeGreaterThanOrEqual(known)
    }
  }
  const readers = Array.from({ length: 8 }, read)
  for (let n = 1; n <= 150; n++) {
    await client.query(`UPDATE "Event" SET title = $1 WHERE id = $2`, [String(n), id])
    committed = n
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 6))
  }
  isOver = true
  await Promise.all(readers)
  await door.stop()
})

test('A database that is away is not covered up by what is kept', async () => {
  const away = versionReader(new URL('/no_such_database', inject('postgres')).href)
  const door = await doorBefore(
    (_, response) => {
      response.writeHead(503, { 'Content-Type': 'text/html' })
      response.end('away')
    },
    { version: away.read },
  )
  expect(await door.get('/')).toMatchObject({ status: 503, text: 'away' })
  expect(await door.get('/')).toMatchObject({ status: 503 })
  expect(door.made()).toBe(2)
  await door.stop()
  await away.end()
})
