import { now } from '@/lib/clock'
import { db, inTransaction } from '@/lib/db'
import { log } from '@/lib/log'
import { passOn } from './answer-offer'
import { lockRegistration } from './open-registration'
import { promote } from './promote'
import { withdraw } from './cancel'

const atOnce = 200

/**
 * Ends what was held for too long: an offer nobody answered goes to the next in line, a seat whose address nobody proved
 * too. The worker asks four times a minute; any number of processes may. Returns how many it ended.
 */
export async function lapseDue(): Promise<number> {
  const due = await db.registration.findMany({
    where: { heldUntil: { lte: now() } },
    orderBy: { heldUntil: 'asc' },
    take: atOnce,
    select: { id: true, eventId: true, place: true },
  })
  let ended = 0
  for (const one of due) {
    // One that cannot be ended keeps nobody else's seat from the line.
    const isEnded = await lapse(one).catch((error: unknown) => {
      log.warn('lapse', { registration: one.id, error: error instanceof Error ? error.name : 'unknown' })
      return false
    })
    if (isEnded) ended++
  }
  return ended
}

async function lapse(one: { id: string; eventId: string; place: 'room' | 'screen' }): Promise<boolean> {
  return inTransaction(async (tx) => {
    const { row } = await lockRegistration(tx, one)
    // Answered, or ended by another process, in the meantime.
    if (row.heldUntil === null || row.heldUntil > now()) return false
    if (row.status === 'offered') {
      await passOn(tx, row, { actor: 'waitlist', why: 'lapsed' })
      await promote(tx, row.eventId, row.place, 'offer-lapsed')
    } else {
      // No letter: the first said until when, and its link still opens the way back.
      await withdraw(tx, row, { actor: 'waitlist', reason: 'hold-lapsed' })
    }
    return true
  })
}
