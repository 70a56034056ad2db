import { expect, test } from 'vitest'
import { db } from '@/lib/db'
import { invite } from '@/lib/events/invite'
import { check } from '@/lib/worker/check'
import { anEvent, house, must, signUp } from '@/tests/support/events'

test('an outsider who presses twice at a closed circle is held once, and answered both times', async () => {
  const { id, slug } = await anEvent({ audience: 'members' })
  const answers = await Promise.all(Array.from({ length: 20 }, () => signUp(slug, 'outsider@x.example')))
  expect(answers.map((one) => one.ok && one.value.status)).toEqual(answers.map(() => 'pending'))
  expect(await db.registration.count({ where: { eventId: id } })).toBe(1)
  expect(await db.letter.count({ where: { eventId: id } })).toBe(1)
  expect(await check()).toEqual([])
})

test('of lists of invited people saved at once, one whole list stands', async () => {
  const { id, slug } = await anEvent({ audience: 'invited' })
  const lists = Array.from({ length: 10 }, (_, n) => ['anne@x.example', `guest${n}@x.example`])
  await Promise.all(lists.map(async (addresses) => must(await invite(house, slug, { addresses: addresses.join('\n') }))))
  const rows = await db.invitee.findMany({ where: { eventId: id }, orderBy: { addressFold: 'asc' } })
  expect(lists).toContainEqual(rows.map(({ addressFold }) => addressFold))
})
