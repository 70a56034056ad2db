import { expect, test } from 'vitest'
import { guest, system } from '@/lib/actor'
import { db } from '@/lib/db'
import { create } from '@/lib/events/create'
import { invite } from '@/lib/events/invite'
import { publish } from '@/lib/events/publish'
import { register } from '@/lib/registrations/register'

const team = system('the team')

async function invitedEvent() {
  const made = await create(team, { title: 'Sur invitation', startsAt: '2099-03-05T09:00', timeZone: 'Europe/Paris', mode: 'online', audience: 'invited' })
  if (!made.ok) throw new Error(made.reason)
  await publish(team, made.value.slug)
  return made.value
}

const statusOf = async (eventId: string, addressFold: string) =>
  (await db.registration.findUnique({ where: { eventId_addressFold: { eventId, addressFold } } }))?.status

test('the list of invited people is replaced as a whole, and a line that is no address changes nothing', async () => {
  const { id, slug } = await invitedEvent()
  expect(await invite(team, slug, { addresses: 'Ana@theatre.example\nyann@theatre.example, ANA@theatre.example' })).toMatchObject({ ok: true, value: { invited: 2 } })
  expect(await invite(team, slug, { addresses: 'zoe@theatre.example\nnobody' })).toMatchObject({ ok: false, fields: [{ field: 'addresses', reason: 'not-addresses' }] })
  expect(await db.invitee.count({ where: { eventId: id } })).toBe(2)
  expect(await invite(team, slug, { addresses: '' })).toMatchObject({ ok: true, value: { invited: 0 } })
  expect(await invite(guest, slug, { addresses: '' })).toMatchObject({ ok: false, reason: 'forbidden' })
})

test('an organiser lets in whom they put on the list of a closed circle, and the journal knows', async () => {
  const { id, slug } = await invitedEvent()
  expect(await register(team, slug, { name: 'Ana', email: 'ana@theatre.example' }, 'organiser')).toMatchObject({ ok: true, value: { status: 'confirmed' } })
  expect(await statusOf(id, 'ana@theatre.example')).toBe('confirmed')
  expect(await db.activity.count({ where: { eventId: id, verb: 'registration.add' } })).toBe(1)
})

test('nobody lets themselves in by saying that they are the organiser', async () => {
  const { id, slug } = await invitedEvent()
  expect(await register(guest, slug, { name: 'Eve', email: 'eve@theatre.example' }, 'organiser')).toMatchObject({ ok: true, value: { status: 'pending' } })
  expect(await statusOf(id, 'eve@theatre.example')).toBe('pending')
})
