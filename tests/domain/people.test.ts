import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Actor, guest, system } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { config } from '@/lib/config'
import { db } from '@/lib/db'
import { hashToken } from '@/lib/ids'
import { appoint } from '@/lib/people/appoint'
import { createToken } from '@/lib/people/create-token'
import { endSessions } from '@/lib/people/end-sessions'
import { enter } from '@/lib/people/enter'
import { endSession, startSession } from '@/lib/people/keep-session'
import { openLogin } from '@/lib/people/open-login'
import { proofHash } from '@/lib/people/proof'
import { challengeByLink, personBySession, sessionsOf } from '@/lib/people/queries'
import { personByToken } from '@/lib/people/recognise'
import { allow } from '@/lib/rate-limit'

const minutes = 60_000
const cli = system('command line')
const start = new Date('2026-11-23T08:00:00Z')

beforeEach(() => setClock(start))
afterEach(() => setClock(null))
const later = (milliseconds: number) => setClock(new Date(start.getTime() + milliseconds))

/** What the newest letter to an address holds. */
async function keysOf(address: string) {
  const letter = await db.letter.findFirstOrThrow({ where: { toAddress: address, kind: 'log-in' }, orderBy: { createdAt: 'desc' } })
  const { url, code } = letter.facts as { url: string; code: string }
  return { letter, url: new URL(url), token: new URL(url).searchParams.get('token') ?? '', code }
}

const ask = (address: string, actor: Actor = cli) => openLogin(actor, { address, locale: 'fr', network: '192.0.2.1' })
const byLink = (token: string) => enter(guest, { by: 'link', hash: proofHash(token) })
const byCode = (address: string, code: string) => enter(guest, { by: 'code', address, hash: proofHash(code) })
const another = (code: string, n = 1) => String((Number(code) + n) % 1_000_000).padStart(6, '0')

describe('asking for a letter', () => {
  test('the letter has a link to our page and a code, the rows only hashes of them', async () => {
    expect(await openLogin(guest, { address: ' Anne@Example.org ', locale: 'fr', returnTo: '/organiser' })).toEqual({ ok: true, value: { address: 'Anne@example.org' } })
    const { url, token, code, letter } = await keysOf('Anne@example.org')
    expect(url.pathname).toBe('/connexion/lien')
    expect(url.searchParams.get('returnTo')).toBe('/organiser')
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    expect(code).toMatch(/^\d{6}$/)
    const challenge = await db.loginChallenge.findFirstOrThrow()
    expect(challenge).toMatchObject({ linkHash: proofHash(token), codeHash: proofHash(code), addressFold: 'anne@example.org' })
    expect(letter.about).toBe(`login/${challenge.id}`)
    expect(JSON.stringify(challenge)).not.toContain(token)
  })

  test('the letter leads nowhere outside of the house', async () => {
    await openLogin(guest, { address: 'anne@example.org', locale: 'en', returnTo: '//elsewhere.example' })
    const { url } = await keysOf('anne@example.org')
    expect(url.pathname).toBe('/en/login/link')
    expect(url.searchParams.has('returnTo')).toBe(false)
  })

  test('a known and an unknown address get the same answer and the same rows, after the same statements', async () => {
    await appoint(cli, { email: 'known@example.org', role: 'admin' })
    const counted = async (address: string) => {
      const before = await db.person.count()
      const answer = await ask(address, guest)
      return { answer: JSON.stringify(answer).replace(address, '…'), people: (await db.person.count()) - before, letters: await db.letter.count({ where: { toAddress: address } }) }
    }
    expect(await counted('known@example.org')).toEqual(await counted('unknown@example.org'))
  })

  test('no answer is quicker for an address that nobody knows', async () => {
    await appoint(cli, { email: 'known@example.org', role: 'organiser' })
    const took = async (address: string) => {
      const began = performance.now()
      await ask(address)
      return performance.now() - began
    }
    const [known, unknown]: number[][] = [[], []]
    for (let round = 0; round < 15; round++) {
      known.push(await took('known@example.org'))
      unknown.push(await took('unknown@example.org'))
    }
    const median = (all: number[]) => all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]
    expect(Math.abs(median(known) - median(unknown))).toBeLessThan(25)
  })

  test.each([
    ['anne@example.org,eve@example.org', 'list'],
    ['anne@example.org; eve@example.org', 'list'],
    ['friends: anne@example.org, eve@example.org;', 'list'],
    ['anne@example.org\r\nBcc: eve@example.org', 'control'],
    ['anne@example.org\0', 'control'],
    ['anne\ud800@example.org', 'control'],
    ['anne＠example.org', 'homoglyph'],
    ['"anne@example.org>, <eve@elsewhere.example"@example.org', 'list'],
    ['"e@attacker.example"@example.org', 'malformed'],
    ['anne@example.org@elsewhere.example', 'malformed'],
    ['Anne <anne@example.org>', 'malformed'],
    ['anne', 'malformed'],
    ['', 'empty'],
    [`${'a'.repeat(2000)}@example.org`, 'too-long'],
  ])('%j is refused by its reason, and no letter is written', async (address, reason) => {
    expect(await ask(address, guest)).toEqual({ ok: false, reason: 'invalid', fields: [{ field: 'address', reason }] })
    expect(await db.letter.count()).toBe(0)
    expect(await db.loginChallenge.count()).toBe(0)
  })

  test('an address that nobody proved gets three letters an hour, and then the same answer without one', async () => {
    for (const address of ['anne@example.org', 'ANNE@example.org', 'anne@EXAMPLE.org']) expect((await ask(address, guest)).ok).toBe(true)
    expect(await openLogin(guest, { address: 'anne@example.org', locale: 'fr', network: '198.51.100.9' })).toEqual({ ok: true, value: { address: 'anne@example.org' } })
    expect(await db.letter.count()).toBe(3)
    later(60 * minutes + 1)
    expect((await ask('anne@example.org', guest)).ok).toBe(true)
    expect(await db.letter.count()).toBe(4)
  })

  test('a proven address gets ten; the eleventh is refused, proven or not', async () => {
    await appoint(cli, { email: 'anne@example.org', role: 'organiser' })
    for (const address of ['anne@example.org', 'zoe@example.org']) {
      const answers = []
      for (let n = 0; n < 11; n++) answers.push(await ask(address, guest))
      expect(answers.map(({ ok }) => ok)).toEqual([...Array<boolean>(10).fill(true), false])
    }
    expect(await db.letter.groupBy({ by: ['toAddress'], where: { kind: 'log-in' }, _count: true, orderBy: { toAddress: 'asc' } })).toMatchObject([{ _count: 10 }, { _count: 3 }])
  })

  test('three letters asked for at once thirty times are three', async () => {
    await Promise.all(Array.from({ length: 30 }, (_, n) => openLogin(guest, { address: 'anne@example.org', locale: 'fr', network: `192.0.2.${n}` })))
    expect(await db.letter.count()).toBe(3)
  })

  test('a network gets a hundred letters an hour', async () => {
    const answers = []
    for (let n = 0; n < 102; n++) answers.push(await ask(`person-${n}@example.org`, guest))
    expect(answers.filter(({ ok }) => ok)).toHaveLength(100)
    expect(await db.rateLimit.findMany({ where: { key: { contains: 'example' } } })).toEqual([])
  })
})

describe('entering', () => {
  test('the link creates the person, whose address is proven by it', async () => {
    await ask('Anne@example.org')
    const { token } = await keysOf('Anne@example.org')
    const entered = await byLink(token)
    expect(entered).toMatchObject({ ok: true, value: { address: 'Anne@example.org', addressFold: 'anne@example.org' } })
    expect(await db.person.findFirstOrThrow()).toMatchObject({ addressFold: 'anne@example.org', role: 'participant', provenAt: start, locale: 'fr', name: null })
  })

  test('looking at the link, as scanners do, uses nothing up', async () => {
    await ask('anne@example.org')
    const { token } = await keysOf('anne@example.org')
    for (let n = 0; n < 20; n++) expect(await challengeByLink(token)).toMatchObject({ address: 'anne@example.org' })
    expect(await db.person.count()).toBe(0)
    expect((await byLink(token)).ok).toBe(true)
  })

  test('the code opens as the link does, whatever the case of the address', async () => {
    await ask('anne@example.org')
    const { code, token } = await keysOf('anne@example.org')
    expect((await byCode('ANNE@Example.org', code)).ok).toBe(true)
    expect(await byLink(token)).toEqual({ ok: false, reason: 'gone' })
  })

  test('a link opens once, and the code with it is used up', async () => {
    await ask('anne@example.org')
    const { code, token } = await keysOf('anne@example.org')
    expect((await byLink(token)).ok).toBe(true)
    expect(await byLink(token)).toEqual({ ok: false, reason: 'gone' })
    expect(await byCode('anne@example.org', code)).toEqual({ ok: false, reason: 'gone' })
    expect(await challengeByLink(token)).toBeNull()
  })

  test('ten at once with one link are one', async () => {
    await ask('anne@example.org')
    const { token } = await keysOf('anne@example.org')
    const entered = await Promise.all(Array.from({ length: 10 }, () => byLink(token)))
    expect(entered.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test('after fifteen minutes neither opens', async () => {
    await ask('anne@example.org')
    const { code, token } = await keysOf('anne@example.org')
    later(15 * minutes)
    expect(await byLink(token)).toEqual({ ok: false, reason: 'gone' })
    expect(await byCode('anne@example.org', code)).toEqual({ ok: false, reason: 'gone' })
    expect(await db.person.count()).toBe(0)
  })

  test('five wrong codes close the door for the right one; the link, which nobody guesses, still opens', async () => {
    await ask('anne@example.org')
    const { code, token } = await keysOf('anne@example.org')
    for (const left of ['4', '3', '2', '1']) {
      expect(await byCode('anne@example.org', another(code))).toEqual({ ok: false, reason: 'wrong', fields: [{ field: 'code', reason: left }] })
    }
    expect(await byCode('anne@example.org', another(code))).toEqual({ ok: false, reason: 'used-up' })
    expect(await byCode('anne@example.org', another(code))).toEqual({ ok: false, reason: 'used-up' })
    expect(await byCode('anne@example.org', code)).toEqual({ ok: false, reason: 'used-up' })
    expect((await byLink(token)).ok).toBe(true)
  })

  test('fifty wrong codes at once are five tries, not more', async () => {
    await ask('anne@example.org')
    const { code } = await keysOf('anne@example.org')
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => byCode('anne@example.org', another(code, n + 1))))
    expect(answers.filter((answer) => !answer.ok && answer.reason === 'wrong')).toHaveLength(4)
    expect((await db.loginChallenge.findFirstOrThrow()).tries).toBe(5)
    expect(await byCode('anne@example.org', code)).toEqual({ ok: false, reason: 'used-up' })
  })

  test('a right code among fifty at once opens only as one of the first five', async () => {
    await ask('anne@example.org')
    const { code } = await keysOf('anne@example.org')
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => byCode('anne@example.org', n === 49 ? code : another(code, n + 1))))
    const { tries, usedAt } = await db.loginChallenge.findFirstOrThrow()
    expect(tries).toBeLessThanOrEqual(5)
    expect(answers.filter(({ ok }) => ok)).toHaveLength(usedAt ? 1 : 0)
  })

  test('the code of one address never opens another', async () => {
    await ask('anne@example.org')
    await ask('eve@example.org')
    const { code } = await keysOf('eve@example.org')
    expect((await byCode('anne@example.org', code)).ok).toBe(false)
    expect((await byCode('eve@example.org,anne@example.org', code)).ok).toBe(false)
    expect(await byCode('eve@example.org', code)).toMatchObject({ ok: true, value: { addressFold: 'eve@example.org' } })
  })

  test('of two letters either opens, and a try counts on both', async () => {
    await ask('anne@example.org')
    const first = await keysOf('anne@example.org')
    await ask('anne@example.org')
    await byCode('anne@example.org', 'no-code')
    expect((await db.loginChallenge.findMany()).map(({ tries }) => tries)).toEqual([1, 1])
    expect((await byCode('anne@example.org', first.code)).ok).toBe(true)
    expect(await db.loginChallenge.count({ where: { usedAt: null } })).toBe(0)
  })

  test('someone who asks often has no more tries than letters allow', async () => {
    await ask('anne@example.org')
    const { code } = await keysOf('anne@example.org')
    for (let n = 1; n <= 5; n++) await byCode('anne@example.org', another(code, n))
    await ask('anne@example.org')
    expect(await byCode('anne@example.org', code)).toMatchObject({ ok: false, reason: 'wrong', fields: [{ field: 'code', reason: '4' }] })
  })

  test('ADMIN_EMAIL becomes admin when they first log in, which the journal says', async () => {
    const settings = config()
    const before = settings.adminEmail
    settings.adminEmail = 'Boss@Example.org'
    try {
      await ask('boss@example.org')
      await byLink((await keysOf('boss@example.org')).token)
      await ask('anne@example.org')
      await byLink((await keysOf('anne@example.org')).token)
    } finally {
      settings.adminEmail = before
    }
    expect((await db.person.findMany({ orderBy: { addressFold: 'asc' } })).map(({ role }) => role)).toEqual(['participant', 'admin'])
    expect(await db.activity.findMany()).toMatchObject([{ verb: 'person.appoint', actorName: 'ADMIN_EMAIL', after: { role: 'admin' } }])
  })
})

describe('sessions', () => {
  const personId = async () => {
    const appointed = await appoint(cli, { email: 'anne@example.org', role: 'organiser' })
    return appointed.ok ? appointed.value.id : ''
  }

  test('a session is found by its token, of which the row keeps a hash, until it ends', async () => {
    const token = 'a'.repeat(43)
    await startSession({ personId: await personId(), token, expires: new Date('2200-01-01') })
    const row = await db.loginSession.findFirstOrThrow()
    expect(row.tokenHash).toBe(hashToken(token))
    expect(row.expires).toEqual(new Date(start.getTime() + 30 * 24 * 60 * minutes))
    expect(await personBySession(token)).toMatchObject({ kind: 'person', role: 'organiser', via: 'browser' })
    expect(await personBySession(row.tokenHash)).toBeNull()
    later(30 * 24 * 60 * minutes)
    expect(await personBySession(token)).toBeNull()
  })

  test('logging out ends it for good', async () => {
    const token = 'b'.repeat(43)
    await startSession({ personId: await personId(), token, expires: new Date('2026-12-01') })
    expect(await endSession(token)).toBe(true)
    expect(await endSession(token)).toBe(false)
    expect(await personBySession(token)).toBeNull()
  })

  test('one’s browsers are known by name; the others are logged out from here, and nobody else’s', async () => {
    const [mine, phone, theirs] = ['c', 'd', 'e'].map((letter) => letter.repeat(43))
    const id = await personId()
    const stranger = await appoint(cli, { email: 'other@example.org', role: 'organiser' })
    const expires = new Date('2026-12-01')
    await startSession({ personId: id, token: mine, expires, userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' })
    await startSession({ personId: id, token: phone, expires })
    await startSession({ personId: stranger.ok ? stranger.value.id : '', token: theirs, expires })
    expect((await sessionsOf(id, mine)).map(({ device, isThis }) => [device, isThis]).toSorted()).toEqual([[null, false], ['Firefox, Linux', true]].toSorted())
    const actor = await personBySession(mine)
    if (!actor) throw new Error('not logged in')
    expect(await endSessions({ ...actor, via: 'token' }, { token: mine })).toEqual({ ok: false, reason: 'forbidden' })
    const [{ id: foreign }] = await sessionsOf(stranger.ok ? stranger.value.id : '', undefined)
    expect(await endSessions(actor, { token: mine, id: foreign })).toEqual({ ok: true, value: { ended: 0 } })
    expect(await endSessions(actor, { token: mine })).toEqual({ ok: true, value: { ended: 1 } })
    expect([await personBySession(mine), await personBySession(phone), await personBySession(theirs)].map((one) => one !== null)).toEqual([true, false, true])
  })

  test('what is no token is not looked for', async () => {
    for (const text of ['', 'x', '\0', 'a b', "' OR 1=1", 'é'.repeat(30), 'a'.repeat(5000)]) expect(await personBySession(text)).toBeNull()
  })
})

describe('roles and tokens', () => {
  test('appointing creates the person, may be repeated, and takes nothing away', async () => {
    expect(await appoint(cli, { email: 'Anne@Example.org', role: 'admin' })).toMatchObject({ ok: true, value: { created: true, role: 'admin' } })
    expect(await appoint(cli, { email: 'anne@example.org', role: 'organiser' })).toMatchObject({ ok: true, value: { created: false, role: 'admin' } })
    expect(await db.person.count()).toBe(1)
    expect(await db.activity.count()).toBe(1)
    expect((await db.person.findFirstOrThrow()).provenAt).toBeNull()
  })

  test('ten appointments at once are one person', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, () => appoint(cli, { email: 'anne@example.org', role: 'organiser' })))
    expect(all.every(({ ok }) => ok)).toBe(true)
    expect(await db.activity.count()).toBe(1)
  })

  test('only admins appoint', async () => {
    await appoint(cli, { email: 'anne@example.org', role: 'organiser' })
    const anne = await actorFor('anne@example.org')
    expect(await appoint(anne, { email: 'anne@example.org', role: 'admin' })).toEqual({ ok: false, reason: 'forbidden' })
    expect(await appoint(guest, { email: 'anne@example.org', role: 'admin' })).toEqual({ ok: false, reason: 'forbidden' })
    expect(await appoint(cli, { email: 'a@b.example,c@d.example', role: 'admin' })).toMatchObject({ ok: false, reason: 'invalid' })
  })

  test('a token is told once; the row keeps its hash, and when it was used, to the minute', async () => {
    await appoint(cli, { email: 'anne@example.org', role: 'organiser' })
    const made = await createToken(cli, { email: 'Anne@example.org', name: 'the website' })
    const token = made.ok ? made.value.token : ''
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect((await db.apiToken.findFirstOrThrow()).hash).toBe(hashToken(token))
    expect(JSON.stringify([await db.apiToken.findMany(), await db.activity.findMany()])).not.toContain(token)

    expect(await personByToken(token)).toMatchObject({ kind: 'person', via: 'token', addressFold: 'anne@example.org' })
    later(30_000)
    await personByToken(token)
    expect((await db.apiToken.findFirstOrThrow()).lastUsedAt).toEqual(start)
    later(61_000)
    await personByToken(token)
    expect((await db.apiToken.findFirstOrThrow()).lastUsedAt).toEqual(new Date(start.getTime() + 61_000))
  })

  test('a token dies with its revocation and with its person’s role', async () => {
    await appoint(cli, { email: 'anne@example.org', role: 'organiser' })
    const made = await createToken(cli, { email: 'anne@example.org', name: 'the website' })
    const token = made.ok ? made.value.token : ''
    await db.person.updateMany({ data: { role: 'participant' } })
    expect(await personByToken(token)).toBeNull()
    await db.person.updateMany({ data: { role: 'admin' } })
    await db.apiToken.updateMany({ data: { revokedAt: start } })
    expect(await personByToken(token)).toBeNull()
    expect(await personByToken('c'.repeat(43))).toBeNull()
  })

  test('tokens are for organisers, and nobody but an admin makes another’s', async () => {
    await appoint(cli, { email: 'anne@example.org', role: 'organiser' })
    await appoint(cli, { email: 'boss@example.org', role: 'admin' })
    await db.person.create({ data: { address: 'eve@example.org', addressFold: 'eve@example.org' } })
    const anne = await actorFor('anne@example.org')
    expect(await createToken(cli, { email: 'eve@example.org', name: 'x' })).toEqual({ ok: false, reason: 'not-an-organiser' })
    expect(await createToken(cli, { email: 'nobody@example.org', name: 'x' })).toEqual({ ok: false, reason: 'unknown' })
    expect(await createToken(cli, { email: 'anne@example.org', name: ' ' })).toMatchObject({ ok: false, reason: 'invalid', fields: [{ field: 'name', reason: 'required' }] })
    expect(await createToken(anne, { email: 'boss@example.org', name: 'x' })).toEqual({ ok: false, reason: 'forbidden' })
    expect((await createToken(anne, { email: 'anne@example.org', name: 'x' })).ok).toBe(true)
    expect(await createToken({ ...anne, via: 'token' }, { email: 'anne@example.org', name: 'x' })).toEqual({ ok: false, reason: 'forbidden' })
    expect(await createToken(guest, { email: 'anne@example.org', name: 'x' })).toEqual({ ok: false, reason: 'forbidden' })
  })

  async function actorFor(addressFold: string) {
    const person = await db.person.findUniqueOrThrow({ where: { addressFold } })
    return { kind: 'person' as const, via: 'browser' as const, id: person.id, role: person.role, name: person.name, address: person.address, addressFold, addressFolds: [addressFold], locale: person.locale }
  }
})

describe('the limits', () => {
  test('the window slides, and says when to come back', async () => {
    const limit = { most: 2, seconds: 60 }
    expect(await allow('t', 'x', limit)).toEqual({ ok: true })
    later(30_000)
    expect(await allow('t', 'x', limit)).toEqual({ ok: true })
    later(40_000)
    expect(await allow('t', 'x', limit)).toEqual({ ok: false, retryAfter: 20 })
    expect(await allow('t', 'y', limit)).toEqual({ ok: true })
    later(60_000)
    expect(await allow('t', 'x', limit)).toEqual({ ok: true })
    expect(await allow('t', 'x', limit)).toEqual({ ok: false, retryAfter: 30 })
  })

  test('forty at once for ten are ten', async () => {
    const all = await Promise.all(Array.from({ length: 40 }, () => allow('t', 'x', { most: 10, seconds: 60 })))
    expect(all.filter(({ ok }) => ok)).toHaveLength(10)
  })
})
