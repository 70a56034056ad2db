import { isOneSitting } from '@/lib/text'
import { addDays } from '@/lib/time'
import { firstInstantFrom } from './reminders'
import type { Timing } from './rules'

type Days = Pick<Timing, 'startDate' | 'startTime' | 'endDate' | 'endTime' | 'timeZone'>

/** By the event's wall, the day after. */
const hour = '10:00'

/** After so long people have other things in mind: nobody is asked any more. */
const latest = 3 * 86_400_000

/**
 * When those who had a seat are asked what stays with them: at 10 on the event's wall, the day after its last day. An
 * evening that goes on after midnight belongs to the day on which it began.
 */
export function takeawayAt({ startDate, startTime, endDate, endTime, timeZone }: Days): Date {
  const isEvening = endDate !== null && isOneSitting({ date: startDate, time: startTime }, { date: endDate, time: endTime })
  return firstInstantFrom({ date: addDays(isEvening ? startDate : (endDate ?? startDate), 1), time: hour }, timeZone)
}

export const isTooLateToAsk = (event: Days, now: Date) => now.getTime() > takeawayAt(event).getTime() + latest
