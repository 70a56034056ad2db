import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { guest } from '@/lib/actor'
import { lineNamed, entriesOf, mailboxIn, methodOf, readFile, valueNamed } from '@/lib/calendar/calendar-file'
import { orderRules } from '@/lib/calendar/invitation-rules'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { edit } from '@/lib/events/edit'
import { putBackOn } from '@/lib/events/put-back-on'
import { capability } from '@/lib/ids'
import { addCompanion, removeCompanion } from '@/lib/registrations/add-companion'
import { cancel } from '@/lib/registrations/cancel'
import { changeAddress } from '@/lib/registrations/change-address'
import { comeBack } from '@/lib/registrations/come-back'
import { confirmAddress } from '@/lib/registrations/confirm-address'
import { rename } from '@/lib/registrations/rename'
import { check } from '@/lib/worker/check'
import { anEvent, house, must, signUp } from '@/tests/support/events'
import { filesTo } from '@/tests/support/invitations'
import { settle } from '@/tests/support/jobs'
import { cleanDatabase } from '@/tests/support/own-database'

beforeEach(() => setClock(new Date('2026-11-23T08:00:00Z')))
afterEach(() => setClock(null))

type World = { slug: string; ids: [string, string]; step: number }

const linkTo = async (id: string) => ({ token: capability('manage', id, (await db.registration.findUniqueOrThrow({ where: { id } })).generation) })

/** What people do in any order; what the house refuses is refused. */
const acts: Record<string, (world: World, who: 0 | 1) => Promise<unknown>> = {
  move: ({ slug, step }) => edit(house, slug, { startsAt: `2027-02-${String(1 + (step % 27)).padStart(2, '0')}T09:00`, endsAt: `2027-02-${String(1 + (step % 27)).padStart(2, '0')}T10:00` }),
  rename: ({ slug, step }) => edit(house, slug, { title: `Café, le nº ${step}` }),
  'hold elsewhere': ({ slug, step }) => edit(house, slug, { venue: { name: `Salle ${step % 3}` } }),
  'say more': ({ slug, step }) => edit(house, slug, { summary: `Et aussi ${step}.` }),
  'call off': ({ slug }) => callOff(house, slug),
  'put back on': ({ slug }) => putBackOn(house, slug),
  'one seat': ({ slug }) => edit(house, slug, { capacity: 1 }),
  'three seats': ({ slug }) => edit(house, slug, { capacity: 3 }),
  cancel: async ({ ids }, who) => cancel(guest, await linkTo(ids[who])),
  'come back': async ({ ids }, who) => comeBack(guest, await linkTo(ids[who])),
  'sign up again': async ({ slug, ids }, who) => signUp(slug, (await db.registration.findUniqueOrThrow({ where: { id: ids[who] } })).address),
  'bring somebody': async ({ ids, step }, who) => addCompanion(guest, await linkTo(ids[who]), `Collègue ${step}`),
  'come alone': async ({ ids }, who) => {
    const companion = await db.companion.findFirst({ where: { registrationId: ids[who] } })
    return companion && removeCompanion(guest, await linkTo(ids[who]), companion.id)
  },
  'another name': async ({ ids, step }, who) => rename(guest, await linkTo(ids[who]), `Anne Martin ${step}`),
  'another address': async ({ ids, step }, who) => {
    await changeAddress(guest, await linkTo(ids[who]), `anne-${step % 3}@x.example`)
    const asked = await db.addressChange.findFirst({ where: { registrationId: ids[who], usedAt: null }, orderBy: { createdAt: 'desc' } })
    return asked && confirmAddress(guest, capability('address-change', asked.id))
  },
}

const story = fc.array(fc.record({ act: fc.constantFrom(...Object.keys(acts)), who: fc.constantFrom(0 as const, 1 as const), wait: fc.boolean() }), { minLength: 3, maxLength: 9 })

/** The number rises whenever what is said differs; who and what it is about never changes. */
async function followsInOrder() {
  const letters = await db.letter.findMany({ where: { calendar: { not: null } }, select: { about: true, toAddress: true }, distinct: ['about', 'toAddress'] })
  const uids = new Set<string | undefined>()
  for (const { about, toAddress } of letters) {
    const told = (await filesTo(toAddress)).filter((letter) => letter.about === about).map(({ calendar }) => readFile(calendar))
    expect(new Set(told.map((file) => mailboxIn(lineNamed(entriesOf(file)[0], 'ORGANIZER')))).size).toBe(1)
    for (const file of told) uids.add(valueNamed(entriesOf(file)[0], 'UID'))
    for (const [place, file] of told.entries()) {
      if (place === 0) continue
      expect(orderRules[8]({ before: told[place - 1], file }), `to ${toAddress}: ${told.map(({ text }) => text).join('\n')}`).toEqual([])
    }
  }
  expect(uids.size).toBeLessThanOrEqual(1)
}

/** What the last word to each address was is what is true of it. */
async function saysWhatIsTrue() {
  for (const { status, address, event } of await db.registration.findMany({ include: { event: true } })) {
    const last = (await filesTo(address)).at(-1)
    const entry = last && readFile(last.calendar)
    const said = entry && `${methodOf(entry)} ${valueNamed(entriesOf(entry)[0], 'STATUS') ?? ''}`.trim()
    // An entry that was withdrawn stays so: who is not registered any more is not told that the event is on again.
    const expected = status === 'cancelled' || event.status === 'called_off' ? [undefined, 'CANCEL', 'CANCEL CANCELLED'] : [status === 'confirmed' ? 'REQUEST CONFIRMED' : 'REQUEST TENTATIVE']
    expect(expected, `${status}, ${event.status}, ${address}`).toContain(said)
  }
}

test('in whatever order people act, each calendar ends with what is true, by numbers that never fall', { timeout: 240_000 }, async () => {
  await fc.assert(fc.asyncProperty(story, async (steps) => {
    await cleanDatabase()
    const { slug } = await anEvent({ capacity: 1, waitlist: true, mode: 'in-person', venue: { name: 'Salle 0' }, companionsMost: 2 })
    const ids = [must(await signUp(slug, 'anne@x.example')).registrationId, must(await signUp(slug, 'zoe@x.example')).registrationId] as [string, string]
    await settle()
    for (const [step, { act, who, wait }] of steps.entries()) {
      await acts[act]({ slug, ids, step: step + 1 }, who)
      // What is said at once, and what piles up and is said later, must both be in order.
      if (!wait) await settle()
    }
    await settle()
    await followsInOrder()
    await saysWhatIsTrue()
    expect(await check()).toEqual([])
  }), { numRuns: 25 })
})
