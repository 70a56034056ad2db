import { db } from '@/lib/db'

const page = 50

/** The journal, newest first; `before` is the id of the last line of the page before. */
export const journal = (filter: { eventId?: string; after?: string } = {}) =>
  db.activity.findMany({
    where: filter.eventId ? { eventId: filter.eventId } : {},
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: page,
    ...(filter.after ? { cursor: { id: filter.after }, skip: 1 } : {}),
  })
