import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setClock } from '@/lib/clock'
import { config } from '@/lib/config'
import { db } from '@/lib/db'
import { edit } from '@/lib/events/edit'
import { capability } from '@/lib/ids'
import { fileMail } from '@/lib/inbox/file'
import { readApart } from '@/lib/inbox/read-apart'
import { readMail } from '@/lib/inbox/read'
import { largestMail } from '@/lib/inbox/reading'
import { corpus, corpusNames } from '@/tests/support/corpus'
import { anEvent, house, must } from '@/tests/support/events'
import { answers, invited, mailById, reply, rsvpOf, standing } from '@/tests/support/inbox'
import { settle } from '@/tests/support/jobs'

// The rules of what comes back, each as what becomes of a seat: followed where the rule says so, and not one step further.

beforeEach(() => setClock(new Date('2026-11-23T10:20:00Z')))
afterEach(() => setClock(null))

/** Somebody with the only seat, somebody in line behind them, and what a message of the corpus does to both. */
async function aScene() {
  const { slug } = await anEvent({ startsAt: '2026-12-03T09:00', endsAt: '2026-12-03T10:00', capacity: 1, waitlist: true })
  const [zoe, max] = [await invited(slug, 'zoe.martin@theatre.example'), await invited(slug, 'max@theatre.example')]
  await settle()
  const { messageId } = await db.letter.findFirstOrThrow({ where: { about: `registration/${zoe.id}` } })
  const filled = (name: string, values: Parameters<typeof corpus>[1] = {}) => corpus(name, { token: capability('reply', zoe.id), domain: config().replyDomain, uid: zoe.uid, letter: messageId, ...values })
  const file = async (raw: Buffer, recipients = [rsvpOf(zoe.id)]) => (await fileMail(raw, { way: 'smtp', sender: zoe.address, recipients })).outcome
  const stands = async () => `${await standing(zoe.id)} ${await standing(max.id)}`
  return { slug, zoe, max, filled, file, stands }
}

const kept = 'confirmed waitlisted'
const passedOn = 'cancelled confirmed'

describe('what comes back', () => {
  test.each(['gmail-declined', 'outlook-com-declined', 'exchange-declined', 'apple-declined', 'thunderbird-declined', 'method-in-type-only', 'lower-case-everywhere', 'line-feeds-only', 'latin9-declined', 'utf16-declined'])(
    'rule 44: a REPLY is found wherever and however a client puts it (%s)', async (name) => {
      const { filled, file, stands } = await aScene()
      expect([await file(filled(name)), await stands()]).toEqual(['declined', passedOn])
    },
  )

  test('rule 44: where the method is none, or another, nothing is found', async () => {
    const { filled, file, stands } = await aScene()
    for (const name of ['published-only', 'cancel-only', 'methods-differ']) expect(await file(filled(name)), name).not.toBe('declined')
    expect(await stands()).toBe(kept)
  })

  test('rule 45: token, UID and attendee must name the same registration, and no stranger becomes one', async () => {
    const { max, filled, file, stands } = await aScene()
    const before = await db.registration.count()
    expect(await file(filled('gmail-declined', { uid: 'other@parlons.example' }))).toBe('uid-differs')
    expect(await file(filled('gmail-declined', { attendee: 'eve@elsewhere.example', id: 'b' }))).toBe('attendee-differs')
    expect(await file(filled('gmail-declined', { stamp: '20261123T101501Z' }), [rsvpOf(max.id)])).toBe('attendee-differs')
    expect(await file(filled('gmail-declined', { stamp: '20261123T101502Z' }), [`rsvp+${'a'.repeat(32)}@${config().replyDomain}`])).toBe('unknown-address')
    expect(await file(filled('gmail-accepted', { attendee: 'eve@elsewhere.example' }))).toBe('attendee-differs')
    expect([await stands(), await db.registration.count()]).toEqual([kept, before])
    expect([await file(filled('gmail-declined', { stamp: '20261123T101503Z' })), await stands()]).toEqual(['declined', passedOn])
  })

  test('rule 46: another sender is normal: a No counts by its token, is written down with who sent it, and can be undone', async () => {
    const { zoe, filled, file, stands } = await aScene()
    expect([await file(filled('apple-calendar-other-account')), await stands()]).toEqual(['declined', passedOn])
    expect((await answers(zoe.id)).length).toBe(1)
    await settle()
    expect((await db.letter.findFirstOrThrow({ where: { kind: 'registration-cancelled', toAddress: zoe.address } })).text?.replace(/\s+/g, ' ')).toMatch(/votre agenda nous a répondu « Non »/)
  })

  test('rule 46: a Yes changes nothing, from whoever waits it makes no seat', async () => {
    const { max, stands } = await aScene()
    expect([(await reply(max, 'accepted').file()).outcome, await stands()]).toEqual(['accepted', kept])
  })

  test('rule 47: an older number does not count, nor an older stamp, nor the same message twice, nor one date of a series', async () => {
    const { slug, zoe, filled, file, stands } = await aScene()
    must(await edit(house, slug, { startsAt: '2026-12-10T09:00', endsAt: '2026-12-10T10:00' }))
    await settle()
    expect(['old', 'asked-again']).toContain(await file(filled('gmail-declined', { sequence: 0 })))
    expect(await file(filled('gmail-tentative', { sequence: 1, stamp: '20261123T101900Z' }))).toBe('tentative')
    expect(await file(filled('gmail-declined', { sequence: 1, stamp: '20261123T101800Z', id: 'b' }))).toBe('older')
    expect(await file(filled('one-date-of-a-series', { sequence: 1 }))).toBe('uid-differs')
    expect(await stands()).toBe(kept)
    const declined = filled('gmail-declined', { sequence: 1, stamp: '20261123T101930Z', id: 'c' })
    const envelope = { way: 'smtp' as const, sender: zoe.address, recipients: [rsvpOf(zoe.id)] }
    const [first, again] = [await fileMail(declined, envelope), await fileMail(declined, envelope)]
    expect([first.again, again.again, again.id === first.id, await stands()]).toEqual([false, true, true, passedOn])
  })

  test('rule 48: DELEGATED, COUNTER and REFRESH change no seat; an organiser sees the first two', async () => {
    const { filled, zoe, stands } = await aScene()
    for (const [place, [name, outcome, awaits]] of ([['delegated', 'delegated', true], ['exchange-counter', 'countered', true], ['refresh', 'refresh', false]] as const).entries()) {
      const { id } = await fileMail(filled(name, { stamp: `20261123T10150${place}Z` }), { way: 'smtp', sender: zoe.address, recipients: [rsvpOf(zoe.id)] })
      expect(await mailById(id)).toMatchObject({ outcome, awaits })
    }
    expect(await stands()).toBe(kept)
  })

  test('rule 49: what a machine answers by itself cancels nothing and is answered by nothing; nobody hears from us twice a day', async () => {
    const { filled, file, stands } = await aScene()
    const before = await db.letter.count()
    for (const name of ['vacation-exchange', 'vacation-sieve', 'vacation-old', 'reply-by-a-vacation-program', 'reply-in-bulk', 'reply-to-a-list', 'list-message', 'bulk-message']) expect(['automatic', 'list'], name).toContain(await file(filled(name)))
    expect([await stands(), await db.letter.count()]).toEqual([kept, before])
    for (const id of ['a', 'b', 'c']) await file(filled('gmail-declined', { attendee: 'eve@elsewhere.example', id, stamp: `20261123T10150${id.charCodeAt(0) - 97}Z` }))
    expect(await db.letter.count()).toBe(before + 1)
  })

  test('rule 50: a delivery report is hard or soft by its own code, and our invitation within it is no answer', async () => {
    const { filled, file, stands } = await aScene()
    for (const name of ['bounce-delayed', 'bounce-relayed']) expect(await file(filled(name), undefined), name).toBe('bounce-soft')
    expect(await db.unreachable.count()).toBe(0)
    for (const name of ['bounce-postfix', 'bounce-gmail']) expect(await file(filled(name)), name).toBe('bounce-hard')
    expect([await stands(), await db.unreachable.count()]).toEqual([kept, 1])
  })

  test('rule 51: too large, too deep, of several events or too slow is not read; every other in 50 ms', async () => {
    const { filled, file, stands } = await aScene()
    const declined = filled('gmail-declined')
    const large = Buffer.concat([declined, Buffer.alloc(largestMail, 'x')])
    expect((await readMail(large)).content).toEqual({ is: 'unreadable', why: 'too-large' })
    expect((await readMail(filled('nested-too-deep'))).content).toEqual({ is: 'unreadable', why: 'too-deep' })
    expect((await readMail(filled('several-events'))).content).toMatchObject({ is: 'unreadable' })
    expect([await file(large), await stands()]).toEqual(['unreadable', kept])
    await readApart(declined)
    const took = []
    for (const name of corpusNames()) {
      const began = performance.now()
      await readMail(filled(name))
      took.push(performance.now() - began)
    }
    // The one in the middle: a machine at work elsewhere holds some of them up.
    expect(took.toSorted((a, b) => a - b)[Math.floor(took.length / 2)]).toBeLessThan(50)
  })
})
