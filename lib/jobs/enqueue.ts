import { PgBoss } from 'pg-boss'
import { config } from '@/lib/config'
import type { Tx } from '@/lib/db'
import { type JobName, type Jobs, jobNames } from './rules'

/**
 * Writes a job in the transaction of the act that wants it: it exists if and only if the act was committed,
 * and runs after it, or not before the instant `after`. Handlers may run twice, so they must be idempotent.
 */
export async function enqueue<Name extends JobName>(tx: Tx, name: Name, payload: Jobs[Name], { after }: { after?: Date } = {}) {
  const boss = await sender()
  await boss.send(name, payload, { db: inside(tx), retryLimit: 20, retryDelay: 2, retryBackoff: true, ...(after ? { startAfter: after } : {}) })
}

/** pg-boss as a writer only: it keeps no worker, no timer, and creates nothing. */
async function sender() {
  kept.jobSender ??= startSender()
  return kept.jobSender
}

async function startSender() {
  const boss = new PgBoss({
    connectionString: config().databaseUrl,
    max: 2,
    supervise: false,
    schedule: false,
    migrate: false,
    createSchema: false,
  })
  boss.on('error', () => {})
  try {
    await boss.start()
    for (const name of jobNames) await boss.createQueue(name)
    return boss
  } catch (error) {
    kept.jobSender = undefined
    throw error
  }
}

export async function stopSender() {
  const boss = await kept.jobSender
  kept.jobSender = undefined
  await boss?.stop({ graceful: false })
}

const inside = (tx: Tx) => ({
  executeSql: async (text: string, values: unknown[] = []) => ({
    rows: (await tx.$queryRawUnsafe(text, ...values)) as unknown[],
  }),
})

/** Next's bundle and the server are two copies of this module in one process: they share one connection. */
const kept = globalThis as typeof globalThis & { jobSender?: Promise<PgBoss> }
