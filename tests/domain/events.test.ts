import { expect, test } from 'vitest'
import { db } from '@/lib/db'
import { create } from '@/lib/events/create'
import { edit } from '@/lib/events/edit'
import { eventBySlug } from '@/lib/events/queries'
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
  const { id, slug } = await anEvent({ ...hybrid, title: 'Deux lieux', mode: 'hybrid', capacity: 10, screenCapacity: 10 })
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
