import pg from 'pg'
import { randomOf } from './crash'
import { formBody, send } from './http'

export type House = { url: string; databaseUrl: string; token: string }

/** Where somebody knocks: the API, or the form in one of its languages. */
const doors = ['api', 'api', 'fr', 'en'] as const

/**
 * So many people at once for so many seats, half of them through the API, half through the form; `seed` decides who comes
 * how. Tells what they were told and what the database says.
 */
export async function rush(house: House, { people = 2000, seats = 100, seed }: { people?: number; seats?: number; seed: number }) {
  const random = randomOf(seed)
  // Every other time there is a line.
  const waitlist = seed % 2 === 0
  const slug = await anEvent(house, seats, waitlist)
  const before = await count(house, slug)
  const knocks = Array.from({ length: people }, (_, n) => ({ door: doors[Math.floor(random() * doors.length)], email: `rush-${seed}-${n}@example.org` }))
  const begun = Date.now()
  const answers = await Promise.all(knocks.map(({ door, email }) => knock(house.url, slug, door, email)))
  const seconds = (Date.now() - begun) / 1000
  const after = await count(house, slug)
  const told = (word: string) => answers.filter(({ said }) => said === word).length
  return {
    seed,
    seconds,
    told: { confirmed: told('confirmed'), waitlisted: told('waitlisted'), full: told('full') },
    expected: { confirmed: seats, waitlisted: waitlist ? people - seats : 0, full: waitlist ? 0 : people - seats },
    database: { taken: after.taken, confirmed: after.confirmed, waitlisted: after.waitlisted },
    /** Answers of 5xx. */
    broken: answers.filter(({ status }) => status >= 500).length,
    /** Connections that ended without an answer. */
    cut: answers.filter(({ status }) => status === 0).length,
    deadlocks: after.deadlocks - before.deadlocks,
  }
}

export type Rush = Awaited<ReturnType<typeof rush>>

export const isRight = ({ told, expected, database, broken, cut, deadlocks }: Rush) =>
  JSON.stringify(told) === JSON.stringify(expected) && database.taken === expected.confirmed && database.confirmed === expected.confirmed && database.waitlisted === expected.waitlisted && broken + cut + deadlocks === 0

async function anEvent({ url, token }: House, capacity: number, waitlist: boolean) {
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const day = new Date(Date.now() + 500 * 86_400_000).toISOString().slice(0, 10)
  const body = JSON.stringify({ title: 'Une ruée', startsAt: `${day}T09:00`, endsAt: `${day}T10:00`, timeZone: 'Europe/Paris', mode: 'online', capacity, waitlist })
  const { slug } = JSON.parse((await send(`${url}/api/v1/events`, { method: 'POST', headers, body })).text) as { slug: string }
  await send(`${url}/api/v1/events/${slug}/publish`, { method: 'POST', headers })
  return slug
}

async function knock(url: string, slug: string, door: (typeof doors)[number], email: string): Promise<{ status: number; said: string }> {
  const person = { name: 'Personne', email }
  try {
    if (door === 'api') {
      const { status, text } = await send(`${url}/api/v1/events/${slug}/registrations`, { method: 'POST', body: JSON.stringify(person), headers: { 'Content-Type': 'application/json' } })
      const answer = JSON.parse(text) as { status: string; reason?: string }
      return { status, said: answer.reason ?? answer.status }
    }
    const path = door === 'fr' ? `/rendez-vous/${slug}/inscription` : `/en/events/${slug}/registration`
    const { status, headers } = await send(url + path, { method: 'POST', body: formBody(person), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })
    return { status, said: /[?&](?:reponse|answer)=([a-z-]+)/.exec(headers.get('location') ?? '')?.[1] ?? '' }
  } catch {
    return { status: 0, said: '' }
  }
}

async function count({ databaseUrl }: House, slug: string) {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ taken: number; confirmed: number; waitlisted: number; deadlocks: number }>(
    `SELECT s.taken, (SELECT count(*)::int FROM "Registration" r WHERE r."eventId" = e.id AND r.status = 'confirmed') AS confirmed,
      (SELECT count(*)::int FROM "Registration" r WHERE r."eventId" = e.id AND r.status = 'waitlisted') AS waitlisted,
      (SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()) AS deadlocks
    FROM "Seating" s JOIN "Event" e ON e.id = s."eventId" WHERE e.slug = $1`,
    [slug],
  )
  await client.end()
  return rows[0]
}
