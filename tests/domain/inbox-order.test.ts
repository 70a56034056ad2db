import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guest } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db, inTransaction } from '@/lib/db'
import { edit } from '@/lib/events/edit'
import { deliverDue } from '@/lib/mail/deliver'
import { cancel } from '@/lib/registrations/cancel'
import { comeBack } from '@/lib/registrations/come-back'
import { lockAll, unite } from '@/lib/registrations/unite'
import { check } from '@/lib/worker/check'
import { compose } from '@/lib/worker/compose'
import { anEvent, house, linkOf, must } from '@/tests/support/events'
import { answers, invited, kindsTo, lastLetter, move, reply, standing, tell, told } from '@/tests/support/inbox'

// Which version is answered, and what was said last.

const at = (instant: string) => setClock(new Date(instant))
beforeEach(() => at('2026-11-23T08:00:00Z'))
afterEach(() => setClock(null))

describe('an answer to an earlier invitation', () => {
  test('is kept and not followed: whoever said No to a date that moved is asked again, with a fresh invitation', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true })
    const zoe = await invited(slug)
    await move(slug)
    const { outcome } = await reply(zoe, 'declined', { sequence: 0 }).file()
    expect([outcome, await standing(zoe.id), await answers(zoe.id)]).toEqual(['asked-again', 'confirmed', ['declined, old']])
    const letter = await lastLetter('answer-again')
    expect(told(letter.text)).toMatch(/votre agenda a répondu « Non » à l’invitation du jeudi 14 janvier 2027 à 9h, qui a changé depuis.*jeudi 21 janvier 2027/)
    expect(letter).toMatchObject({ calendarMethod: 'REQUEST', calendarSequence: 1 })
    expect((await reply(zoe, 'declined', { sequence: 1, stamp: new Date('2026-11-23T08:00:30Z') }).file()).outcome).toBe('declined')
    expect(await check()).toEqual([])
  })

  test.each(['accepted', 'tentative'] as const)('%s is asked about where the date moved since', async (word) => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    await move(slug)
    expect((await reply(zoe, word).file()).outcome).toBe('asked-again')
    expect(told((await lastLetter('answer-again')).text)).toContain('Si cette date vous convient, vous n’avez rien à faire.')
  })

  test('is only kept where what changed since was not the date', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    must(await edit(house, slug, { title: 'Café du vendredi' }))
    await tell(slug, { startDate: '2027-01-14', endDate: '2027-01-14' })
    expect((await reply(zoe, 'accepted').file()).outcome).toBe('old')
    expect([await answers(zoe.id), await kindsTo(zoe.address)]).toEqual([['accepted, old'], ['seat-confirmed', 'event-changed']])
  })

  test('that we never sent tells itself what date it meant; one that says nothing of it counts as moved', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    await move(slug)
    await db.letter.updateMany({ data: { calendarStartsAt: null } })
    const now = await db.event.findUniqueOrThrow({ where: { slug } })
    expect((await reply(zoe, 'accepted', { sequence: -1, start: now.startsAt }).file()).outcome).toBe('old')
    expect((await reply(zoe, 'accepted', { sequence: -1, start: null }).file()).outcome).toBe('asked-again')
  })

  test('that was about the line is asked about once there is a seat', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true })
    const [anne, zoe] = [await invited(slug, 'anne@x.example'), await invited(slug)]
    must(await cancel(guest, linkOf(anne.id)))
    expect((await reply(zoe, 'declined').file()).outcome).toBe('asked-again')
    expect(await standing(zoe.id)).toBe('confirmed')
    expect(told((await lastLetter('answer-again')).text)).toMatch(/Vous avez une place\..*C’est toujours non \?/)
  })

  test('with a higher number than ours is taken for a current one', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    expect((await reply(zoe, 'declined', { sequence: 7 }).file()).outcome).toBe('declined')
  })

  test('asks nobody to come back who goes on under another address of theirs', async () => {
    const { slug } = await anEvent()
    const [zoe, there] = [await invited(slug), await invited(slug, 'zoe@home.example')]
    await inTransaction(async (tx) => {
      const { eventId } = await tx.registration.findUniqueOrThrow({ where: { id: zoe.id } })
      const rows = await lockAll(tx, eventId, { addressFold: { in: [zoe.address, there.address] } })
      const [from, into] = [zoe, there].map(({ id }) => rows.find((row) => row.id === id)!)
      await unite(tx, from, into)
    })
    await deliverDue(compose)
    expect((await reply(zoe, 'accepted').file()).outcome).toBe('asked-again')
    await deliverDue(compose)
    expect(await db.letter.findFirstOrThrow({ where: { kind: 'answer-again' } })).toMatchObject({ status: 'overtaken' })
    expect(await standing(there.id)).toBe('confirmed')
  })

  test('leaves nothing to ask about where the person has cancelled before the letter’s turn', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    await move(slug)
    await reply(zoe, 'declined').file()
    must(await cancel(guest, linkOf(zoe.id)))
    await deliverDue(compose)
    expect(await db.letter.findFirstOrThrow({ where: { kind: 'answer-again' } })).toMatchObject({ status: 'overtaken' })
  })
})

describe('two answers', () => {
  test('are followed in the order in which they were given, not in which they came', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    expect((await reply(zoe, 'accepted', { stamp: new Date('2026-11-23T07:59:00Z') }).file()).outcome).toBe('accepted')
    expect((await reply(zoe, 'declined', { stamp: new Date('2026-11-23T07:58:00Z') }).file()).outcome).toBe('older')
    expect((await reply(zoe, 'declined', { stamp: new Date('2026-11-23T07:59:00Z') }).file()).outcome).toBe('older')
    expect([await standing(zoe.id), await answers(zoe.id)]).toEqual(['confirmed', ['accepted', 'declined, old', 'declined, old']])
    expect((await reply(zoe, 'declined', { stamp: new Date('2026-11-23T07:59:01Z') }).file()).outcome).toBe('declined')
  })

  test('a clock far in the future does not silence what comes later', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    await reply(zoe, 'accepted', { stamp: new Date('2031-01-01T00:00:00Z') }).file()
    at('2026-11-23T08:00:01Z')
    expect((await reply(zoe, 'declined', { stamp: null }).file()).outcome).toBe('declined')
  })

  test('that are the same message change nothing the second time, by whichever way it comes', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true })
    const zoe = await invited(slug)
    const once = reply(zoe, 'declined', { id: 'one' })
    const first = await once.file()
    must(await comeBack(guest, linkOf(zoe.id)))
    expect(await reply(zoe, 'declined', { id: 'one', way: 'imap' }).file()).toEqual({ id: first.id, outcome: 'declined', again: true })
    expect([await standing(zoe.id), await db.incomingMail.count(), await db.calendarAnswer.count()]).toEqual(['confirmed', 1, 1])
  })
})
