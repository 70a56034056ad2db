import { afterEach, expect, it, vi } from 'vitest'
import { db, inTransaction } from '@/lib/db'
import { log } from '@/lib/log'
import { type Browser, liveHouse, openBrowser, until } from '@/tests/support/live'
import { anEvent } from '@/tests/support/events'

const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0)) await end()
})

it('notes of an event that is deleted while somebody writes in them leave nothing open behind', async () => {
  vi.spyOn(log, 'warn').mockImplementation(() => {})
  const event = await anEvent({ title: 'Café' })
  const { id } = await db.person.create({ data: { address: 'anne@example.org', addressFold: 'anne@example.org', role: 'organiser' } })
  const { port, stop } = await liveHouse()
  ends.push(stop)
  const open = async () => {
    const one: Browser = openBrowser(port, event.id, { writer: `person/${id}`, delay: 200 })
    ends.unshift(() => one.close())
    await until(() => one.provider.synced, { what: 'it is open' })
    return one
  }
  const one = await open()
  one.add('Avant')
  await until(async () => (await db.notes.count({ where: { revision: 1 } })) === 1)
  const row = await db.event.findUniqueOrThrow({ where: { id: event.id } })
  await inTransaction(async (tx) => {
    await tx.event.delete({ where: { id: event.id } })
    // The first waits in the database for what is being deleted, the second comes meanwhile.
    one.add('Pendant')
    await new Promise((resolve) => setTimeout(resolve, 450))
    one.add('Encore')
    await new Promise((resolve) => setTimeout(resolve, 100))
  })
  await until(() => one.closes.some(({ code }) => code === 4403))
  one.close()
  await db.event.create({ data: row })
  expect((await open()).provider.synced).toBe(true)
})
