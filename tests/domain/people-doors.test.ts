import { expect, test } from 'vitest'
import { actorOf } from '@/app/_session/bearer'
import { sessionCookie } from '@/app/_session/cookies'
import { system } from '@/lib/actor'
import { config } from '@/lib/config'
import { db } from '@/lib/db'
import { randomToken } from '@/lib/ids'
import { appoint } from '@/lib/people/appoint'
import { createToken } from '@/lib/people/create-token'
import { startSession } from '@/lib/people/keep-session'

const cli = system('command line')
const asked = (method: string, headers: Record<string, string>) => new Request(`${config().appUrl}/api/v1/events`, { method, headers })

async function organiser() {
  const appointed = await appoint(cli, { email: 'anne@example.org', role: 'organiser' })
  const made = await createToken(cli, { email: 'anne@example.org', name: 'the website' })
  const session = randomToken()
  if (!appointed.ok || !made.ok) throw new Error('not appointed')
  await startSession({ personId: appointed.value.id, token: session, expires: new Date(Date.now() + 60_000) })
  return { token: made.value.token, cookie: `other=1; ${sessionCookie().name}=${session}; last=2` }
}

test('a token acts for its person, from anywhere', async () => {
  const { token } = await organiser()
  for (const scheme of ['Bearer', 'bearer']) {
    const actor = await actorOf(asked('POST', { authorization: `${scheme} ${token}`, origin: 'https://elsewhere.example' }))
    expect(actor).toMatchObject({ ok: true, value: { kind: 'person', via: 'token', role: 'organiser' } })
  }
})

test('a token that opens nothing is refused, even beside a good cookie', async () => {
  const { cookie, token } = await organiser()
  for (const authorization of ['Bearer ', `Bearer ${token}x`, `Basic ${token}`, `Bearer ${token} ${token}`, 'Bearer \' OR 1=1', '']) {
    expect(await actorOf(asked('GET', { authorization, cookie }))).toEqual({ ok: false, reason: 'bad-token' })
  }
})

test('a cookie reads from anywhere, and acts from our own pages only', async () => {
  const { cookie } = await organiser()
  expect(await actorOf(asked('GET', { cookie, origin: 'https://elsewhere.example' }))).toMatchObject({ ok: true, value: { via: 'browser' } })
  expect(await actorOf(asked('POST', { cookie, origin: config().appUrl }))).toMatchObject({ ok: true, value: { via: 'browser' } })
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) {
    expect(await actorOf(asked(method, { cookie, origin: 'https://elsewhere.example' }))).toEqual({ ok: false, reason: 'cross-origin' })
    expect(await actorOf(asked(method, { cookie, 'sec-fetch-site': 'cross-site' }))).toEqual({ ok: false, reason: 'cross-origin' })
  }
})

test('who shows nothing is a guest, and so is who shows a session that is over', async () => {
  const { cookie } = await organiser()
  expect(await actorOf(asked('POST', { origin: 'https://elsewhere.example' }))).toEqual({ ok: true, value: { kind: 'guest' } })
  await db.loginSession.updateMany({ data: { expires: new Date(Date.now() - 1) } })
  expect(await actorOf(asked('POST', { cookie }))).toEqual({ ok: true, value: { kind: 'guest' } })
})
