import type { Locale } from '@/i18n/routing'
import type { EventPage } from '@/lib/events/queries'
import { preparedQuestions } from '@/lib/notes/prepared'
import { notesText, targetsOf } from '@/lib/notes/queries'
import { pickerOptions } from '@/lib/reports/queries'
import { quotedWording } from '@/lib/reports/rules'
import { fold } from '@/lib/text'

/** Something that a paragraph can be about. */
export interface Pick {
  /** As in Markdown: `report-slug/16` or a theme's slug. */
  key: string
  number: number | null
  name: string
  lang: string | undefined
  pigment: string
  glyph: string | null
  /** The report's title; null for a theme. */
  of: string | null
  /** The session announced it. */
  planned: boolean
  /** Beside a paragraph: the number, or a theme's short name. */
  sign: string
  /** Folded, to be searched in. */
  words: string
}

/** What the room of the notes shows: the text, what it can be tied to, who speaks, and what people want to have talked about. */
export async function roomFacts(event: EventPage, locale: Locale) {
  const [notes, picks, questions] = await Promise.all([notesText(event.id), picksOf(event, locale), preparedQuestions(event.id)])
  return {
    markdown: notes?.markdown ?? '',
    revision: notes?.revision ?? 0,
    savedAt: notes?.updatedAt.toISOString() ?? null,
    picks,
    speakers: event.speakers.map(({ speaker: { slug, name } }) => ({ slug, name })),
    questions,
  }
}

async function picksOf(event: EventPage, locale: Locale): Promise<Pick[]> {
  const planned = event.recommendations.map(({ recommendation }) => `${recommendation.report.slug}/${recommendation.number}`)
  const plannedThemes = event.themes.map(({ theme }) => theme.slug)
  const { themes, reports } = await pickerOptions()
  const { recommendations } = await targetsOf(reports.flatMap(({ slug, recommendations: all }) => all.map(({ number }) => ({ report: slug, number }))))
  const ofReports = reports.flatMap((report) =>
    report.recommendations.map((one): Pick => {
      const key = `${report.slug}/${one.number}`
      const short = locale === 'en' ? one.shortEn : one.shortFr
      const quoted = quotedWording(one, locale)?.quoted
      const lang = short ? locale : quoted?.language
      return {
        key,
        number: one.number,
        name: short ?? quoted?.text ?? '',
        lang: lang === locale ? undefined : lang,
        pigment: recommendations.get(key)?.readingLinks[0]?.readingTheme.theme.pigment ?? 'ink',
        glyph: null,
        of: report.title,
        planned: planned.includes(key),
        sign: String(one.number),
        words: fold(`${one.number} ${short ?? ''} ${quoted?.text ?? ''}`),
      }
    }),
  )
  const ofThemes = themes.map((theme): Pick => {
    const name = locale === 'en' ? theme.nameEn : theme.nameFr
    return { key: theme.slug, number: null, name, lang: undefined, pigment: theme.pigment, glyph: theme.glyph, of: null, planned: plannedThemes.includes(theme.slug), sign: locale === 'en' ? theme.shortEn : theme.shortFr, words: fold(`${theme.nameFr} ${theme.nameEn}`) }
  })
  return [...ofReports, ...ofThemes].toSorted((a, b) => Number(b.planned) - Number(a.planned))
}
