import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { db } from '@/lib/db'
import { wallOf } from '@/lib/time'
import { ofSeries } from './keep-follow-ups'

const said = {
  id: true,
  blockId: true,
  text: true,
  owner: true,
  due: true,
  closedAt: true,
  closedBy: true,
  event: { select: { slug: true, title: true, language: true, startDate: true, format: { select: { slug: true, nameFr: true, nameEn: true } }, cycles: { select: { series: { select: { slug: true, nameFr: true, nameEn: true } } } } } },
} as const

const dayOf = (due: Date | null) => due && due.toISOString().slice(0, 10)
const today = () => wallOf(now(), config().defaultTimeZone).date

/**
 * What is left to do, those whose day comes first at the head, those without a day behind; `series` is a slug. At most
 * 200, and those closed in the last thirty days apart. For organisers.
 */
export async function followUps(series?: string) {
  const of = series ? { event: { OR: [{ format: { slug: series } }, { cycles: { some: { series: { slug: series } } } }] } } : {}
  const [open, closed] = await Promise.all([
    db.followUp.findMany({ where: { closedAt: null, droppedAt: null, ...of }, orderBy: [{ due: { sort: 'asc', nulls: 'last' } }, { createdAt: 'asc' }, { id: 'asc' }], take: 200, select: said }),
    db.followUp.findMany({ where: { closedAt: { gt: new Date(now().getTime() - 30 * 86_400_000) }, droppedAt: null, ...of }, orderBy: [{ closedAt: 'desc' }, { id: 'asc' }], take: 50, select: said }),
  ])
  const plain = (one: (typeof open)[number]) => ({ ...one, due: dayOf(one.due), isOverdue: one.due !== null && dayOf(one.due)! < today(), series: one.event.format ?? one.event.cycles[0]?.series ?? null })
  return { open: open.map(plain), closed: closed.map(plain) }
}

export type FollowUpRow = Awaited<ReturnType<typeof followUps>>['open'][number]

/** What earlier sessions of the same series left open, for the notes of the next: of its format, or else of its cycles. */
export async function openBefore(eventId: string) {
  const event = await db.event.findUnique({ where: { id: eventId }, select: { startsAt: true, formatId: true, cycles: { select: { seriesId: true } } } })
  if (!event) return []
  const series = event.formatId ? { formatId: event.formatId } : event.cycles.length > 0 ? ofSeries(event) : null
  if (!series) return []
  const rows = await db.followUp.findMany({
    where: { closedAt: null, droppedAt: null, event: { startsAt: { lt: event.startsAt }, id: { not: eventId }, ...series } },
    orderBy: [{ due: { sort: 'asc', nulls: 'last' } }, { createdAt: 'asc' }, { id: 'asc' }],
    take: 40,
    select: { id: true, text: true, owner: true, due: true, links: { select: { recommendation: { select: { number: true, report: { select: { slug: true } } } } } } },
  })
  return rows.map(({ links, ...one }) => ({ ...one, due: dayOf(one.due), about: links.map(({ recommendation }) => ({ report: recommendation.report.slug, number: recommendation.number })) }))
}
