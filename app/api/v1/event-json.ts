import { type Actor, guest } from '@/lib/actor'
import { config } from '@/lib/config'
import { now } from '@/lib/clock'
import { canOrganise } from '@/lib/events/access'
import type { EventCard } from '@/lib/events/queries'
import { modeName, standing, statusName, sum, wholeCapacity } from '@/lib/events/rules'
import { rfc3339 } from '@/lib/time'
import { webAddress } from '@/lib/web-address'
import type { EventJson } from './shapes'

/** An event as the contract says it, in the language in which it was written; organisers are told every figure. */
export function eventJson(event: EventCard, actor: Actor = guest): EventJson {
  const { appUrl, defaultLocale } = config()
  const counts = event.audience === 'open' || canOrganise(actor)
  return {
    slug: event.slug,
    title: event.title,
    summary: event.summary,
    language: event.language === 'en' ? 'en' : 'fr',
    startsAt: event.startTime === null ? event.startDate : rfc3339(event.startsAt, event.timeZone),
    endsAt: event.endsAt ? rfc3339(event.endsAt, event.timeZone) : event.endDate,
    hourKnown: event.startTime !== null,
    timeZone: event.timeZone,
    status: statusName[event.status],
    mode: modeName[event.mode],
    audience: event.audience,
    capacity: wholeCapacity(event.seatings),
    seatsTaken: counts ? sum(event.seatings, 'taken') : null,
    waitlistLength: counts ? sum(event.seatings, 'waiting') : null,
    registration: standing(event, now()),
    opensAt: event.opensAt && rfc3339(event.opensAt, event.timeZone),
    closesAt: event.closesAt && rfc3339(event.closesAt, event.timeZone),
    provesAddress: event.provesAddress,
    approves: event.approves,
    offerHours: event.offerHours,
    companionsMost: event.companionsMost,
    asksAccess: event.asksAccess,
    series: [...(event.format ? [event.format.slug] : []), ...event.cycles.map(({ series }) => series.slug).sort()],
    themes: event.themes.map(({ theme }) => theme.slug),
    recommendations: event.recommendations.map(({ recommendation }) => ({ report: recommendation.report.slug, number: recommendation.number })),
    speakers: event.speakers.map(({ speaker }) => ({
      slug: speaker.slug,
      name: speaker.name,
      role: (event.language === 'en' ? (speaker.roleEn ?? speaker.roleFr) : speaker.roleFr) ?? null,
      organisation: speaker.organisation,
    })),
    url: webAddress('/events/[slug]', { slug: event.slug }, defaultLocale),
    ics: `${appUrl}/feeds/events/${encodeURIComponent(event.slug)}.ics`,
  }
}
