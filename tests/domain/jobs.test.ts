import { expect, test } from 'vitest'
import { db, inTransaction } from '@/lib/db'
import { enqueue } from '@/lib/jobs/enqueue'
import { jobNames } from '@/lib/jobs/rules'
import { type Handlers, work } from '@/lib/jobs/work'
import { newId } from '@/lib/ids'

test('a job that fails is tried again alone: those fetched with it are done once', async () => {
  const ids = [newId(), newId(), newId()]
  await inTransaction(async (tx) => {
    for (const eventId of ids) await enqueue(tx, 'event-called-off', { eventId, sequence: 1 })
  })
  const seen: string[] = []
  const note = async ({ eventId }: { eventId: string }) => {
    seen.push(eventId)
    if (eventId === ids[0] && seen.filter((one) => one === eventId).length === 1) throw new Error('for once')
  }
  const nothing = async () => {}
  const handlers = { ...Object.fromEntries(jobNames.map((name) => [name, nothing])), 'event-called-off': note } as unknown as Handlers
  const running = await work(handlers)
  await expect.poll(async () => db.$queryRaw`SELECT count(*)::int AS done FROM pgboss.job WHERE name = 'event-called-off' AND state = 'completed'`, { timeout: 20_000 }).toEqual([{ done: 3 }])
  await running.stop()
  expect(ids.map((id) => seen.filter((one) => one === id).length)).toEqual([2, 1, 1])
})
