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
export const takeawayAt = (event: Days) => daysAfter(event, 1)

/** When its organisers are reminded that a session has no restitution yet: at 10 on its wall, three days after its last day. */
export const restitutionDueAt = (event: Days) => daysAfter(event, 3)

export const isTooLateToRemind = (event: Days, now: Date) => now.getTime() > restitutionDueAt(event).getTime() + latest

function daysAfter({ startDate, startTime, endDate, endTime, timeZone }: Days, days: number): Date {
  const isEvening = endDate !== null && isOneSitting({ date: startDate, time: startTime }, { date: endDate, time: endTime })
  return firstInstantFrom({ date: addDays(isEvening ? startDate : (endDate ?? startDate), days), time: hour }, timeZone)
}

export const isTooLateToAsk = (event: Days, now: Date) => now.getTime() > takeawayAt(event).getTime() + latest
