import { describe, expect, test } from 'vitest'
import * as change from '@/app/[locale]/(public)/registrations/[token]/change/route'
import { db } from '@/lib/db'
import { knock } from '@/tests/support/doors'
import { anEvent, linkOf, must, signUp } from '@/tests/support/events'

// The buttons of a letter's page: what they do, and what does nothing.

const address = 'zoe@letter.example'

async function registered(said: Parameters<typeof anEvent>[0] = {}) {
  const { slug } = await anEvent({ capacity: 3, ...said })
  must(await signUp(slug, address))
  const { id } = await db.registration.findFirstOrThrow({ where: { addressFold: address } })
  const { token } = linkOf(id)
  const press = async (fields: Record<string, string>) =>
    (await knock(change, `/inscriptions/${token}/modifier`, { body: new URLSearchParams(fields).toString(), headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, params: { locale: 'fr', token } })).headers.get('location')
  return { id, token, press, row: () => db.registration.findUniqueOrThrow({ where: { id }, include: { steps: { orderBy: { id: 'asc' } } } }) }
}

describe('the buttons of a letter’s page', () => {
  test('a GET changes nothing, nor does an act that nobody knows', async () => {
    const { token, press, row } = await registered()
    const before = await row()
    const looked = await knock(change, `/inscriptions/${token}/modifier`, { params: { locale: 'fr', token } })
    expect([looked.status, looked.headers.get('location')]).toEqual([303, `/inscriptions/${token}`])
    for (const act of ['', 'toString', '__proto__', 'admit']) expect(await press({ act })).toBe(`/inscriptions/${token}`)
    expect(await row()).toEqual(before)
  })

  test('a seat is given back and taken back, told in the story', async () => {
    const { token, press, row } = await registered()
    expect(await press({ act: 'cancel' })).toBe(`/inscriptions/${token}?said=cancelled`)
    expect(await press({ act: 'take-back' })).toBe(`/inscriptions/${token}?said=back`)
    const { status, steps } = await row()
    expect([status, steps.map(({ reason }) => reason)]).toEqual(['confirmed', ['form', 'cancelled', 'taken-back']])
  })

  test('a name is put right without a letter; an empty one, or one that leads somewhere, is refused', async () => {
    const { token, press, row } = await registered()
    const letters = await db.letter.count()
    for (const name of [' ', 'Zoé https://mal.example']) expect(await press({ act: 'name', name })).toBe(`/inscriptions/${token}?said=invalid`)
    expect(await press({ act: 'name', name: '  Zoé   Martin ' })).toBe(`/inscriptions/${token}?said=named`)
    const { name, steps } = await row()
    expect([name, steps.at(-1)?.reason, await db.letter.count()]).toEqual(['Zoé Martin', 'name-corrected', letters])
  })

  test('what cannot be done says why', async () => {
    const { token, press } = await registered({ companionsMost: 0 })
    expect(await press({ act: 'accept' })).toContain(token)
    expect(await press({ act: 'add', name: 'Paul Rey' })).toBe(`/inscriptions/${token}?said=too-many-companions`)
    expect(await press({ act: 'switch', place: 'room' })).toBe(`/inscriptions/${token}?said=not-among`)
    expect(await press({ act: 'ask', words: 'Bonjour' })).toBe(`/inscriptions/${token}?said=not-pending`)
    expect(await press({ act: 'address', email: address })).toBe(`/inscriptions/${token}?said=invalid`)
  })

  test('pressing and pressing again has the limits of registering', async () => {
    const { token, press } = await registered()
    const said: (string | null)[] = []
    for (let turn = 0; turn < 25; turn++) said.push(await press({ act: turn % 2 ? 'take-back' : 'cancel' }))
    expect(said.at(-1)).toBe(`/inscriptions/${token}?said=too-many`)
    expect(await db.letter.count()).toBeLessThan(25)
  })
})
