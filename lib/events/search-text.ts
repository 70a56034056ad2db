import type { Tx } from '@/lib/db'
import { fold } from '@/lib/text'

/** Everything the agenda's search looks in, folded (accents, case, œ, apostrophes), kept in one column with a trigram index. */
export async function writeSearchText(tx: Tx, eventId: string) {
  const event = await tx.event.findUniqueOrThrow({
    where: { id: eventId },
    select: {
      title: true,
      summary: true,
      description: true,
      translation: { select: { title: true, summary: true } },
      venue: { select: { name: true, city: true } },
      format: { select: { nameFr: true, nameEn: true } },
      themes: { select: { theme: { select: { nameFr: true, nameEn: true } } } },
      speakers: { select: { speaker: { select: { name: true, organisation: true } } } },
    },
  })
  const words = [
    event.title,
    event.summary,
    event.venue?.name,
    event.venue?.city,
    event.format?.nameFr,
    event.format?.nameEn,
    ...event.translation.flatMap(({ title, summary }) => [title, summary]),
    ...event.themes.flatMap(({ theme }) => [theme.nameFr, theme.nameEn]),
    ...event.speakers.flatMap(({ speaker }) => [speaker.name, speaker.organisation]),
    event.description,
  ]
  await tx.event.update({ where: { id: eventId }, data: { searchText: fold(words.filter(Boolean).join(' ')) } })
}
