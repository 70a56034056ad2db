import { currentActor } from '@/app/_session/actor'
import { linesTold, sayValue } from '@/app/dev/mailbox/invitation'
import type { Locale } from '@/i18n/routing'
import { countLetters } from '@/lib/mail/queries'
import { plainKind } from '@/lib/mail/rules'
import { lettersOfEvent, previewLetter } from '@/lib/registrations/preview-letters'

/** The letters that an event sends, in groups; null where the reader may not see them. */
export async function letterList(slug: string) {
  const outcome = await lettersOfEvent(await currentActor(), slug)
  if (!outcome.ok) return null
  const letters = outcome.value.map(({ key, kind, group, reminder }) => ({ key, kind: plainKind(kind), group, reminder }))
  return { letters, groups: [...Map.groupBy(letters, ({ group }) => group)] }
}

export type ListedLetter = NonNullable<Awaited<ReturnType<typeof letterList>>>['letters'][number]

/** What a person would see of it in their calendar; the file itself has the rest. */
const shown = ['SUMMARY', 'STATUS', 'DTSTART', 'DTEND', 'LOCATION', 'CONFERENCE', 'TRANSP', 'SEQUENCE', 'DESCRIPTION']

/** One of them, with what its invitation tells a calendar, line by line. */
export async function letterSeen(slug: string, key: string, language: Locale) {
  const outcome = await previewLetter(await currentActor(), slug, key, language)
  if (!outcome.ok) return null
  const { calendar, ...letter } = outcome.value
  return {
    ...letter,
    calendar: calendar && { method: calendar.method, raw: calendar.content, lines: linesTold(calendar.content).filter(({ name }) => shown.includes(name)).map((line) => ({ name: line.name, value: sayValue(line) })) },
  }
}

/** What has left so far, by kind, in the order of the list; kinds that the settings no longer send come last. */
export async function lettersGone(eventId: string, letters: ListedLetter[]) {
  const counts = await countLetters(eventId)
  const place = (kind: string) => {
    const found = letters.findIndex((letter) => letter.key === kind || letter.kind === kind)
    return found < 0 ? letters.length : found
  }
  return [...counts].map(([kind, count]) => ({ kind, count, letter: letters.find(({ key }) => key === kind) })).toSorted((a, b) => place(a.kind) - place(b.kind))
}
