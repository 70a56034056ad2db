import type { Tx } from '@/lib/db'
import { capability, hashToken } from '@/lib/ids'

/** Of one speaker at one event: two events of one speaker have two links. */
export const handoutToken = ({ eventId, speakerId, handoutGeneration }: { eventId: string; speakerId: string; handoutGeneration: number }) =>
  capability('handout', `${eventId}/${speakerId}`, handoutGeneration)

/**
 * Gives a speaker a new link to send slides by, in the caller's transaction; `retired` is the hash of the one before.
 * Null where they do not speak there.
 */
export async function giveHandout(tx: Tx, eventId: string, speakerId: string): Promise<{ token: string; retired: string | null } | null> {
  await tx.$queryRaw`SELECT 1 FROM "EventSpeaker" WHERE "eventId" = ${eventId}::uuid AND "speakerId" = ${speakerId}::uuid FOR UPDATE`
  const key = { eventId_speakerId: { eventId, speakerId } }
  const before = await tx.eventSpeaker.findUnique({ where: key })
  if (!before) return null
  let handoutGeneration = before.handoutGeneration
  // Who was taken off the event and put on again starts anew: no link that was ended comes back to life.
  const isEnded = async (token: string) => (await tx.retiredCapability.count({ where: { hash: hashToken(token) } })) > 0
  let token: string
  do token = handoutToken({ eventId, speakerId, handoutGeneration: ++handoutGeneration })
  while (await isEnded(token))
  await tx.eventSpeaker.update({ where: key, data: { handoutGeneration, handoutHash: hashToken(token) } })
  return { token, retired: before.handoutHash }
}
