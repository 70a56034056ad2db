import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import pg from 'pg'
import { fingerprint } from './fingerprint'
import { step } from './progress'
import { NEXT, PRISMA, runTool } from './run-tool'
import { Sentence } from './sentence'

const CLIENT_STAMP = 'lib/generated/prisma/.made-from'
const BUILD_STAMP = '.next/made-from'
const BUILT_FROM = 'app i18n lib emails messages public proxy.ts instrumentation.ts next.config.js tsconfig.json package-lock.json'.split(' ')

/** Makes the database client where the schema changed since it was made. */
export async function prepareClient() {
  const made = fingerprint(['prisma/schema', 'node_modules/prisma/package.json'])
  if (isStamped(CLIENT_STAMP, made)) return
  await step('Generating the database client', () => succeed(PRISMA, ['generate'], 'The database client could not be generated.'))
  stamp(CLIENT_STAMP, made)
}

/** Applies what is missing of prisma/migrations; looks first, because the command line takes two seconds to say "nothing". */
export async function migrate(databaseUrl: string) {
  if (await isMigrated(databaseUrl)) return
  await step('Applying the migrations', () =>
    succeed(PRISMA, ['migrate', 'deploy'], 'The migrations could not be applied.', { DATABASE_URL: databaseUrl }),
  )
}

/** Loads the data of the first start. What is loaded, and whether it is wanted, is decided in server/seed.ts. */
export async function seed(databaseUrl: string) {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query('SELECT 1 FROM "Installation" WHERE "seededAt" IS NOT NULL')
  await client.end()
  if (rows.length > 0) return
  await step('Loading the data of the first start', () =>
    succeed('server/seed.ts', [], 'The data could not be loaded.', {}, ['--import', 'tsx']),
  )
}

/** Builds where a source changed since the last build. Nothing of address, port or database goes in. */
export async function build() {
  const made = fingerprint(BUILT_FROM, ['lib/generated'])
  if (existsSync('.next/BUILD_ID') && isStamped(BUILD_STAMP, made)) return
  await step('Building the pages (half a minute)', async () => {
    for (let attempt = 1; ; attempt++) {
      const { code, said } = await runTool(NEXT, ['build'], { NODE_ENV: 'production' })
      if (code === 0) return
      // Another start in the same clone builds just now: wait for it.
      if (!said.includes('another next build') && !said.includes('Another next build')) fail('The build failed.', said)
      if (attempt === 60) fail('Another build in this directory does not end.', said)
      await new Promise((resolve) => setTimeout(resolve, 2_000))
      if (isStamped(BUILD_STAMP, made)) return
    }
  })
  stamp(BUILD_STAMP, made)
}

async function isMigrated(databaseUrl: string) {
  const wanted = readdirSync('prisma/migrations', { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
  } catch (error) {
    const { hostname, port } = new URL(databaseUrl)
    throw new Sentence(`DATABASE_URL: no PostgreSQL answers at ${hostname}:${port || 5432} (${(error as Error).message}).`)
  }
  try {
    const { rows } = await client.query<{ name: string }>(
      'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    )
    const applied = new Set(rows.map((row) => row.name))
    return wanted.every((entry) => applied.has(entry.name))
  } catch {
    return false
  } finally {
    await client.end()
  }
}

async function succeed(script: string, args: string[], sentence: string, variables = {}, before: string[] = []) {
  const [program, ...words] = [...before, script, ...args]
  const { code, said } = await runTool(program, words, variables)
  if (code !== 0) fail(sentence, said)
}

function fail(sentence: string, said: string): never {
  throw new Sentence(`${said.slice(-6000)}\n\n${sentence} The lines above say why.`)
}

function isStamped(file: string, made: string) {
  return existsSync(file) && readFileSync(file, 'utf8') === made
}

function stamp(file: string, made: string) {
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, made)
}
