import pg from 'pg'

/** So long may the database take to say the version: whoever waited longer is answered by Next, which asks again. */
const PATIENCE = 2_000
/** Connections: while one asks for those who came first, the other does for those who came since. */
const AT_ONCE = 2

/**
 * Reads the version of what everybody may see: a text that changes with each commit that changes a table that public
 * pages show (the triggers of prisma/migrations/*_versions), at the same instant as the change itself; and that of
 * what stands in feeds, which no seat that is taken changes (*_feeds_have_their_own_version). One question for both.
 */
export function versionReader(databaseUrl: string) {
  // Not a pool, which would take as long as the question itself.
  const idle: pg.Client[] = []
  const readBoth = shared(async () => {
    const client = idle.pop() ?? (await connect())
    try {
      const { rows } = await client.query<{ version: string; feeds: string }>(QUESTION)
      idle.push(client)
      return rows[0]
    } catch (error) {
      client.end().catch(() => {})
      throw error
    }
  }, AT_ONCE)

  async function connect() {
    const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: PATIENCE, query_timeout: PATIENCE, keepAlive: true })
    // The connection was lost while nobody asked; the next one who does connects again.
    client.on('error', () => idle.splice(0, idle.length, ...idle.filter((one) => one !== client)))
    await client.connect()
    return client
  }

  return { read: async () => (await readBoth()).version, readFeeds: async () => (await readBoth()).feeds, end: () => Promise.all(idle.splice(0).map((client) => client.end())) }
}

const QUESTION = {
  name: 'version',
  text: 'SELECT coalesce(sum(n), 0)::text AS version, coalesce((SELECT n FROM "FeedVersion"), 0)::text AS feeds FROM "Version"',
}

/**
 * Calls that come together share one asking, and `most` are under way at a time, however many call: who comes while
 * they are waits for the next. So an answer never began before its call.
 */
export function shared<Value>(ask: () => Promise<Value>, most = 1): () => Promise<Value> {
  let next: PromiseWithResolvers<Value> | undefined
  let asking = 0

  const depart = async () => {
    const those = next
    if (!those) return
    next = undefined
    asking++
    await ask().then(those.resolve, those.reject)
    asking--
    void depart()
  }

  return () => {
    if (!next) {
      next = Promise.withResolvers<Value>()
      // Not at once: requests that arrived together are read one after the other before this comes.
      if (asking < most) setImmediate(depart)
    }
    return next.promise
  }
}
