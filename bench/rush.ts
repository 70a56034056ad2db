import { runningPostgres } from '@/server/postgres'
import { startApp } from '@/tests/support/app'
import { isRight, rush } from '@/tests/support/rush'
import { query } from './registering'
import { table } from './table'

const SEEDS = Array.from({ length: 20 }, (_, n) => n + 1)

/** Two thousand at once for a hundred seats, by the API and the form in both languages, once for each seed. Resolves to the exit code. */
export async function printRush(seeds: number[]) {
  const app = await startApp({ RATE_LIMITS: 'off', SEED: 'none' })
  try {
    const databaseUrl = (await runningPostgres(app.dataDir)) ?? ''
    await app.admin('organiser', 'bench@example.org')
    const { lastLine: token } = await app.admin('token', 'bench@example.org', 'bench')
    console.log('2,000 people at once for 100 seats, half of them through the API, half through the form; every other time there is a line:\n')
    const rushes = []
    for (const seed of seeds.length > 0 ? seeds : SEEDS) {
      rushes.push(await rush({ url: app.url, databaseUrl, token }, { seed }))
      // The letters of one are not sent while the next one runs.
      await query({ databaseUrl }, `UPDATE "Letter" SET status = 'delivered', "leaseUntil" = NULL WHERE status IN ('queued', 'sending')`, [])
    }
    const cells = rushes.map((one) => [one.seed, one.database.confirmed, one.told.confirmed, one.database.waitlisted, one.told.full, one.broken, one.cut, one.deadlocks, one.seconds.toFixed(1)])
    console.log(table(['seed', 'confirmed', 'told so', 'in line', 'told full', '5xx', 'cut', 'deadlocks', 'seconds'], cells.map((row) => row.map(String))))
    const { stdout } = await app.admin('check')
    console.log(`\n  ${stdout.trim() === '' ? 'check finds nothing wrong' : stdout.trim()}`)
    return rushes.every(isRight) && stdout.trim() === '' ? 0 : 1
  } finally {
    await app.stop()
  }
}
