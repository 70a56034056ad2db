import { db } from '@/lib/db'
import { renewFeed } from '@/lib/registrations/renew-feed'
import { during, load, request } from './load'
import { get, type Read } from './reading'
import { anEvent, type House } from './registering'
import { median } from './table'

const ROUNDS = 7
const SECONDS = 2
const EVERY_MS = 50

const READER = 'lectrice@example.org'

/** Everybody's feeds and one person's own, with twenty registrations, each as it is and for whoever has it already. */
export async function feedsToRead(house: House): Promise<Read[]> {
  const { data: themes } = await ask<{ data: { themes: string[] }[] }>(house, '/api/v1/events?limit=100')
  const theme = themes.flatMap((one) => one.themes)[0]
  const own = await ownFeed(house)
  return [
    { label: 'events.ics', path: '/feeds/events.ics' },
    { label: 'events.ics, 304', path: '/feeds/events.ics', unchanged: true },
    { label: 'events.atom', path: '/feeds/events.atom' },
    { label: 'events.json', path: '/feeds/events.json' },
    { label: "a theme's .ics", path: `/feeds/themes/${theme}.ics` },
    { label: "one's own .ics", path: own },
    { label: "one's own .ics, 304", path: own, unchanged: true },
  ]
}

let own: string | undefined

async function ownFeed(house: House): Promise<string> {
  if (own) return own
  for (let n = 0; n < 20; n++) {
    const { slug } = await anEvent(house)
    await ask(house, `/api/v1/events/${slug}/registrations`, { name: 'Qui lit', email: READER })
  }
  const person = await db.person.create({ data: { address: READER, addressFold: READER } })
  const made = await renewFeed({ kind: 'person', ...person, addressFolds: [person.addressFold], via: 'browser' })
  if (!made.ok) throw new Error(`No calendar address: ${made.reason}`)
  return (own = `/feeds/me/${made.value.token}.ics`)
}

/** Milliseconds of the first answer after an event has changed: the middle one of seven. */
export async function measureChanged(house: House, { path }: Read) {
  const { slug } = await anEvent(house)
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await ask(house, `/api/v1/events/${slug}`, { title: `Une mesure ${round}` }, 'PATCH')
    const begun = performance.now()
    const { status } = await get(house.port, path, { 'accept-encoding': 'gzip, deflate, br' })
    if (status !== 200) throw new Error(`${path} answers ${status}`)
    times.push(performance.now() - begun)
  }
  return median(times)
}

/** Answers a second on 32 connections while somebody registers twenty times a second, which no feed shows. */
export async function measureBeside(house: House, { path }: Read) {
  const { slug } = await anEvent(house)
  let isOver = false
  const registering = (async () => {
    for (let n = 0; !isOver; n++) {
      const begun = performance.now()
      await ask(house, `/api/v1/events/${slug}/registrations`, { name: `Personne ${n}`, email: `pendant-${n}@example.org` })
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, EVERY_MS - (performance.now() - begun))))
    }
  })()
  const { count, seconds } = await load({ port: house.port, connections: 32, next: during(SECONDS, request('GET', path, { 'accept-encoding': 'gzip, deflate, br' })) })
  isOver = true
  await registering
  return count / seconds
}

async function ask<Answer>({ port, token }: House, path: string, body?: object, method = body ? 'POST' : 'GET') {
  const answer = await fetch(`http://localhost:${port}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${method} ${path} answers ${answer.status}: ${await answer.text()}`)
  return (await answer.json()) as Answer
}
