import pg from 'pg'
import { afterAll, beforeEach, inject } from 'vitest'
import { completeConfig } from '@/lib/config'
import { databaseUrl, TEMPLATE } from './database'

// A setup file: each worker of vitest has a database of its own, cloned from the template, and each test begins
// with empty tables.
const postgres = inject('postgres')
const own = `worker_${process.env.VITEST_POOL_ID ?? '1'}`

await createOwn()
completeConfig({ databaseUrl: databaseUrl(postgres, own), authSecret: 'a secret for tests, of more than 32 characters' })

const client = new pg.Client({ connectionString: databaseUrl(postgres, own) })
await client.connect()
beforeEach(cleanDatabase)

afterAll(async () => {
  const { db } = await import('@/lib/db')
  const { stopSender } = await import('@/lib/jobs/enqueue')
  await stopSender()
  await db.$disconnect()
  await client.end()
})

/**
 * Empties every table of ours and of the queue. Rows are deleted without triggers and keys: to truncate so many tables,
 * nearly all of them empty, takes ten times as long, for each test. The locks wait for whoever still writes. Versions
 * rise as after any other change: what was kept of the test before is no answer in the next.
 */
export async function cleanDatabase() {
  const { rows } = await client.query<{ name: string }>(`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname = 'public' AND tablename NOT IN ('_prisma_migrations', 'Version', 'FeedVersion')
    UNION ALL SELECT 'pgboss.job' WHERE to_regclass('pgboss.job') IS NOT NULL`)
  const names = rows.map(({ name }) => name)
  if (names.length === 0) return
  await client.query(`
    BEGIN;
    LOCK TABLE ${names.join(', ')} IN ACCESS EXCLUSIVE MODE;
    SET LOCAL session_replication_role = replica;
    ${names.map((name) => `DELETE FROM ${name};`).join('\n')}
    UPDATE "Version" SET n = n + 1;
    UPDATE "FeedVersion" SET n = n + 1;
    SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences WHERE schemaname = 'public';
    COMMIT`)
}

async function createOwn() {
  const owner = new pg.Client({ connectionString: postgres })
  await owner.connect()
  const { rowCount } = await owner.query('SELECT 1 FROM pg_database WHERE datname = $1', [own])
  if (rowCount === 0) await owner.query(`CREATE DATABASE ${own} TEMPLATE ${TEMPLATE}`)
  await owner.end()
}
