import { type OpenedMail, type TieCandidate, tieCandidates } from '@/lib/inbox/queries'

/**
 * Registrations that a message may be about: the one that its address named, then those of whoever it speaks for or comes
 * from; only where there is none, those of somebody who has the sender's name.
 */
export async function guesses({ registration, detail, fromAddress, fromName }: OpenedMail): Promise<{ rows: TieCandidate[]; more: boolean }> {
  const addresses = [...new Set([registration?.address, detail.attendee, fromAddress].flatMap((one) => (one ? [one.toLowerCase()] : [])))]
  const found = await Promise.all(addresses.map(tieCandidates))
  const rows = [...new Map(found.flatMap(({ rows: some }) => some).map((row) => [row.id, row])).values()]
  if (rows.length === 0 && fromName) return tieCandidates(fromName)
  const own = rows.filter(({ id }) => id === registration?.id)
  return { rows: [...own, ...rows.filter(({ id }) => id !== registration?.id)].slice(0, 20), more: rows.length > 20 || found.some(({ more }) => more) }
}
