import { currentActor } from '@/app/_session/actor'
import type { Locale } from '@/i18n/routing'
import { countLetters } from '@/lib/mail/queries'
import { plainKind } from '@/lib/mail/rules'
import { type EntryState, entryStates } from '@/lib/registrations/letter-examples'
import { lettersOfEvent, previewInvitation, previewLetter } from '@/lib/registrations/preview-letters'
import { drawnEntry } from './drawn-entry'

/** The letters that an event sends, in groups; null where the reader may not see them. */
export async function letterList(slug: string) {
  const outcome = await lettersOfEvent(await currentActor(), slug)
  if (!outcome.ok) return null
  const letters = outcome.value.map(({ key, kind, group, reminder }) => ({ key, kind: plainKind(kind), group, reminder }))
  return { letters, groups: [...Map.groupBy(letters, ({ group }) => group)] }
}

export type ListedLetter = NonNullable<Awaited<ReturnType<typeof letterList>>>['letters'][number]

/** One of them as it leaves. */
export async function letterSeen(slug: string, key: string, language: Locale) {
  const outcome = await previewLetter(await currentActor(), slug, key, language)
  return outcome.ok ? outcome.value : null
}

/** What one of them, or a way to stand in somebody's calendar, tells that calendar; null where it tells it nothing. */
export async function invitationSeen(slug: string, of: { letter: string } | { state: EntryState }, language: Locale) {
  const outcome = await previewInvitation(await currentActor(), slug, of, language)
  if (!outcome.ok || outcome.value === null) return null
  return { ...outcome.value, entry: drawnEntry(outcome.value.file, outcome.value.timeZone, language) }
}

export { entryStates }
export type { Finding } from '@/lib/calendar/lint'

export const isEntryState = (asked: unknown): asked is EntryState => entryStates.some((state) => state === asked)

/** What has left so far, by kind, in the order of the list; kinds that the settings no longer send come last. */
export async function lettersGone(eventId: string, letters: ListedLetter[]) {
  const counts = await countLetters(eventId)
  const place = (kind: string) => {
    const found = letters.findIndex((letter) => letter.key === kind || letter.kind === kind)
    return found < 0 ? letters.length : found
  }
  return [...counts].map(([kind, count]) => ({ kind, count, letter: letters.find(({ key }) => key === kind) })).toSorted((a, b) => place(a.kind) - place(b.kind))
}
