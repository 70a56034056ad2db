import { db } from '@/lib/db'

/** Voices of those who have their seat: whoever gives it back takes theirs along, or one seat would have as many as it had holders. */
const voices = { select: { votes: { where: { registration: { status: 'confirmed' as const } } } } }
const byVotes = [{ votes: { _count: 'desc' as const } }, { createdAt: 'asc' as const }, { id: 'asc' as const }]

const ranked = <Row extends { votes: number }>(rows: Row[]) => rows.toSorted((a, b) => b.votes - a.votes)

/** What people want to have talked about: by votes, then in the order they came. At most 100; hidden ones are not among them. */
export async function preparedQuestions(eventId: string) {
  const rows = await db.preparedQuestion.findMany({ where: { eventId, hiddenAt: null }, orderBy: byVotes, take: 100, select: { id: true, text: true, _count: voices } })
  return ranked(rows.map(({ id, text, _count }) => ({ id, text, votes: _count.votes })))
}

/** The same for the person of one registration: which are their own, for which they voted. Who wrote the others is not among it. */
export async function preparedFor(eventId: string, registrationId: string) {
  const rows = await db.preparedQuestion.findMany({
    where: { eventId, OR: [{ hiddenAt: null }, { registrationId }] },
    orderBy: byVotes,
    take: 200,
    select: { id: true, text: true, hiddenAt: true, registrationId: true, _count: voices, votes: { where: { registrationId }, select: { at: true } } },
  })
  return ranked(rows.map(({ id, text, hiddenAt, _count, votes, ...one }) => ({ id, text, votes: _count.votes, isOwn: one.registrationId === registrationId, isMine: votes.length > 0, isHidden: hiddenAt !== null })))
}

export type PreparedRow = Awaited<ReturnType<typeof preparedFor>>[number]

/** All of an event's with who wrote them, for its organisers. */
export async function allPrepared(eventId: string) {
  const rows = await db.preparedQuestion.findMany({
    where: { eventId },
    orderBy: byVotes,
    take: 500,
    select: { id: true, text: true, createdAt: true, hiddenAt: true, registration: { select: { name: true } }, _count: voices },
  })
  return ranked(rows.map(({ _count, ...one }) => ({ ...one, votes: _count.votes })))
}
