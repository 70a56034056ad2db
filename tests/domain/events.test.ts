import { describe, expect, test } from 'vitest'
import { db } from '@/lib/db'
import { create } from '@/lib/events/create'
import { edit } from '@/lib/events/edit'
import { eventBySlug } from '@/lib/events/queries'
import { opening, shut, standing } from '@/lib/events/rules'
import { eventInput, eventPatch } from '@/lib/events/schema'
import { anEvent, house, must, signUp } from '@/tests/support/events'

const hybrid = { title: 'À la Rotonde', startsAt: '2027-01-14T09:00', endsAt: '2027-01-14T10:00', mode: 'hybrid' }
const rotonde = { name: 'La Rotonde', address: '3 rue du Pont', city: 'Nantes' }

test('an event that is refused leaves neither a venue nor a speaker behind', async () => {
  const input = eventInput.parse({ ...hybrid, venue: rotonde, speakers: [{ name: 'Zoé Martin' }], themes: ['no-such-theme'] })
  expect(await create(house, input)).toEqual({ ok: false, reason: 'invalid', fields: [{ field: 'themes.0', reason: 'unknown' }] })
  expect([await db.venue.count({ where: { slug: 'la-rotonde' } }), await db.speaker.count({ where: { slug: 'zoe-martin' } })]).toEqual([0, 0])
})

test('a change that is refused changes nothing: no seat of the one place while the other is refused, no venue', async () => {
  const { id, slug } = await anEvent({ title: 'Deux lieux', mode: 'hybrid', capacity: 10, screenCapacity: 10 })
  must(await signUp(slug, 'one@x.example', { place: 'screen' }))
  const patch = eventPatch.parse({ capacity: 5, screenCapacity: 0, venue: { name: 'La Coupole' } })
  expect(await edit(house, slug, patch)).toMatchObject({ ok: false, fields: [{ field: 'screenCapacity', reason: 'below-seats-taken' }] })
  expect(await db.seating.findMany({ where: { eventId: id }, orderBy: { place: 'asc' }, select: { capacity: true } })).toEqual([{ capacity: 10 }, { capacity: 10 }])
  expect(await db.venue.count({ where: { slug: 'la-coupole' } })).toBe(0)
})

test('a venue and people named for the first time come with the event, in the order they were named', async () => {
  const speakers = ['Zoé Martin', 'Ana Diaz', 'Marc Olive'].map((name) => ({ name }))
  const { slug } = must(await create(house, eventInput.parse({ ...hybrid, venue: rotonde, speakers })))
  const event = await eventBySlug(slug)
  expect(event?.venue).toMatchObject({ slug: 'la-rotonde', ...rotonde })
  expect(event?.speakers.map(({ speaker }) => speaker.name)).toEqual(speakers.map(({ name }) => name))
  must(await edit(house, slug, eventPatch.parse({ venue: null, speakers: ['marc-olive', 'zoe-martin'] })))
  const after = await eventBySlug(slug)
  expect([after?.venue, after?.speakers.map(({ speaker }) => speaker.slug)]).toEqual([null, ['marc-olive', 'zoe-martin']])
})

test('a renamed event may have its old name back, and answers to both; the name of another is taken', async () => {
  const [{ id, slug }, other] = [await anEvent({ slug: 'un-nom' }), await anEvent({ slug: 'le-nom-d-un-autre' })]
  must(await edit(house, slug, eventPatch.parse({ slug: 'un-autre-nom' })))
  must(await edit(house, 'un-autre-nom', eventPatch.parse({ slug: 'un-nom' })))
  expect([(await eventBySlug('un-nom'))?.id, (await eventBySlug('un-autre-nom'))?.id]).toEqual([id, id])
  expect(await edit(house, other.slug, eventPatch.parse({ slug: 'un-autre-nom' }))).toMatchObject({ ok: false, fields: [{ field: 'slug', reason: 'taken' }] })
})

describe('when one may register', () => {
  const opens = { startsAt: '2027-03-29T09:00', opensAt: '2027-03-01T09:00', closesAt: '2027-03-28T18:00' }

  test('the opening and the closing are local times of the event, and come back as instants', async () => {
    const { id, slug } = await anEvent({ ...opens, endsAt: null })
    const event = await db.event.findUniqueOrThrow({ where: { id } })
    // The clocks go forward in between.
    expect([event.opensAt, event.closesAt].map((at) => at?.toISOString())).toEqual(['2027-03-01T08:00:00.000Z', '2027-03-28T16:00:00.000Z'])
    must(await edit(house, slug, eventPatch.parse({ opensAt: '2027-03-02', closesAt: '2027-03-27' })))
    const days = await db.event.findUniqueOrThrow({ where: { slug } })
    expect([days.opensAt, days.closesAt].map((at) => at?.toISOString())).toEqual(['2027-03-01T23:00:00.000Z', '2027-03-27T22:59:00.000Z'])
  })

  test('an opening that does not come before the closing, or before the start, is refused by name', async () => {
    const { slug } = await anEvent({ ...opens, endsAt: null })
    const late = { ok: false, reason: 'invalid', fields: [{ field: 'opensAt', reason: 'after-closing' }] }
    expect(await edit(house, slug, eventPatch.parse({ opensAt: '2027-03-28T18:00' }))).toEqual(late)
    expect(await edit(house, slug, eventPatch.parse({ closesAt: null, opensAt: '2027-03-29T09:00' }))).toEqual(late)
    expect(await edit(house, slug, eventPatch.parse({ startsAt: '2027-02-20T09:00' }))).toEqual(late)
    expect(await edit(house, slug, eventPatch.parse({ opensAt: '2027-03-28T02:30' }))).toMatchObject({ fields: [{ field: 'opensAt', reason: 'gap' }] })
    must(await edit(house, slug, eventPatch.parse({ opensAt: null, startsAt: '2027-02-20T09:00' })))
  })

  test('before the opening nobody registers, and the page can say from when; then the doors open by themselves', async () => {
    const { slug } = await anEvent({ ...opens, endsAt: null })
    const event = await db.event.findUniqueOrThrow({ where: { slug }, include: { seatings: true } })
    const [before, after, closed] = ['2027-03-01T07:59:59Z', '2027-03-01T08:00:00Z', '2027-03-28T16:00:00Z'].map((at) => new Date(at))
    expect([shut(event, before), standing(event, before), opening(event, before)]).toEqual(['closed', 'closed', event.opensAt])
    expect([shut(event, after), standing(event, after), opening(event, after)]).toEqual([null, 'open', null])
    expect([shut(event, closed), opening(event, closed)]).toEqual(['closed', null])
    expect(opening({ ...event, status: 'called_off' }, before)).toBeNull()
  })
})

test('how one registers is said by the organiser, within bounds, and stays until it is changed', async () => {
  const rules = { provesAddress: true, approves: true, offerHours: 48, companionsMost: 0, asksAccess: true }
  const { slug } = await anEvent(rules)
  must(await edit(house, slug, eventPatch.parse({ title: 'Autre titre' })))
  expect(await db.event.findUnique({ where: { slug } })).toMatchObject(rules)
  must(await edit(house, slug, eventPatch.parse({ offerHours: null, companionsMost: 10 })))
  expect(await db.event.findUnique({ where: { slug } })).toMatchObject({ ...rules, offerHours: null, companionsMost: 10 })
  for (const wrong of [{ offerHours: 0 }, { offerHours: 169 }, { offerHours: 1.5 }, { companionsMost: 11 }, { companionsMost: -1 }]) {
    expect(eventPatch.safeParse(wrong).success).toBe(false)
  }
  const usual = await db.event.findUniqueOrThrow({ where: { slug: (await anEvent()).slug } })
  expect(usual).toMatchObject({ opensAt: null, provesAddress: false, approves: false, offerHours: null, companionsMost: 5, asksAccess: false })
})
