import pg from 'pg'
import { config } from '@/lib/config'
import { db, Prisma } from '@/lib/db'

const SEED_LOCK = 7_275_101

const client = new pg.Client({ connectionString: config().databaseUrl })
await client.connect()
// Two first starts on one database: the second waits here, and then finds the work done.
await client.query('SELECT pg_advisory_lock($1)', [SEED_LOCK])

const { rows } = await client.query<{ seededAt: Date | null; seed: string | null }>('SELECT "seededAt", seed FROM "Installation"')
const what = config().seed
if (!rows[0]?.seededAt) {
  // A first start that was broken off left halves behind; nothing was served yet, so nothing is lost.
  if (rows[0]?.seed) await emptyAll()
  await note(what, null)
  if (what !== 'none') {
    const { seed } = await import('@/prisma/seed/seed')
    await seed(what)
  }
  await note(what, new Date())
}
await client.end()
await db.$disconnect()
process.exit(0) // the verbs may have opened connections of their own

async function note(name: string, seededAt: Date | null) {
  await client.query(
    `INSERT INTO "Installation" (id, seed, "seededAt") VALUES (1, $1, $2)
     ON CONFLICT (id) DO UPDATE SET seed = excluded.seed, "seededAt" = excluded."seededAt"`,
    [name, seededAt],
  )
}

async function emptyAll() {
  const tables = Object.values(Prisma.ModelName).map((name) => `"${name}"`)
  await client.query(`TRUNCATE ${tables.join(', ')} RESTART IDENTITY CASCADE`)
}
