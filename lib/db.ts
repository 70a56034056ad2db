import { createHash } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { config } from '@/lib/config'
import { Prisma, PrismaClient } from '@/lib/generated/prisma/client'

export { Prisma }
export type Tx = Prisma.TransactionClient

/** Connections of this process. Its Postgres must allow as many for each process, the queue's come on top. */
const POOL_SIZE = 10
const ATTEMPTS = 4
/** Of two thousand at once the last waits for a connection until the others had theirs; one of the night must not be found dead in the morning. */
const PATIENCE = { connectionTimeoutMillis: 60_000, idleTimeoutMillis: 60_000, keepAlive: true }

/**
 * A Postgres that is away must be noticed soon: making a connection may take no longer than this, however long one waits for
 * a made one. Less would be too little for a program that two thousand ask at once when it has just begun.
 */
class Prompt extends pg.Client {
  constructor(options: pg.ClientConfig = {}) {
    super({ ...options, connectionTimeoutMillis: 30_000 })
  }
}

const NAMED = 150
const names = new Map<string, string>()

/** Next bundles its own copy of this file beside the server's: the client is kept where both find it. */
const shared = globalThis as typeof globalThis & { parlonsEnDb?: PrismaClient }

export const db: PrismaClient = (shared.parlonsEnDb ??= new PrismaClient({
  adapter: {
    provider: 'postgres',
    adapterName: '@prisma/adapter-pg',
    // Reads the address at the first query, not at the import: a build imports this file without a database.
    connect: () => new PrismaPg({ connectionString: config().databaseUrl, max: POOL_SIZE, Client: Prompt, ...PATIENCE }, { statementNameGenerator: nameOf }).connect(),
  },
}))

/**
 * Runs `work` in one transaction and commits when it returns. Where Postgres chose this transaction as the loser of
 * a deadlock or of a serialisation conflict, it is run again, three times at most: `work` must leave no trace
 * outside its transaction. Whatever takes longer than `seconds` is undone.
 */
export async function inTransaction<Value>(work: (tx: Tx) => Promise<Value>, { seconds = 20 } = {}): Promise<Value> {
  return inPeace(() => db.$transaction(work, { maxWait: PATIENCE.connectionTimeoutMillis, timeout: seconds * 1000 }))
}

/** The same patience for one statement that is a transaction by itself. */
export async function inPeace<Value>(work: () => Promise<Value>): Promise<Value> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === ATTEMPTS || !isConflict(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * attempt))
    }
  }
}

/** Prisma tells of a conflict by its code, or, from a raw statement, by the kind of the cause. */
function isConflict(error: unknown) {
  if (!(error instanceof Error)) return false
  const { code, cause, meta } = error as Error & {
    code?: string
    cause?: { kind?: string; originalCode?: string }
    meta?: { driverAdapterError?: { cause?: { originalCode?: string; kind?: string } } }
  }
  const original = meta?.driverAdapterError?.cause
  return (
    code === 'P2034' ||
    [cause?.kind, original?.kind].includes('TransactionWriteConflict') ||
    [cause?.originalCode, original?.originalCode].some((one) => one === '40001' || one === '40P01')
  )
}

/**
 * Look-ups by key are planned once for each connection, not once for each question. Searches and ranges in an order are
 * not: a plan made for any value would be a bad one for most. Nor are more than so many, whose texts depend on how many
 * things are asked for: they would fill the memory of Postgres. The empty name is none.
 */
function nameOf({ sql }: { sql: string }) {
  const known = names.get(sql)
  if (known !== undefined || names.size >= NAMED) return known ?? ''
  if (/ LIKE | @@ | <-> /i.test(sql) || (/[<>]/.test(sql) && /ORDER BY/i.test(sql))) return ''
  const name = createHash('sha256').update(sql).digest('hex').slice(0, 32)
  names.set(sql, name)
  return name
}
