import { completeConfig } from '@/lib/config'
import { runningPostgres } from '@/server/postgres'
import { startApp } from '@/tests/support/app'
import { randomOf } from '@/tests/support/crash'
import { load, request } from './load'
import { anEvent, query } from './registering'
import { table, whole } from './table'

const PEOPLE = 2000
const SEATS = 100
const SEEDS = Array.from({ length: 20 }, (_, n) => n + 1)

/** Two thousand at once for a hundred seats, by the API and the form in both languages, once for each seed. Resolves to the exit code. */
export async function printRush(seeds: number[]) {
  const app = await startApp({ RATE_LIMITS: 'off', SEED: 'none' })
  try {
    const databaseUrl = (await runningPostgres(app.dataDir)) ?? ''
    completeConfig({ databaseUrl, authSecret: 'what a bench signs is never looked at again' })
    await app.admin('organiser', 'bench@example.org')
    const { lastLine: token } = await app.admin('token', 'bench@example.org', 'bench')
    const house = { port: app.port, databaseUrl, token }
    console.log(`${whole(PEOPLE)} people at once for ${SEATS} seats, half of them through the API, half through the form:\n`)
    const rows = []
    for (const seed of seeds.length > 0 ? seeds : SEEDS) rows.push(await rush(house, seed))
    console.log(table(['seed', 'confirmed', 'told so', 'in line', '5xx', 'deadlocks', 'seconds'], rows.map((row) => row.cells.map(String))))
    const { stdout } = await app.admin('check')
    console.log(`\n  ${stdout.trim() === '' ? 'check finds nothing wrong' : stdout.trim()}`)
    return rows.every(({ isRight }) => isRight) && stdout.trim() === '' ? 0 : 1
  } finally {
    await app.stop()
  }
}

async function rush(house: { port: number; databaseUrl: string; token: string }, seed: number) {
  const random = randomOf(seed)
  // Every other event has a line.
  const waitlist = seed % 2 === 0
  const { slug } = await anEvent(house, SEATS, waitlist)
  const before = await deadlocks(house)
  const forms = Array.from({ length: PEOPLE }, (_, n) => knock(slug, `rush-${seed}-${n}@example.org`, random()))
  let next = 0
  const { statuses, told, seconds } = await load({ port: house.port, connections: PEOPLE, next: () => forms[next++], told: /[?&](?:reponse|answer)=([a-z-]+)|"status":"([a-z]+)"/ })
  const [{ taken, waiting, confirmed }] = await query<{ taken: number; waiting: number; confirmed: number }>(house, `
    SELECT s.taken, s.waiting, (SELECT count(*)::int FROM "Registration" r WHERE r."eventId" = e.id AND r.status = 'confirmed') AS confirmed
    FROM "Seating" s JOIN "Event" e ON e.id = s."eventId" WHERE e.slug = $1`, [slug])
  const [wrong, locked] = [Object.entries(statuses).filter(([status]) => Number(status) >= 500).reduce((sum, [, count]) => sum + count, 0), (await deadlocks(house)) - before]
  const said = told.confirmed ?? 0
  const isRight = [confirmed, taken, said].every((one) => one === SEATS) && waiting === (waitlist ? PEOPLE - SEATS : 0) && wrong + locked === 0
  return { isRight, cells: [seed, confirmed, said, waiting, wrong, locked, seconds.toFixed(1)] }
}

/** One way in: the API, or the form in French or English. */
function knock(slug: string, email: string, chance: number) {
  const name = 'Personne'
  if (chance < 0.5) return request('POST', `/api/v1/events/${slug}/registrations`, { 'content-type': 'application/json' }, JSON.stringify({ name, email }))
  const path = chance < 0.75 ? `/rendez-vous/${slug}/inscription` : `/en/events/${slug}/registration`
  return request('POST', path, { 'content-type': 'application/x-www-form-urlencoded' }, new URLSearchParams({ name, email }).toString())
}

const deadlocks = async (house: { databaseUrl: string }) =>
  (await query<{ deadlocks: number }>(house, 'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()', []))[0].deadlocks
