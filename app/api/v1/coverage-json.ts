import type { z } from 'zod'
import { config } from '@/lib/config'
import { coverageOf, passagesOf, relaysOf, themeCoverage, touchesOf } from '@/lib/coverage/queries'
import { coverageSentence } from '@/lib/coverage/rules'
import { report as reportBySlug } from '@/lib/reports/queries'
import { quotedWording } from '@/lib/reports/rules'
import { localeOf } from '@/lib/text'
import { webAddress } from '@/lib/web-address'
import type { coverage } from './shapes'

/** What of a report has been discussed, with its sessions and passages: six statements, however many recommendations it has. Null where there is no such report. */
export async function coverageJson(slug: string): Promise<z.infer<typeof coverage> | null> {
  const [report, covered, touches, passages, relays, themes] = await Promise.all([reportBySlug(slug), coverageOf(slug), touchesOf(slug), passagesOf(slug), relaysOf(slug), themeCoverage(slug)])
  if (!report || !covered) return null
  const locale = config().defaultLocale
  const [touched, quoted] = [Map.groupBy(touches, ({ number }) => number), Map.groupBy(passages, ({ number }) => number)]
  const byNumber = new Map(report.recommendations.map((one) => [one.number, one]))
  const sessionOf = ({ slug: event, title, startDate, state }: (typeof touches)[number]) => ({ slug: event, title, date: startDate, state, url: webAddress('/events/[slug]', { slug: event }, locale) })
  return {
    report: {
      slug,
      title: report.title,
      publishedOn: report.publishedOn.toISOString().slice(0, { year: 4, month: 7, day: 10 }[report.publishedTo]),
      url: webAddress('/reports/[slug]', { slug }, locale),
      sentence: { fr: coverageSentence(covered.counts, 'fr'), en: coverageSentence(covered.counts, 'en') },
      counts: covered.counts,
    },
    recommendations: covered.recommendations.map((one) => {
      const own = byNumber.get(one.number)
      const sessions = touched.get(one.number) ?? []
      return {
        number: one.number,
        title: own ? (quotedWording(own, localeOf(report.language))?.quoted.text ?? '') : '',
        short: { fr: own?.shortFr ?? null, en: own?.shortEn ?? null },
        cultural: own?.cultural ?? false,
        depth: one.depth,
        toConfirm: one.awaitsConfirmation,
        lastDiscussed: one.lastDiscussed,
        eventCount: one.events,
        passageCount: one.passages,
        events: sessions.filter(({ counts }) => counts).map(sessionOf),
        notCounted: sessions.filter(({ counts }) => !counts).map(sessionOf),
        passages: (quoted.get(one.number) ?? []).map(({ id, text, event, edition }) => ({ id, text, event, edition, url: `${webAddress('/events/[slug]/notes', { slug: event }, locale)}#p-${id}` })),
        relays: (relays.get(one.number) ?? []).map(({ house, heldOn, text, event }) => ({ house, on: heldOn.toISOString().slice(0, 10), text, event: event.slug })),
        url: webAddress('/reports/[slug]/recommendations/[number]', { slug, number: one.number }, locale),
      }
    }),
    themes: themes.map(({ slug: theme, depth, events, passages: said, lastDiscussed }) => ({ slug: theme, depth, events, passages: said, lastDiscussed })),
  }
}
