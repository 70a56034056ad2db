import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { anEvent } from '@/tests/support/events'
import { invited, mailById, reply, rsvpOf, words } from '@/tests/support/inbox'

const at = (instant: string) => setClock(new Date(instant))
beforeEach(() => at('2026-11-23T08:00:00Z'))
afterEach(() => setClock(null))

describe('words', () => {
  const sentence = 'J’en retiens qu’une charte ne vaut que si quelqu’un la tient.'
  async function asked(slug: string, id: string) {
    const { id: eventId } = await db.event.findUniqueOrThrow({ where: { slug } })
    return db.letter.create({ data: { id: crypto.randomUUID(), about: `registration/${id}`, kind: 'takeaway', eventId, locale: 'fr', toAddress: 'zoe@x.example', messageId: 'takeaway@parlons-en.localhost', status: 'sent' } })
  }

  test('wait for an organiser where nobody asked for them', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const { id } = await words('Puis-je venir avec ma stagiaire ?', { to: [rsvpOf(zoe.id)], from: zoe.address }).file()
    expect(await mailById(id)).toMatchObject({ kind: 'words', outcome: 'words', awaits: true, registrationId: zoe.id, words: 'Puis-je venir avec ma stagiaire ?' })
  })

  test('that answer the letter of the day after, or come once it was sent and the session is over, wait for the host', async () => {
    const { slug } = await anEvent()
    const [zoe, max] = [await invited(slug), await invited(slug, 'max@x.example')]
    at('2027-01-15T10:00:00Z')
    const letter = await asked(slug, zoe.id)
    const { id, outcome } = await words(sentence, { to: [rsvpOf(zoe.id)], from: zoe.address, inReplyTo: [letter.messageId] }, 'Zoé Martin').file()
    expect(outcome).toBe('proposed')
    expect(await db.proposedPassage.findMany()).toMatchObject([{ registrationId: zoe.id, text: sentence, signature: 'Zoé Martin', via: 'mail' }])
    expect((await mailById(id)).awaits).toBe(false)
    expect((await words('Et que la nôtre a un nom.', { to: [rsvpOf(zoe.id)] }).file()).outcome).toBe('proposed')
    expect((await words(sentence, { to: [rsvpOf(max.id)] }).file()).outcome).toBe('words')
  })

  test('from nobody are a machine’s', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const { id } = await words(sentence, { to: [rsvpOf(zoe.id)], sender: '' }).file()
    expect(await mailById(id)).toMatchObject({ outcome: 'automatic', awaits: false })
  })

  test('said once come once, even where a list has added its own around them', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const first = await words('Bonjour', { to: [rsvpOf(zoe.id)], from: zoe.address, id: 'one' }).file()
    expect(await words('Bonjour\n--\nune liste', { to: [rsvpOf(zoe.id)], from: zoe.address, id: 'one' }).file()).toEqual({ id: first.id, outcome: 'words', again: true })
  })

  test('of a calendar hold what no table could, and are kept without it', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const { id } = await reply(zoe, 'accepted', { sequence: 2 ** 40, stamp: new Date(8.64e15), start: new Date(NaN), comment: 'a\0\uD800', attendee: 'zoe\0@x.example' }).file()
    expect((await mailById(id)).outcome).toBe('attendee-differs')
    expect((await reply(zoe, 'accepted', { sequence: 2 ** 40, stamp: new Date(8.64e15), start: new Date(NaN), comment: 'a\0\uD800' }).file()).outcome).toBe('accepted')
  })

  test('hold what no table could, and are kept without it', async () => {
    const { slug } = await anEvent()
    const zoe = await invited(slug)
    const { id } = await words('Bon\0jour \uD800', { to: [rsvpOf(zoe.id)] }).file()
    expect((await mailById(id)).words).toBe('Bon\uFFFDjour \uFFFD')
  })
})
