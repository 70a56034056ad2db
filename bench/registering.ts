import pg from 'pg'
import { guest } from '@/lib/actor'
import { register } from '@/lib/registrations/register'
import { startFloor } from './floor'
import { each, load, request } from './load'
import { median } from './table'

/** As many as lib/db.ts opens. */
const CONNECTIONS_TO_DATABASE = 10
const RUSH = 300
const SEATS = 40
const PEOPLE = 2000
const AT_ONCE = 100
const ROUNDS = 3

export interface House {
  port: number
  databaseUrl: string
  token: string
}

/** Everybody at once for forty seats, then two thousand people one after the other; ours against the statement alone. */
export async function measureRegistering(house: House) {
  const statement = await statementOf(house)
  const rush = { floor: [] as number[], ours: [] as number[] }
  const queue = { floor: [] as number[], ours: [] as number[] }
  for (let round = 0; round < ROUNDS; round++) {
    for (const who of ['floor', 'ours'] as const) {
      rush[who].push(await hold(house, who, statement, { seats: SEATS, people: RUSH, atOnce: RUSH }))
      queue[who].push(await hold(house, who, statement, { people: PEOPLE, atOnce: AT_ONCE }))
    }
  }
  return [
    row(`${RUSH} at once, ${SEATS} seats`, rush),
    row(`${PEOPLE.toLocaleString('en')} people, ${AT_ONCE} at a time, no limit`, queue),
  ]
}

function row(label: string, { floor, ours }: { floor: number[]; ours: number[] }) {
  return { label, floor: median(floor), ours: median(ours), ratio: median(ours.map((one, index) => one / floor[index])) }
}

type Statement = { text: string; values: unknown[]; event: string; own: (string | null)[] }
type Size = { seats?: number; people: number; atOnce: number }

/** A new event, and all of them at its door; resolves to registrations a second. Throws where a seat is given twice. */
async function hold(house: House, who: 'floor' | 'ours', statement: Statement, { seats, people, atOnce }: Size) {
  const event = await anEvent(house, seats)
  const floor = who === 'floor' ? await startFloor(await toldOf(house, statement, event.slug)) : undefined
  const forms = Array.from({ length: people }, (_, n) =>
    request('POST', `/api/v1/events/${event.slug}/registrations`, { 'content-type': 'application/json' }, JSON.stringify({ name: `Personne ${n}`, email: `personne-${n}@example.org` })),
  )
  const { statuses, seconds, count } = await load({ port: floor?.port ?? house.port, connections: atOnce, next: each(forms) })
  floor?.stop()
  const confirmed = statuses[201] ?? 0
  const taken = await seatsTaken(house, event.slug)
  if (confirmed !== (seats ?? people) || taken !== confirmed || count !== people) {
    throw new Error(`${who}: ${confirmed} of ${people} were confirmed and ${taken} seats taken, of ${seats ?? 'any number'}: ${JSON.stringify(statuses)}`)
  }
  await emptyOutbox(house)
  return count / seconds
}

export async function anEvent({ port, token }: House, capacity?: number): Promise<{ slug: string }> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const write = async (path: string, body: object) => {
    const answer = await fetch(`http://localhost:${port}/api/v1/events${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`POST ${path} answers ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as { slug: string }
  }
  const start = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10)
  const times = { startsAt: `${start}T09:00`, endsAt: `${start}T10:00`, timeZone: 'Europe/Paris' }
  const event = await write('', { title: 'Une mesure', mode: 'online', capacity, waitlist: false, ...times })
  await write(`/${event.slug}/publish`, {})
  return event
}

/** The statement by which lib/registrations takes a seat, overheard from one registration that this process makes. */
async function statementOf(house: House): Promise<Statement> {
  const { slug } = await anEvent(house)
  const heard: { text: string; values: unknown[] }[] = []
  const original = Reflect.get(pg.Client.prototype, 'query') as (...words: unknown[]) => unknown
  Reflect.set(pg.Client.prototype, 'query', function (this: pg.Client, ...words: unknown[]) {
    const [query, values] = words as [{ text: string; values?: unknown[] }, unknown[] | undefined]
    if (typeof query === 'object' && /^\s*WITH seat AS/.test(query.text)) heard.push({ text: query.text, values: values ?? query.values ?? [] })
    return original.apply(this, words)
  })
  const outcome = await register(guest, slug, { name: 'Qui mesure', email: 'mesure@example.org' }, 'api')
  Reflect.set(pg.Client.prototype, 'query', original)
  if (!outcome.ok || heard.length !== 1) throw new Error('Taking a seat is no longer one statement that begins with WITH seat AS')
  const { text, values } = heard[0]
  const hashes = values.filter((value) => /^[0-9a-f]{64}$/.test(String(value)))
  const own = values.map((value) => {
    if (value === 'Qui mesure') return 'name'
    if (value === 'mesure@example.org') return 'email'
    if (value === outcome.value.registrationId) return 'id'
    return value === hashes[0] ? 'manage' : value === hashes[1] ? 'reply' : null
  })
  return { text, values, own, event: await idOf(house, slug) }
}

async function toldOf(house: House, { text, values, own, event }: Statement, slug: string) {
  const id = await idOf(house, slug)
  return {
    databaseUrl: house.databaseUrl,
    statement: text,
    values: values.map((value) => (value === event ? id : value)),
    own,
    connections: CONNECTIONS_TO_DATABASE,
  }
}

const idOf = async (house: House, slug: string) => (await query<{ id: string }>(house, 'SELECT id FROM "Event" WHERE slug = $1', [slug]))[0].id

async function seatsTaken(house: House, slug: string) {
  const rows = await query<{ taken: number }>(house, 'SELECT s.taken FROM "Seating" s JOIN "Event" e ON e.id = s."eventId" WHERE e.slug = $1', [slug])
  return rows[0].taken
}

/** The letters of one measure are not sent while the next one runs. */
async function emptyOutbox(house: House) {
  await query(house, `DELETE FROM "Letter" WHERE status IN ('queued', 'sending')`, [])
}

export async function query<Row extends pg.QueryResultRow>({ databaseUrl }: Pick<House, 'databaseUrl'>, text: string, values: unknown[]) {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}
