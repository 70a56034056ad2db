import { citedBlocks, type NotesDocument } from './document'

/** Of one registration so many sentences wait for the host at most, and so many may ever be said. */
export const [mostOpen, mostEver] = [5, 20]

type Had = { status: string; event: { status: string; startsAt: Date } }

/** Why somebody cannot say what stays with them: it did not take place, it is yet to come, they had no seat. */
export function mayPropose({ status, event }: Had, now: Date) {
  if (event.status !== 'published') return 'called-off' as const
  if (event.startsAt > now) return 'too-early' as const
  return status === 'confirmed' ? null : ('no-seat' as const)
}

/** Does a paragraph of that id stand there? */
export const standsIn = (document: NotesDocument, id: string) => citedBlocks(document).some(({ attrs }) => attrs.id === id)

export { kindOfType } from '@/lib/file-kinds'

/** So many resources go with an event, and so many may wait of one speaker. */
export const [mostResources, mostFromSpeaker] = [20, 8]

/** Until when a speaker's own link takes files: thirty days after the event is over. */
export const handoutUntil = ({ overAt }: { overAt: Date }) => new Date(overAt.getTime() + 30 * 86_400_000)

/** Why such a link takes nothing: its days are over, or its event is off. */
export const mayHandIn = (event: { overAt: Date; status: string }, now: Date) => (event.status === 'called_off' || now > handoutUntil(event) ? ('over' as const) : null)

type MayWrite = { status: string; event: { status: string; notesWriters: 'organisers' | 'registered'; startsAt: Date; endsAt: Date | null; overAt: Date } }

/**
 * Why somebody registered cannot write in the notes now: they are the organisers' alone, it is called off, they have no
 * seat, it is more than half an hour before, or more than two hours after the end (where that is not known, after the
 * day).
 */
export function mayWriteNow({ status, event }: MayWrite, now: Date) {
  if (event.notesWriters !== 'registered') return 'organisers-only' as const
  if (event.status !== 'published') return 'called-off' as const
  if (status !== 'confirmed') return 'no-seat' as const
  if (now < writingBegins(event)) return 'not-yet' as const
  return now > writingEnds(event) ? ('over' as const) : null
}

export const writingBegins = ({ startsAt }: { startsAt: Date }) => new Date(startsAt.getTime() - 30 * 60_000)

export const writingEnds = ({ endsAt, overAt }: { endsAt: Date | null; overAt: Date }) => (endsAt ? new Date(endsAt.getTime() + 2 * 3_600_000) : overAt)

const mostAuthors = 300

/** Who signs an edition, where nobody said: those who wrote, in the order in which they came, or else whoever publishes it. */
export function proposedAuthors(writers: { name: string }[], publisher: string): string {
  const names = [...new Set(writers.map(({ name }) => name.trim()).filter(Boolean))]
  while (names.join(', ').length > mostAuthors) names.pop()
  return names.join(', ') || publisher
}

/** Questions that one registration may have standing at once. */
export const mostPrepared = 5

type Prepares = { status: string; event: { status: string; endsAt: Date | null; overAt: Date; asksQuestions: boolean } }

/** Why somebody cannot propose questions, or vote: nobody asks, it does not take place, it is over, they have no seat. */
export function mayPrepare({ status, event }: Prepares, now: Date) {
  if (event.status !== 'published') return 'called-off' as const
  if (!event.asksQuestions) return 'not-asked' as const
  if ((event.endsAt ?? event.overAt) <= now) return 'too-late' as const
  return status === 'confirmed' ? null : ('no-seat' as const)
}

/** Where a licence is explained; null where there is nothing to explain. */
export const licenceLink = (licence: string, locale: 'fr' | 'en'): string | null => {
  const [, kind] = /^CC-(BY|BY-SA)-4\.0$/.exec(licence) ?? []
  return kind ? `https://creativecommons.org/licenses/${kind.toLowerCase()}/4.0/deed.${locale}` : null
}

/** An edition's number as an address says it: 1, 2 …, and no other way. */
export const editionNumber = (said: string): number | null => (/^[1-9]\d{0,5}$/.test(said) ? Number(said) : null)
