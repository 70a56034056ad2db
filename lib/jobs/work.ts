import { PgBoss } from 'pg-boss'
import { config } from '@/lib/config'
import { log } from '@/lib/log'
import { type JobName, type Jobs, jobNames } from './rules'

export type Handlers = { [Name in JobName]: (payload: Jobs[Name]) => Promise<void> }

/** Runs jobs until stopped: looked for twice a second, a job of a dead process is taken up again after a minute. */
export async function work(handlers: Handlers) {
  const boss = new PgBoss({ connectionString: config().databaseUrl, max: 3 })
  boss.on('error', (error) => log.error('jobs', { error: String(error) }))
  await boss.start()
  for (const name of jobNames) await start(boss, name, handlers)
  return { stop: () => boss.stop({ graceful: true, timeout: 10_000 }) }
}

async function start<Name extends JobName>(boss: PgBoss, name: Name, handlers: Handlers) {
  await boss.createQueue(name)
  await boss.updateQueue(name, { expireInSeconds: 60 })
  await boss.work<Jobs[Name]>(name, { pollingIntervalSeconds: 0.5, batchSize: 5 }, async (jobs) => {
    // One that fails is tried again alone: its neighbours are done.
    for (const { id, data } of jobs) await handlers[name](data).catch((error) => boss.fail(name, id, { error: String(error) }))
  })
}
