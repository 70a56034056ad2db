import pg from 'pg'
import { config } from '@/lib/config'

/** With these, a machine that vanishes without a word is noticed by Postgres within half a minute. */
const noticed = 'SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3'
const family = 7_275_102

export type Turn = { holds: () => Promise<boolean>; end: () => Promise<void> }

/**
 * Of all processes on one database, one at a time does `what`: null where another one does. The turn lasts as long as
 * its connection (an advisory lock of the session), so that whoever dies gives it up.
 */
export async function takeTurn(what: string): Promise<Turn | null> {
  const client = new pg.Client({ connectionString: config().databaseUrl, connectionTimeoutMillis: 10_000, query_timeout: 10_000, keepAlive: true })
  let isLost = false
  client.on('error', () => (isLost = true))
  client.on('end', () => (isLost = true))
  const end = () => client.end().catch(() => {})
  try {
    await client.connect()
    await client.query(noticed)
    const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, hashtext($2)) AS taken', [family, what])
    if (!rows[0].taken) {
      await end()
      return null
    }
  } catch (error) {
    await end()
    throw error
  }
  return {
    async holds() {
      if (isLost) return false
      return client.query('SELECT 1').then(() => !isLost, () => false)
    },
    end,
  }
}
