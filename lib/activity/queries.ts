import { db } from '@/lib/db'

const perPage = 50

/** The journal, newest first; `after` is the id of the last line of the page before, `next` continues it. */
export async function journal(after?: string) {
  const rows = await db.activity.findMany({
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: perPage + 1,
    ...(after ? { cursor: { id: after }, skip: 1 } : {}),
  })
  return { lines: rows.slice(0, perPage), next: rows.length > perPage ? rows[perPage - 1].id : null }
}
