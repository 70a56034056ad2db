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

/** Empties every table of ours and of the queue. */
export async function cleanDatabase() {
  const { rows } = await client.query<{ name: string }>(`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'
    UNION ALL SELECT 'pgboss.job' WHERE to_regclass('pgboss.job') IS NOT NULL`)
  if (rows.length > 0) await client.query(`TRUNCATE ${rows.map((row) => row.name).join(', ')} RESTART IDENTITY CASCADE`)
}

async function createOwn() {
  const owner = new pg.Client({ connectionString: postgres })
  await owner.connect()
  const { rowCount } = await owner.query('SELECT 1 FROM pg_database WHERE datname = $1', [own])
  if (rowCount === 0) await owner.query(`CREATE DATABASE ${own} TEMPLATE ${TEMPLATE}`)
  await owner.end()
}
