import { z } from 'zod'

const typed = z.string('wrong-kind').trim().max(10, 'too-long')

/** A reminder as its small forms send it: days and an hour of the wall, or minutes. Hours as people write them: 18h, 18:30. */
export const reminderAsTyped = {
  daysBefore: typed.optional(),
  atTime: typed.transform((text) => {
    const [, hours, minutes] = /^(\d{1,2})(?: ?[hH:] ?(\d{2})?)?$/.exec(text) ?? []
    return hours ? `${hours.padStart(2, '0')}:${minutes ?? '00'}` : text
  }).optional(),
  minutesBefore: typed.optional(),
}
