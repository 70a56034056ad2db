/** A seat is held for so long while its address is being proven. */
export const holdMinutes = 30

/** For so long whoever gave a seat back may take it back as it was, if nobody has it. */
export const takeBackMinutes = 10

/** For so long the page that registered somebody may put the address right. */
export const mistakeMinutes = 30

/** Numbers what one person's calendar receives (RFC 5545 3.8.7.4): both parts only ever rise. */
export const personalSequence = (eventSequence: number, revision: number) => eventSequence + revision

/**
 * A letter that an unproven visitor can cause is said once in twenty minutes: its revision is the twenty minutes it
 * falls in, and the outbox holds (about, kind, revision) once. So at most three an hour reach an address that way.
 */
export const twentyMinutes = (now: Date) => Math.floor(now.getTime() / 1_200_000)

/** Why a registration does not follow any more, whoever asks. */
export function shutToChange(event: { status: string; startsAt: Date }, now: Date) {
  if (event.status === 'called_off') return 'called-off' as const
  return event.startsAt <= now ? ('already-over' as const) : null
}

/** What the form's next visitor would be told (DESIGN: nobody learns from the form who is registered). */
export const answerFor = { open: 'confirmed', waitlist: 'waitlisted', full: 'full', closed: 'closed' } as const

/** For so long the link to a new address waits to be confirmed. */
export const addressChangeHours = 24
