/** The one place that knows what time it is, so that tests can say otherwise. */
let fixed: Date | null = null

export const now = () => (fixed ? new Date(fixed) : new Date())

/** Stops the clock at an instant (tests), or lets it run again with null. */
export function setClock(instant: Date | null) {
  fixed = instant
}
