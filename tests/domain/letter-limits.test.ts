import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { mayRegister, mayTryCode, codeWasRight } from '@/app/_session/registration-limit'
import { guest, system } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db, inTransaction } from '@/lib/db'
import { claim } from '@/lib/mail/claim'
import { appoint } from '@/lib/people/appoint'
import { letterTurn } from '@/lib/people/letter-turn'
import { openLogin } from '@/lib/people/open-login'
import { proveAddress } from '@/lib/people/prove-address'
import { allow, allowAll, nextTurn } from '@/lib/rate-limit'
import { register } from '@/lib/registrations/register'
import { anEvent } from '@/tests/support/events'
import { write } from '@/tests/support/mail'

const start = new Date('2026-11-23T08:00:00Z')
const minute = 60_000
const at = (minutes: number) => new Date(start.getTime() + minutes * minute)
const minutesOf = (turns: (Date | undefined)[]) => turns.map((turn) => turn && (turn.getTime() - start.getTime()) / minute)

beforeEach(() => setClock(start))
afterEach(() => setClock(null))

const victim = 'victim@theatre.example'
const address = 'Victim@theatre.example'

async function turns(count: number) {
  const all: (Date | undefined)[] = []
  for (let number = 0; number < count; number++) all.push(await letterTurn(victim))
  return minutesOf(all)
}

describe('a turn', () => {
  test('three are at once, the fourth is in an hour, the seventh in two', async () => {
    expect(await turns(8)).toEqual([undefined, undefined, undefined, 60, 60, 60, 120, 120])
  })

  test('no hour holds more than three, however they are asked for', async () => {
    const taken: number[] = []
    for (const minutes of [0, 10, 50, 55, 61, 65, 75, 130, 131, 132, 133, 200, 400]) {
      setClock(at(minutes))
      const turn = await nextTurn('letters', victim, { most: 3, seconds: 3600 })
      expect(turn.getTime()).toBeGreaterThanOrEqual(at(minutes).getTime())
      taken.push((turn.getTime() - start.getTime()) / minute)
    }
    expect(taken).toEqual([0, 10, 50, 60, 70, 110, 120, 130, 170, 180, 190, 230, 400])
    for (const one of taken) expect(taken.filter((other) => other >= one && other < one + 60).length).toBeLessThanOrEqual(3)
  })

  test('thirty asked for at once are three an hour for ten hours', async () => {
    const all = await Promise.all(Array.from({ length: 30 }, () => letterTurn(victim)))
    const hours = Map.groupBy(minutesOf(all).map((minutes) => (minutes ?? 0) / 60), (hour) => hour)
    expect([...hours.entries()].toSorted(([a], [b]) => a - b).map(([hour, them]) => [hour, them.length])).toEqual(Array.from({ length: 10 }, (_, hour) => [hour, 3]))
  })

  test('one that was reserved by an act that did not happen is free again', async () => {
    const undone = inTransaction(async (tx) => {
      for (let number = 0; number < 3; number++) await letterTurn(victim, tx)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await turns(4)).toEqual([undefined, undefined, undefined, 60])
  })

  test('is not asked of whoever proved the address, or was given a role', async () => {
    await inTransaction((tx) => proveAddress(tx, { address, fold: victim, locale: 'fr' }))
    expect(await turns(10)).toEqual(Array(10).fill(undefined))
    await appoint(system('test'), { email: 'organiser@theatre.example', role: 'organiser' })
    const turn = await Promise.all(Array.from({ length: 5 }, () => letterTurn('organiser@theatre.example')))
    expect(turn.filter(Boolean)).toEqual([])
    expect(await db.rateLimit.count()).toBe(0)
  })

  test('log-in letters and registrations share the three', async () => {
    await turns(2)
    const ask = () => openLogin(guest, { address, locale: 'fr', network: '192.0.2.1' })
    expect([await ask(), await ask()].map(({ ok }) => ok)).toEqual([true, true])
    expect(await db.letter.count({ where: { kind: 'log-in' } })).toBe(1)
    expect(await turns(1)).toEqual([60])
  })
})

describe('a letter that waits for its turn', () => {
  test('is written, leaves when it is due, and nothing of the visitor’s is refused', async () => {
    setClock(null)
    await write({ to: { address }, turn: new Date(Date.now() + 3_600_000) })
    expect(await claim(10)).toEqual([])
    await db.letter.updateMany({ data: { dueAt: new Date(Date.now() - 1000) } })
    expect(await claim(10)).toHaveLength(1)
  })

  test('is due at once when the address is proven, and a reminder of the day after stays where it is', async () => {
    setClock(null)
    const tomorrow = new Date(Date.now() + 86_400_000)
    await write({ to: { address }, turn: new Date(Date.now() + 3_600_000) })
    await write({ to: { address }, dueAt: tomorrow })
    await write({ to: { address: 'somebody.else@theatre.example' }, turn: tomorrow })
    await inTransaction((tx) => proveAddress(tx, { address, fold: victim, locale: 'fr' }))
    expect((await claim(10)).map(({ toAddress }) => toAddress)).toEqual([address])
    expect(await db.letter.count({ where: { status: 'queued', dueAt: { gt: new Date() } } })).toBe(2)
  })

  test('never overtakes its own day: a reminder that also waits for a turn keeps the later of both', async () => {
    setClock(null)
    const tomorrow = new Date(Date.now() + 86_400_000)
    await write({ dueAt: tomorrow, turn: new Date(Date.now() + 3_600_000) })
    expect((await db.letter.findFirstOrThrow()).dueAt).toEqual(tomorrow)
  })
})

describe('proving an address', () => {
  const prove = (name?: string) => inTransaction((tx) => proveAddress(tx, { address, fold: victim, name, locale: 'en' }))

  test('makes the person once, with a name where none stands', async () => {
    await Promise.all([prove(), prove(), prove()])
    await prove('Zoé Martin')
    await prove('Somebody Else')
    expect(await db.person.findMany()).toMatchObject([{ address, addressFold: victim, name: 'Zoé Martin', locale: 'en', provenAt: start }])
  })

  test('of a second address leads to the person whose it is', async () => {
    const person = await db.person.create({ data: { address: 'first@theatre.example', addressFold: 'first@theatre.example', provenAt: start } })
    await db.otherAddress.create({ data: { addressFold: victim, address, personId: person.id, provenAt: start } })
    expect((await prove('Zoé')).id).toBe(person.id)
    expect(await db.person.count()).toBe(1)
  })
})

describe('several limits in one statement', () => {
  const limit = { most: 2, seconds: 60 }
  const both = (who: string) => allowAll([{ what: 'net', who: 'n', limit: { most: 5, seconds: 600 } }, { what: 'address', who, limit }])

  test('allow while all of them do, and say how long the longest refuses', async () => {
    expect([await both('a'), await both('a')]).toEqual([{ ok: true }, { ok: true }])
    expect(await both('a')).toEqual({ ok: false, retryAfter: 60 })
    setClock(new Date(start.getTime() + 20_000))
    expect(await both('a')).toEqual({ ok: false, retryAfter: 40 })
    setClock(new Date(start.getTime() + 60_001))
    expect(await both('a')).toEqual({ ok: true })
    expect(await both('b')).toEqual({ ok: false, retryAfter: 540 })
  })

  test('count exactly, whoever asks at once, and lock nobody in', async () => {
    const asked = await Promise.all(Array.from({ length: 60 }, (_, n) => allowAll([
      { what: n % 2 ? 'x' : 'y', who: 'a', limit: { most: 50, seconds: 60 } },
      { what: n % 2 ? 'y' : 'x', who: 'a', limit: { most: 25, seconds: 60 } },
    ])))
    expect(asked).toHaveLength(60)
    const rows = await db.rateLimit.findMany()
    expect(rows.every(({ hits }) => hits.length >= 25 && hits.length <= 50)).toBe(true)
  })

  test('an address registers forty times a day and no more, a network six hundred times in ten minutes', async () => {
    const said = []
    for (let n = 0; n < 42; n++) {
      setClock(at(n))
      said.push((await mayRegister('192.0.2.1', victim)).ok)
    }
    expect(said.indexOf(false)).toBe(40)
    expect(await mayRegister('192.0.2.1', 'other@theatre.example')).toEqual({ ok: true })
  })

  test('the count of one is that of all', async () => {
    expect((await allow('address', 'a', limit)).ok && (await both('a')).ok).toBe(true)
    expect((await allow('address', 'a', limit)).ok).toBe(false)
  })
})

describe('entry codes', () => {
  test('thirty wrong ones an hour for a network; right ones are not counted', async () => {
    for (let n = 0; n < 45; n++) {
      expect((await mayTryCode('192.0.2.1')).ok).toBe(true)
      await codeWasRight('192.0.2.1')
    }
    const tries = await Promise.all(Array.from({ length: 50 }, () => mayTryCode('192.0.2.1')))
    expect(tries.filter(({ ok }) => ok)).toHaveLength(30)
    expect((await mayTryCode('192.0.2.2')).ok).toBe(true)
    setClock(at(61))
    expect((await mayTryCode('192.0.2.1')).ok).toBe(true)
  })
})

describe('registering, from outside', () => {
  test('the fourth seat of an address that nobody proved is taken like the others, and told in an hour', async () => {
    setClock(null)
    const slugs = []
    for (let n = 0; n < 5; n++) slugs.push((await anEvent({ capacity: 1, waitlist: true })).slug)
    const said = []
    for (const slug of slugs) said.push(await register(guest, slug, { name: 'Zoé', email: address }, 'form'))
    expect(said.map((one) => one.ok && one.value.status)).toEqual(Array(5).fill('confirmed'))
    expect(await claim(20)).toHaveLength(3)
    const waiting = await db.letter.findMany({ where: { status: 'queued' }, orderBy: { dueAt: 'asc' } })
    expect(waiting.map(({ heldFor }) => heldFor)).toEqual([victim, victim])
    for (const { dueAt } of waiting) expect(Math.round((dueAt.getTime() - Date.now()) / 60_000)).toBeGreaterThanOrEqual(59)

    await inTransaction((tx) => proveAddress(tx, { address, fold: victim, locale: 'fr' }))
    expect(await claim(20)).toHaveLength(2)
  })

  test('a seat that was refused uses up no turn, nor does what was said already, nor what an organiser does', async () => {
    setClock(null)
    const full = await anEvent({ capacity: 1 })
    await register(guest, full.slug, { name: 'First', email: 'first@theatre.example' }, 'form')
    for (let n = 0; n < 4; n++) expect((await register(guest, full.slug, { name: 'Zoé', email: address }, 'form')).ok).toBe(false)
    const open = await anEvent()
    for (let n = 0; n < 6; n++) await register(guest, open.slug, { name: 'Zoé', email: address }, 'api')
    for (let n = 0; n < 5; n++) await register(system('test'), (await anEvent()).slug, { name: 'Zoé', email: address }, 'organiser')
    expect(await turns(2)).toMatchObject([undefined, expect.any(Number)])
    expect(await db.letter.count({ where: { toAddress: address, heldFor: { not: null } } })).toBe(0)
  })
})
