import pg from 'pg'

/** So long may the database take to say the version: whoever waited longer is answered by Next, which asks again. */
const PATIENCE = 2_000

/**
 * Reads the version of what everybody may see: a text that changes with each commit that changes a table that public
 * pages show (the triggers of prisma/migrations/*_versions), at the same instant as the change itself.
 */
export function versionReader(databaseUrl: string) {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    max: 1,
    connectionTimeoutMillis: PATIENCE,
    query_timeout: PATIENCE,
    idleTimeoutMillis: 0,
    keepAlive: true,
  })
  pool.on('error', () => {}) // the connection was lost while nobody asked; the next one who does connects again
  const read = shared(async () => {
    const { rows } = await pool.query<{ version: string }>({ name: 'version', text: 'SELECT coalesce(sum(n), 0)::text AS version FROM "Version"' })
    return rows[0].version
  })
  return { read, end: () => pool.end() }
}

/**
 * Calls that come while one asking is under way wait for the next one and share it: an answer never began before its
 * call, and however many call, one asks at a time.
 */
export function shared<Value>(ask: () => Promise<Value>): () => Promise<Value> {
  let next: PromiseWithResolvers<Value> | undefined
  let isAsking = false

  const depart = async () => {
    const those = next
    if (!those) return
    next = undefined
    isAsking = true
    await ask().then(those.resolve, those.reject)
    isAsking = false
    if (next) setImmediate(depart)
  }

  return () => {
    if (!next) {
      next = Promise.withResolvers<Value>()
      // Not at once: requests that arrived together are read one after the other before this comes.
      if (!isAsking) setImmediate(depart)
    }
    return next.promise
  }
}
