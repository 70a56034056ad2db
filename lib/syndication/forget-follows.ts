import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { keptFor } from './rules'

/** Forgets what was asked for and never confirmed, and what was stopped a while ago: nothing of an address stays that wants nothing. A chore. */
export async function forgetFollows(): Promise<number> {
  const at = now().getTime()
  const { count } = await db.follow.deleteMany({
    where: {
      OR: [
        { confirmedAt: null, createdAt: { lt: new Date(at - keptFor.unconfirmed) } },
        { endedAt: { lt: new Date(at - keptFor.stopped) } },
      ],
    },
  })
  return count
}
