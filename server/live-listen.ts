import pg from 'pg'
import { NOTES_WRITTEN } from '@/lib/notes/notes-row'

/** PostgreSQL's channel that says that somebody's right to write may have ended: the event, or nothing for all. */
export const NOTES_RIGHTS = 'notes_rights'

const again = 1_000

/** Hears what other processes wrote in notes. A connection that is lost is made again, and `onAgain` says so. */
export function listenToNotes(databaseUrl: string, told: { onWritten: (eventId: string, revision: number) => void; onRights: (eventId?: string) => void; onAgain: () => void }) {
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let isStopped = false
  let isFirst = true

  async function connect() {
    const one = new pg.Client({ connectionString: databaseUrl, keepAlive: true, connectionTimeoutMillis: 5_000 })
    client = one
    let isLost = false
    const lost = () => {
      if (isLost) return
      isLost = true
      one.end().catch(() => {})
      if (!isStopped) timer = setTimeout(() => void connect(), again).unref()
    }
    one.on('error', lost).on('end', lost)
    one.on('notification', ({ channel, payload = '' }) => {
      if (channel === NOTES_RIGHTS) return told.onRights(payload || undefined)
      const [eventId, revision] = payload.split(' ')
      told.onWritten(eventId, revision ? Number(revision) : Number.POSITIVE_INFINITY)
    })
    try {
      await one.connect()
      await one.query(`LISTEN ${NOTES_WRITTEN}; LISTEN ${NOTES_RIGHTS}`)
      if (!isFirst) told.onAgain()
      isFirst = false
    } catch {
      lost()
    }
  }

  const ready = connect()
  return {
    ready,
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await client?.end().catch(() => {})
    },
  }
}
