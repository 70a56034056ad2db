import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { hashToken } from '@/lib/ids'
import { deviceOf, sessionDays } from './rules'

/**
 * Sessions are kept by the one who holds the token, so the token is the permission; rows hold its hash. A session
 * ends 30 days after the log-in, whatever `expires` asks for.
 */
export async function startSession(input: { personId: string; token: string; expires: Date; userAgent?: string | null }) {
  const last = new Date(now().getTime() + sessionDays * 86_400_000)
  const expires = input.expires < last ? input.expires : last
  await db.loginSession.create({ data: { personId: input.personId, tokenHash: hashToken(input.token), expires, device: deviceOf(input.userAgent ?? ''), createdAt: now() } })
  return { expires }
}

/** Logs a browser out; true if it was logged in. */
export async function endSession(token: string): Promise<boolean> {
  const { count } = await db.loginSession.deleteMany({ where: { tokenHash: hashToken(token) } })
  return count > 0
}

/** Forgets sessions and challenges that are over, for a day's grace; the worker calls it. */
export async function forgetOldLogins() {
  const dayAgo = new Date(now().getTime() - 86_400_000)
  await db.loginSession.deleteMany({ where: { expires: { lt: dayAgo } } })
  await db.loginChallenge.deleteMany({ where: { expires: { lt: dayAgo } } })
}
