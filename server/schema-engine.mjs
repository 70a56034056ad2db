#!/usr/bin/env node
// Stand-in for Prisma's native `schema-engine`: the same command line and the same JSON-RPC over stdio, on top
// of @prisma/schema-engine-wasm and `pg`, so that migrating needs nothing but npm packages.
// prisma.config.ts points PRISMA_SCHEMA_ENGINE_BINARY at this file.
import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

const POSTGRES_TYPE_CHAR = 18
const PRISMA_ERRORS = {
  '3D000': 'P1003',
  '28P01': 'P1000',
  28000: 'P1010',
  '42P04': 'P1009',
  ECONNREFUSED: 'P1001',
  ENOTFOUND: 'P1001',
  ETIMEDOUT: 'P1002',
}

const { values: options, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    datamodels: { type: 'string', multiple: true },
    datasource: { type: 'string' },
    version: { type: 'boolean' },
  },
})
const { url } = options.datasource ? JSON.parse(options.datasource) : {}

/** Adapters still open: the engine leaves some behind, and shadow databases after errors. */
const opened = new Set()
let engine
let panic

if (options.version) console.log('schema-engine-wasm')
else if (positionals[0] === 'cli') await runCommand(positionals[1])
else await serve()

/** `schema-engine cli can-connect-to-database | create-database` */
async function runCommand(command) {
  const client = new pg.Client(connection(command === 'create-database' ? 'postgres' : undefined))
  try {
    await client.connect()
    if (command === 'create-database') {
      const name = decodeURIComponent(new URL(url).pathname.slice(1))
      await client.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`)
    }
    await client.end()
  } catch (error) {
    const message = error.message || `Can't reach the database server at ${new URL(url).host}`
    const fields = { is_panic: false, message, error_code: PRISMA_ERRORS[error.code] ?? 'P1011' }
    // The command line skips the first line of stderr.
    process.stderr.write(`\n${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields })}`)
    process.exit(1)
  }
}

async function serve() {
  let closing
  const close = () => (closing ??= closeAll())
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, close) // the command line ends us with SIGTERM
  for await (const line of createInterface({ input: process.stdin })) {
    const message = JSON.parse(line)
    if (message.method) await answer(message)
  }
  await close()
}

async function answer({ id, method, params }) {
  try {
    engine ??= await startEngine()
    if (method === 'evaluateDataLoss' || method === 'createMigration') {
      // The Wasm engine opens no shadow database for these two: it wants the schema that the migrations add up
      // to in its cache, where a diagnosis puts it.
      const { migrationsList, filters } = params
      await engine.diagnoseMigrationHistory({ migrationsList, filters, optInToShadowDatabase: true })
    }
    const result = await engine[method === 'getDatabaseVersion' ? 'version' : method](params)
    if (method === 'diff' && result.stdout) send({ id: 0, method: 'print', params: { content: result.stdout } })
    send({ id, result: result ?? null })
  } catch (error) {
    const is_panic = error instanceof WebAssembly.RuntimeError
    const data = { is_panic, message: panic ?? error.message, error_code: error.code, meta: error.meta ?? null }
    send({ id, error: { code: 4466, message: 'An error happened. Check the data field for details.', data } })
  }
}

async function startEngine() {
  globalThis.PRISMA_WASM_PANIC_REGISTRY = { set_message: (message) => (panic = message) }
  const glue = import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const wasm = await readFile(new URL('schema_engine_bg.wasm', glue))
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': bindings })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()

  const files = (options.datamodels ?? []).map(async (path) => [path, await readFile(path, 'utf8')])
  const datamodels = files.length > 0 ? await Promise.all(files) : undefined
  const factory = {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    connect: () => open(connection()),
    connectToShadowDb: openShadow,
  }
  return bindings.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(factory))
}

async function openShadow() {
  const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`
  const owner = new pg.Client(connection())
  await owner.connect()
  await owner.query(`CREATE DATABASE "${name}"`)
  return open(connection(name), async () => {
    await owner.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
    await owner.end()
  })
}

async function open(config, afterClose = async () => {}) {
  const adapter = forMigrations(await new PrismaPg(config).connect())
  const close = adapter.dispose.bind(adapter)
  adapter.dispose = async () => {
    if (!opened.delete(adapter)) return
    await close()
    await afterClose()
  }
  opened.add(adapter)
  return adapter
}

/** One session for each database: the engine takes an advisory lock and relies on the session's state. */
function connection(database) {
  const target = new URL(url)
  if (!['public', null].includes(target.searchParams.get('schema'))) {
    throw new Error('?schema= is not supported in DATABASE_URL: the tables live in "public"')
  }
  target.searchParams.delete('schema') // Prisma's own parameter, which pg does not know
  if (database) target.pathname = `/${encodeURIComponent(database)}`
  return { connectionString: target.href, max: 1 }
}

/** Mends two things on which the engine relies and which @prisma/adapter-pg only half does. */
function forMigrations(adapter) {
  // It cuts scripts at every ";", also inside $$ bodies and strings. Postgres takes a whole script in one simple
  // query (atomic unless it says otherwise), as the native engine sends it.
  adapter.executeScript = async (sql) => {
    try {
      await adapter.underlyingDriver().query(sql)
    } catch (error) {
      adapter.onError(error)
    }
  }

  // It refuses the catalogue type "char", for example pg_constraint.contype.
  const { queryRaw } = adapter
  adapter.queryRaw = async (query) => {
    const charColumns = new Set()
    const performIO = async (asked) => {
      const result = await adapter.performIO(asked)
      result.fields.forEach((field, index) => {
        if (field.dataTypeID !== POSTGRES_TYPE_CHAR) return
        charColumns.add(index)
        field.dataTypeID = pg.types.builtins.TEXT
      })
      return result
    }
    const set = await queryRaw.call(Object.create(adapter, { performIO: { value: performIO } }), query)
    for (const index of charColumns) set.columnTypes[index] = ColumnTypeEnum.Character
    return set
  }
  return adapter
}

function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)
}

async function closeAll() {
  for (const adapter of opened) await adapter.dispose().catch(() => {})
  process.exit()
}
