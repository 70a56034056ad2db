import type { Tx } from '@/lib/db'
import { withdraw } from './cancel'
import { holdsSeats } from './open-registration'

type Row = Parameters<typeof withdraw>[1]

/**
 * Its person's calendar said No: the registration ends as if they had cancelled it on its page, under `lockRegistration`,
 * and can be taken back as from there. Whoever calls this has judged the answer on the row that is locked. Returns how many
 * of those in line were seated or asked instead.
 */
export const declineByCalendar = (tx: Tx, row: Row, actor = 'themselves') =>
  withdraw(tx, row, {
    actor,
    reason: 'declined-in-calendar',
    kind: 'registration-cancelled',
    facts: { by: 'calendar', hadSeat: holdsSeats(row) },
  })
