import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { keptDays } from './rules'

/**
 * Erases the sources of messages whose time is over, sooner where nobody has to look at them, and forgets what concerned no
 * registration. The worker calls it; safe in any number of processes at once.
 */
export async function forgetMail(): Promise<{ sources: number; messages: number }> {
  const before = (days: number) => new Date(now().getTime() - days * 86_400_000)
  const settled = before(keptDays.settled)
  const sources = await db.$executeRaw`
    UPDATE "IncomingMail" SET raw = NULL
    WHERE raw IS NOT NULL AND "arrivedAt" < ${settled}
      AND ("arrivedAt" < ${before(keptDays.awaiting)} OR (NOT awaits AND coalesce("settledAt", "arrivedAt") < ${settled}))`
  const { count } = await db.incomingMail.deleteMany({ where: { registrationId: null, arrivedAt: { lt: before(keptDays.unmatched) } } })
  return { sources, messages: count }
}
