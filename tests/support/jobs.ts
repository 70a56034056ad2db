import { db } from '@/lib/db'
import type { JobName, Jobs } from '@/lib/jobs/rules'
import { deliverDue } from '@/lib/mail/deliver'
import { compose } from '@/lib/worker/compose'
import { handlers } from '@/lib/worker/handlers'

type Row = { id: string; name: JobName; data: Jobs[JobName] }

/** Runs what the acts have enqueued, in their order, as the worker would; how many. */
export async function runJobs(): Promise<number> {
  const waiting = await db.$queryRaw<Row[]>`SELECT id::text, name, data FROM pgboss.job WHERE state = 'created' ORDER BY created_on, id`
  for (const { id, name, data } of waiting) {
    const handle = handlers[name] as ((payload: Jobs[JobName]) => Promise<unknown>) | undefined
    await handle?.(data)
    await db.$executeRaw`UPDATE pgboss.job SET state = 'completed' WHERE id = ${id}::uuid`
  }
  return waiting.length
}

/** What the acts have caused is done and said: jobs have run, letters have left. */
export async function settle() {
  while ((await runJobs()) + (await deliverDue(compose)) > 0) { /* what one causes is the next one's work */ }
}
