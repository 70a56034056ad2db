/** What one person, or the holders of one registration's link, may ask for. */
export const mostAddressChanges = { most: 10, seconds: 3600 }

type Standing = { status: keyof typeof rank; line: number; seats: number; createdAt: Date }

const rank = { confirmed: 4, offered: 3, waitlisted: 2, pending: 1, cancelled: 0 }

/**
 * Of two registrations of one person at one event, does the first stand better? A seat before an offer before the line;
 * in line who came first; of two seats the one that brings more people, so that no colleague loses theirs.
 */
export function isBetter(one: Standing, other: Standing): boolean {
  if (one.status !== other.status) return rank[one.status] > rank[other.status]
  if (one.status === 'cancelled' || one.status === 'pending') return false
  return one.status === 'waitlisted' ? one.line < other.line : one.seats > other.seats
}

/** The one of several that one person keeps: the best, and of equals the one that was made first. */
export const bestOf = <Row extends Standing>(rows: Row[]): Row =>
  rows.toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime()).reduce((best, row) => (isBetter(row, best) ? row : best))
