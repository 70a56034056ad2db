import { agendaFilter } from '@/lib/events/schema'
import type { AgendaFilter } from '@/lib/events/queries'

export type Search = Promise<Record<string, string | string[] | undefined>>

const { theme, series, q } = agendaFilter.shape

/** What an address asks of the agenda; what cannot be read is as if it were not there. */
export async function readFilter(search: Search): Promise<AgendaFilter> {
  const asked = await search
  const one = (name: string) => [asked[name]].flat()[0]
  const [, report, number] = /^([a-z0-9-]{1,80})\.([1-9]\d{0,2})$/.exec(one('recommendation') ?? '') ?? []
  const filter = {
    theme: theme.parse(one('theme') || undefined),
    series: series.parse(one('series') || undefined),
    q: q.parse(one('q')?.trim() || undefined),
    report,
    recommendation: number ? Number(number) : undefined,
    cursor: /^[\w-]{1,120}$/.test(one('cursor') ?? '') ? one('cursor') : undefined,
  }
  return filter
}

export const isFiltered = ({ theme, series, q, recommendation }: AgendaFilter) => Boolean(theme || series || q || recommendation)

export const recommendationValue = (report: string, number: number) => `${report}.${number}`

/** The same search as an address's query, with `?`, or nothing. */
export function queryOf({ theme, series, q, report, recommendation }: AgendaFilter, cursor?: string | null) {
  const query = new URLSearchParams()
  if (q) query.set('q', q)
  if (theme) query.set('theme', theme)
  if (series) query.set('series', series)
  if (report && recommendation) query.set('recommendation', recommendationValue(report, recommendation))
  if (cursor) query.set('cursor', cursor)
  return query.size > 0 ? `?${query}` : ''
}
