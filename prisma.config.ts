import { fileURLToPath } from 'node:url'
import { defineConfig } from 'prisma/config'

// `prisma generate` needs no database, but the command line insists on an address.
const databaseUrl = process.env.DATABASE_URL ?? 'postgresql://nobody@127.0.0.1:1/none'

// The schema engine comes from npm (server/schema-engine.mjs) instead of a native binary that the command
// line would download from a host of its own. Windows cannot start a script this way.
if (process.platform !== 'win32') {
  process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= fileURLToPath(new URL('server/schema-engine.mjs', import.meta.url))
}

export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: databaseUrl },
})
