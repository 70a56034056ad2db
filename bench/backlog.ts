import { each, load, request } from './load'
import { get } from './reading'
import { anEvent, type House, query } from './registering'

const LETTERS = 1000
const EVERY_MS = 25

/** How long a page takes that is made anew, asked for forty times a second: alone, and while a thousand letters leave. */
export async function measureBacklog(house: House, path: string) {
  const { slug } = await anEvent(house)
  const forms = Array.from({ length: LETTERS }, (_, n) =>
    request('POST', `/api/v1/events/${slug}/registrations`, { 'content-type': 'application/json' }, JSON.stringify({ name: `Personne ${n}`, email: `personne-${n}@example.org` })),
  )
  await load({ port: house.port, connections: 20, next: each(forms) })
  await drained(house)
  const alone = await askFor(house.port, path, async () => void (await new Promise((resolve) => setTimeout(resolve, 4_000))))
  const begun = performance.now()
  await query(
    house,
    `UPDATE "Letter" SET status = 'queued', "composedAt" = NULL, "sentAt" = NULL, "dueAt" = now() WHERE "eventId" = (SELECT id FROM "Event" WHERE slug = $1)`,
    [slug],
  )
  const beside = await askFor(house.port, path, () => drained(house))
  return { alone, beside, letters: LETTERS, seconds: (performance.now() - begun) / 1000 }
}

/** Milliseconds of the pages that were asked for meanwhile: the middle one, and the one that nineteen of twenty are quicker than. */
async function askFor(port: number, path: string, meanwhile: () => Promise<void>) {
  const times: number[] = []
  let isOver = false
  void meanwhile().then(() => (isOver = true))
  while (!isOver) {
    const begun = performance.now()
    await get(port, path, { cookie: 'parlons-en.session=nobody' })
    times.push(performance.now() - begun)
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, EVERY_MS - (performance.now() - begun))))
  }
  times.sort((a, b) => a - b)
  return { median: times[times.length >> 1], p95: times[Math.floor(times.length * 0.95)] }
}

async function drained(house: House) {
  for (;;) {
    const [{ left }] = await query<{ left: number }>(house, `SELECT count(*)::int AS left FROM "Letter" WHERE status IN ('queued', 'sending') AND "dueAt" <= now()`, [])
    if (left === 0) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
