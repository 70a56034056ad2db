import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guest } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { edit } from '@/lib/events/edit'
import { publish } from '@/lib/events/publish'
import { remindersOf } from '@/lib/events/queries'
import { remindersInput } from '@/lib/events/schema'
import { setReminders } from '@/lib/events/set-reminders'
import { plainKind } from '@/lib/mail/rules'
import { cancel } from '@/lib/registrations/cancel'
import { remindDue } from '@/lib/registrations/remind'
import { compose } from '@/lib/worker/compose'
import { aDraft, anEvent, house, linkOf, must, signUp } from '@/tests/support/events'

const at = (instant: string) => setClock(new Date(instant))
beforeEach(() => at('2026-11-23T08:00:00Z'))
afterEach(() => setClock(null))

const reminders = async () => (await db.letter.findMany({ where: { kind: { startsWith: 'reminder' } }, orderBy: [{ createdAt: 'asc' }, { toAddress: 'asc' }] }))
const reminded = async () => (await reminders()).map(({ toAddress }) => toAddress)
const setOf = async (slug: string, rules: unknown[]) => must(await setReminders(house, slug, remindersInput.parse({ reminders: rules })))
const dueOf = async (eventId: string) => (await remindersOf(eventId)).map(({ dueAt }) => dueAt?.toISOString() ?? null)

/** Thursday 14 January 2027 at 9 in Paris: due on the 13th at 8:00Z, and on the 14th at 7:00Z. */
const dayBefore = '2027-01-13T08:00:00Z'
const hourBefore = '2027-01-14T07:00:00Z'
const start = '2027-01-14T08:00:00Z'

describe('when a reminder is due', () => {
  test('a new event reminds the day before at the same hour, and an hour before', async () => {
    const { id } = await anEvent()
    expect(await dueOf(id)).toEqual([dayBefore, hourBefore].map((one) => new Date(one).toISOString()))
  })

  test('everybody with a seat is written to, once; those in line and those who left are not', async () => {
    const { slug } = await anEvent({ capacity: 2, waitlist: true })
    for (const name of ['anne', 'zoe', 'max', 'lea']) must(await signUp(slug, `${name}@x.example`))
    const gone = must(await signUp(slug, 'tom@x.example'))
    must(await cancel(guest, linkOf(gone.registrationId)))
    at('2027-01-13T07:59:59Z')
    expect(await remindDue()).toBe(0)
    at(dayBefore)
    expect(await remindDue()).toBe(2)
    expect(await remindDue()).toBe(0)
    expect(await reminded()).toEqual(['anne@x.example', 'zoe@x.example'])
    at(hourBefore)
    expect(await remindDue()).toBe(2)
    at(start)
    expect(await remindDue()).toBe(0)
    expect((await reminded()).length).toBe(4)
  })

  test('whoever registered after its instant gets none, nor does whoever was promoted after it', async () => {
    const { slug } = await anEvent({ capacity: 2, waitlist: true })
    const anne = must(await signUp(slug, 'anne@x.example'))
    must(await signUp(slug, 'zoe@x.example'))
    must(await signUp(slug, 'max@x.example'))
    at('2027-01-13T08:00:05Z')
    must(await cancel(guest, linkOf(anne.registrationId)))
    await remindDue()
    expect(await reminded()).toEqual(['zoe@x.example'])
    at(hourBefore)
    await remindDue()
    expect((await reminded()).toSorted()).toEqual(['max@x.example', 'zoe@x.example', 'zoe@x.example'])
  })

  test('a seat given back and taken again in between is reminded all the same', async () => {
    const { slug } = await anEvent()
    const anne = must(await signUp(slug, 'anne@x.example'))
    at('2027-01-13T08:00:03Z')
    must(await cancel(guest, linkOf(anne.registrationId)))
    must(await signUp(slug, 'anne@x.example'))
    await remindDue()
    expect(await reminded()).toEqual(['anne@x.example'])
  })

  test('seeded people are reminded without a letter leaving', async () => {
    const { slug } = await anEvent()
    const { registrationId } = must(await signUp(slug, 'anne@x.example'))
    await db.registration.update({ where: { id: registrationId }, data: { via: 'seed' } })
    at(dayBefore)
    await remindDue()
    expect(await reminders()).toMatchObject([{ status: 'delivered' }])
  })
})

describe('after a night without a worker', () => {
  test('it is said late, if the event has not begun', async () => {
    const { slug } = await anEvent()
    must(await signUp(slug, 'anne@x.example'))
    at('2027-01-14T05:00:00Z')
    expect(await remindDue()).toBe(1)
  })

  test('of two that are overdue only the nearer to the start is said', async () => {
    const { slug, id } = await anEvent()
    must(await signUp(slug, 'anne@x.example'))
    at('2027-01-14T07:30:00Z')
    expect(await remindDue()).toBe(1)
    expect(await remindDue()).toBe(0)
    const [, near] = await remindersOf(id)
    expect((await reminders())[0].kind).toContain(near.id)
  })

  test('nothing is said once it has begun, not even a moment after', async () => {
    const { slug, id } = await anEvent()
    must(await signUp(slug, 'anne@x.example'))
    at(start)
    expect(await remindDue()).toBe(0)
    expect((await remindersOf(id)).map(({ doneFor }) => doneFor?.toISOString())).toEqual([new Date(start).toISOString(), new Date(start).toISOString()])
  })
})

describe('an event that is not on', () => {
  test('called off: nobody is reminded', async () => {
    const { slug } = await anEvent()
    must(await signUp(slug, 'anne@x.example'))
    must(await callOff(house, slug))
    at(dayBefore)
    expect(await remindDue()).toBe(0)
    expect(await reminded()).toEqual([])
  })

  test('a draft waits: published before its start, it still reminds those whose instant is to come', async () => {
    const { slug } = await aDraft()
    at('2027-01-13T10:00:00Z')
    expect(await remindDue()).toBe(0)
    must(await publish(house, slug))
    must(await signUp(slug, 'anne@x.example'))
    expect(await remindDue()).toBe(0)
    at(hourBefore)
    expect(await remindDue()).toBe(1)
  })

  test('a draft whose day has passed is looked at once, and never again', async () => {
    const { id } = await aDraft()
    at('2027-02-01T10:00:00Z')
    await remindDue()
    expect((await remindersOf(id)).every(({ doneFor }) => doneFor !== null)).toBe(true)
  })

  test('an event whose hour is not known reminds by the rules that need none', async () => {
    const { slug, id } = await anEvent({ startsAt: '2027-01-14', endsAt: null })
    expect(await dueOf(id)).toEqual([null, null])
    await setOf(slug, [{ daysBefore: 1, atTime: '18:00' }])
    expect(await dueOf(id)).toEqual(['2027-01-13T17:00:00.000Z'])
    must(await edit(house, slug, { startsAt: '2027-01-14T19:00' }))
    expect(await dueOf(id)).toEqual(['2027-01-13T17:00:00.000Z'])
  })
})

describe('an event that moves', () => {
  test('its reminders move with it, across a change of clocks', async () => {
    const { slug, id } = await anEvent()
    must(await edit(house, slug, { startsAt: '2027-03-29T02:30', endsAt: null }))
    expect(await dueOf(id)).toEqual(['2027-03-28T01:00:00.000Z', '2027-03-28T23:30:00.000Z'])
    must(await edit(house, slug, { timeZone: 'America/Montreal' }))
    expect(await dueOf(id)).toEqual(['2027-03-28T06:30:00.000Z', '2027-03-29T05:30:00.000Z'])
  })

  test('who was reminded is reminded anew for the new date', async () => {
    const { slug } = await anEvent()
    must(await signUp(slug, 'anne@x.example'))
    at('2027-01-13T09:00:00Z')
    expect(await remindDue()).toBe(1)
    must(await edit(house, slug, { startsAt: '2027-01-21T09:00', endsAt: '2027-01-21T10:00' }))
    expect(await remindDue()).toBe(0)
    at('2027-01-20T08:00:00Z')
    expect(await remindDue()).toBe(1)
    expect((await reminded()).length).toBe(2)
  })

  test('moved away and back, nobody is reminded twice of the same start', async () => {
    const { slug } = await anEvent()
    must(await signUp(slug, 'anne@x.example'))
    at(dayBefore)
    expect(await remindDue()).toBe(1)
    must(await edit(house, slug, { startsAt: '2027-01-21T09:00', endsAt: '2027-01-21T10:00' }))
    at('2027-01-13T08:00:10Z')
    must(await edit(house, slug, { startsAt: '2027-01-14T09:00', endsAt: '2027-01-14T10:00' }))
    expect(await remindDue()).toBe(0)
    await db.reminder.updateMany({ data: { doneFor: null } })
    expect(await remindDue()).toBe(0)
    expect((await reminded()).length).toBe(1)
  })

  test('moved so near that the reminder’s hour is past, it keeps quiet: another letter has just said so', async () => {
    const { slug } = await anEvent()
    must(await signUp(slug, 'anne@x.example'))
    at('2026-12-01T08:00:00Z')
    must(await edit(house, slug, { startsAt: '2026-12-01T18:00', endsAt: '2026-12-01T19:00' }))
    expect(await remindDue()).toBe(0)
    at('2026-12-01T16:00:00Z')
    expect(await remindDue()).toBe(1)
  })

  test('a change that moves nothing repeats nothing', async () => {
    const { slug } = await anEvent()
    must(await signUp(slug, 'anne@x.example'))
    at(dayBefore)
    await remindDue()
    must(await edit(house, slug, { title: 'Un autre titre', endsAt: '2027-01-14T11:00' }))
    expect(await remindDue()).toBe(0)
  })

  test('a reminder written and not yet sent says nothing of a date that is no more', async () => {
    const { slug } = await anEvent()
    const { registrationId } = must(await signUp(slug, 'anne@x.example'))
    at(dayBefore)
    await remindDue()
    const [letter] = await reminders()
    expect((await compose(letter))?.letter).toMatchObject({ kind: 'reminder', name: 'Anne Martin' })
    expect((await compose(letter))?.calendar).toBeUndefined()
    at(start)
    expect(await compose(letter)).toBeNull()
    at(dayBefore)
    must(await cancel(guest, linkOf(registrationId)))
    expect(await compose(letter)).toBeNull()
    must(await signUp(slug, 'anne@x.example'))
    expect(await compose(letter)).not.toBeNull()
    must(await edit(house, slug, { startsAt: '2027-01-21T09:00', endsAt: '2027-01-21T10:00' }))
    expect(await compose(letter)).toBeNull()
  })
})

describe('setting the rules', () => {
  test('a rule that stays keeps what it has done; one that is gone speaks no more; none reminds nobody', async () => {
    const { slug, id } = await anEvent()
    must(await signUp(slug, 'anne@x.example'))
    const before = await remindersOf(id)
    at(dayBefore)
    await remindDue()
    await setOf(slug, [{ daysBefore: 1 }, { minutesBefore: 30 }])
    const after = await remindersOf(id)
    expect(after[0]).toMatchObject({ id: before[0].id, doneFor: new Date(start) })
    expect(after[1]).toMatchObject({ minutesBefore: 30, dueAt: new Date('2027-01-14T07:30:00Z') })
    expect(await remindDue()).toBe(0)
    await setOf(slug, [])
    at('2027-01-14T07:45:00Z')
    expect(await remindDue()).toBe(0)
  })

  test('a rule whose hour is past when it is set does not speak any more', async () => {
    const { slug } = await anEvent()
    must(await signUp(slug, 'anne@x.example'))
    at('2027-01-13T12:00:00Z')
    await setOf(slug, [{ daysBefore: 2, atTime: '18:00' }])
    expect(await remindDue()).toBe(0)
  })

  test('the same rule twice is refused by its place, and so are guests and events that are over or off', async () => {
    const { slug } = await anEvent()
    const said = remindersInput.parse({ reminders: [{ minutesBefore: '30' }, { minutesBefore: 30 }] })
    expect(await setReminders(house, slug, said)).toEqual({ ok: false, reason: 'invalid', fields: [{ field: 'reminders.1', reason: 'doubled' }] })
    const one = { reminders: said.reminders.slice(0, 1) }
    expect(await setReminders(guest, slug, one)).toEqual({ ok: false, reason: 'forbidden' })
    expect(await setReminders(house, 'nowhere', one)).toEqual({ ok: false, reason: 'not-found' })
    at(start)
    expect(await setReminders(house, slug, one)).toEqual({ ok: false, reason: 'already-over' })
    at('2026-12-01T08:00:00Z')
    must(await callOff(house, slug))
    expect(await setReminders(house, slug, one)).toEqual({ ok: false, reason: 'called-off' })
  })

  test('what is no rule is refused', () => {
    for (const rule of [{ daysBefore: 61 }, { minutesBefore: 4 }, { minutesBefore: 2881 }, { daysBefore: 1, minutesBefore: 30 }, { daysBefore: 1, atTime: '25:00' }, {}]) {
      expect(remindersInput.safeParse({ reminders: [rule] }).success).toBe(false)
    }
    expect(remindersInput.parse({ reminders: [{ daysBefore: '2', atTime: '' }] })).toEqual({ reminders: [{ daysBefore: 2, atTime: null, minutesBefore: null }] })
  })
})

describe('several workers at once', () => {
  test('each person is written to once, however many look', async () => {
    const slugs = []
    for (let n = 0; n < 6; n++) {
      const { slug } = await anEvent()
      slugs.push(slug)
      for (let p = 0; p < 5; p++) must(await signUp(slug, `p${p}@x${n}.example`))
    }
    at(hourBefore)
    const written = await Promise.all(Array.from({ length: 8 }, () => remindDue()))
    // Whoever found an event held left it to the next look.
    const rest = await remindDue()
    expect(written.reduce((sum, one) => sum + one, 0) + rest).toBe(30)
    const all = await reminders()
    expect(all.length).toBe(30)
    expect(new Set(all.map(({ about }) => about)).size).toBe(30)
    expect(new Set(all.map(({ kind }) => plainKind(kind)))).toEqual(new Set(['reminder']))
  })

  test('while somebody moves the event, the reminder waits, and then knows of it', async () => {
    const { slug } = await anEvent()
    must(await signUp(slug, 'anne@x.example'))
    at(dayBefore)
    await Promise.all([edit(house, slug, { startsAt: '2027-01-21T09:00', endsAt: '2027-01-21T10:00' }), remindDue(), remindDue()])
    const told = (await reminders()).length
    expect(await remindDue()).toBe(0)
    expect((await reminders()).length).toBe(told)
    at('2027-01-20T08:00:00Z')
    expect(await remindDue()).toBe(1)
  })
})
