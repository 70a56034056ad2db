import { now } from '@/lib/clock'
import type { Tx } from '@/lib/db'
import { proposeIn } from '@/lib/notes/propose-passage'
import { type Addressed, isTheirAddress } from './find-addressed'
import type { Content, Reading } from './reading'
import type { Made } from './rules'

/**
 * Words to the address of a registration: what somebody keeps from a session, where they were asked for it, waits for the
 * host of its notes; any others wait for an organiser. The name stands beside them only where they come from its person's own
 * address: whoever was forwarded the letter may answer it, and signs for nobody. A step of fileMail.
 */
export async function takeWords(tx: Tx, mailId: string, { words, signature }: Extract<Content, { is: 'words' }>, { inReplyTo, from }: Pick<Reading, 'inReplyTo' | 'from'>, { is, registration }: Addressed): Promise<Made> {
  if (!registration) return { outcome: is === 'unknown' ? 'unknown-address' : 'no-address', awaits: true }
  if (await isAsked(tx, registration, inReplyTo)) {
    const isSigned = signature !== null && (await isTheirAddress(tx, from.address, registration))
    // The message's own id: what is filed once is proposed once.
    const proposed = await proposeIn(tx, { registrationId: registration.id, via: 'mail', id: mailId, text: words, ...(isSigned ? { signature } : {}) })
    if (proposed.ok) return { outcome: 'proposed' }
  }
  return { outcome: 'words', awaits: true }
}

async function isAsked(tx: Tx, { id, eventId }: { id: string; eventId: string }, inReplyTo: string[]) {
  const letters = await tx.letter.findMany({ where: { about: `registration/${id}`, kind: 'takeaway' }, select: { messageId: true } })
  if (letters.some(({ messageId }) => inReplyTo.includes(messageId))) return true
  return letters.length > 0 && (await tx.event.count({ where: { id: eventId, overAt: { lte: now() } } })) === 1
}
