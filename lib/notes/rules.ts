type Had = { status: string; event: { status: string; startsAt: Date } }

/** Why somebody cannot say what stays with them: it did not take place, it is yet to come, they had no seat. */
export function mayPropose({ status, event }: Had, now: Date) {
  if (event.status !== 'published') return 'called-off' as const
  if (event.startsAt > now) return 'too-early' as const
  return status === 'confirmed' ? null : ('no-seat' as const)
}
