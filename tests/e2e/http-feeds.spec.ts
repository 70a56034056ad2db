import { createHash } from 'node:crypto'
import pg from 'pg'
import { runningPostgres } from '@/server/postgres'
import { expect, type House, test } from '@/tests/support/house'
import { send } from '@/tests/support/http'

// What a calendar meets at the door of the whole program, where answers are kept and packed.

const TOKEN = 'feedfeedfeedfeedfeedfeedfeedfeed'

async function ask(house: House, statement: string, values: unknown[] = []) {
  const client = new pg.Client({ connectionString: await runningPostgres(house.dataDir) })
  await client.connect()
  try {
    await client.query(statement, values)
  } finally {
    await client.end()
  }
}

/** Somebody whose own calendar is at TOKEN, with seats at twelve events. */
async function aReader(house: House) {
  for (let n = 0; n < 12; n++) {
    const slug = await house.anEvent({ title: `Rencontre ${n}`, summary: 'Une heure ensemble, autour d’un rapport.' })
    await house.api('POST', `/events/${slug}/registrations`, { name: 'Lou', email: 'lou@example.org' }, { token: null })
  }
  await ask(house, `INSERT INTO "Person" (id, address, "addressFold", "feedHash") VALUES (gen_random_uuid(), 'lou@example.org', 'lou@example.org', $1) ON CONFLICT ("addressFold") DO UPDATE SET "feedHash" = excluded."feedHash"`, [
    createHash('sha256').update(TOKEN).digest('hex'),
  ])
}

const PASSING = ['date', 'connection', 'keep-alive']
const still = (headers: Headers) => Object.fromEntries([...headers].filter(([name]) => !PASSING.includes(name)))

test('each coding of a feed has its own strong tag, its 304 and its HEAD, for everybody and for one', async ({ house }) => {
  await aReader(house)
  for (const path of ['/feeds/events.ics', '/feeds/events.atom?lang=en', '/feeds/events.json?all=1&x=y', `/feeds/me/${TOKEN}.ics`]) {
    const isOwn = path.includes('/me/')
    const tags = new Set<string>()
    for (const coding of ['identity', 'gzip', 'br']) {
      const headers = { 'Accept-Encoding': coding }
      const get = await send(house.url + path, { headers })
      const head = await send(house.url + path, { method: 'HEAD', headers })
      expect([get.status, head.status, head.text]).toEqual([200, 200, ''])
      expect(still(head.headers)).toEqual(still(get.headers))
      expect(get.headers.get('content-encoding')).toBe(coding === 'identity' ? null : coding)
      expect(Number(get.headers.get('content-length'))).toBeGreaterThan(100)
      expect(get.headers.get('vary')?.match(/accept-encoding/gi)).toHaveLength(1)
      expect([get.headers.get('set-cookie'), get.headers.get('location')]).toEqual([null, null])
      expect(get.headers.get('cache-control')).toBe(isOwn ? 'private, no-cache' : 'no-cache')
      expect(get.headers.get('access-control-allow-origin')).toBe(isOwn ? null : '*')
      if (isOwn) expect([get.headers.get('referrer-policy'), get.headers.get('x-robots-tag')]).toEqual(['no-referrer', 'noindex'])
      const tag = get.headers.get('etag') ?? ''
      expect(tag).toMatch(/^"[\w-]+"$/)
      tags.add(tag)
      const date = get.headers.get('last-modified') ?? ''
      const conditions: Record<string, string>[] = [{ 'If-None-Match': tag }, { 'If-None-Match': `"x", W/${tag}` }, { 'If-Modified-Since': date }]
      for (const condition of conditions) {
        for (const method of ['GET', 'HEAD']) {
          const same = await send(house.url + path, { method, headers: { ...headers, ...condition } })
          expect([same.status, same.text, same.headers.get('etag'), same.headers.get('last-modified')]).toEqual([304, '', tag, date])
        }
      }
    }
    expect(tags.size).toBe(3)
  }
})

test('methods that calendars try are none of ours, a page of another site may ask, and one’s own calendar is for no page', async ({ house }) => {
  await aReader(house)
  for (const path of ['/feeds/events.ics', `/feeds/me/${TOKEN}.ics`]) {
    for (const method of ['PROPFIND', 'REPORT', 'PUT', 'POST', 'DELETE', 'PATCH', 'MKCALENDAR']) {
      const refused = await send(house.url + path, { method })
      expect([method, refused.status, refused.headers.get('allow')]).toEqual([method, 405, 'GET, HEAD, OPTIONS'])
    }
    const may = await send(house.url + path, { method: 'OPTIONS', headers: { Origin: 'https://ailleurs.example', 'Access-Control-Request-Method': 'GET', 'Access-Control-Request-Headers': 'if-none-match' } })
    expect([may.status, may.headers.get('access-control-allow-headers')?.includes('If-None-Match') ?? false]).toEqual([204, path === '/feeds/events.ics'])
  }
})

test('a change is in the very next answer, a seat is not, and no secret address is in what the program says', async ({ house }) => {
  const slug = await house.anEvent({ title: 'Avant' })
  const feed = `${house.url}/feeds/events/${slug}.ics`
  const tag = async () => (await send(feed)).headers.get('etag')
  const before = await tag()
  await house.api('POST', `/events/${slug}/registrations`, { name: 'Max', email: 'max@example.org' }, { token: null })
  expect(await tag()).toBe(before)
  for (let n = 0; n < 20; n++) {
    expect((await house.api('PATCH', `/events/${slug}`, { title: `Après ${n}` })).status).toBe(200)
    expect((await send(feed)).text).toContain(`SUMMARY:Après ${n}\r\n`)
  }
  expect((await send(`${house.url}/feeds/me/${'a'.repeat(32)}.ics`)).status).toBe(404)
  await send(`${house.url}/feeds/me/${TOKEN}.ics`)
  expect(house.output()).not.toContain(TOKEN)
})
