import { eventHref } from '@/app/[locale]/event-words'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import type { EventPage } from '@/lib/events/queries'
import { closing, figuresTold, shown, shut, standing } from '@/lib/events/rules'
import { rfc3339 } from '@/lib/time'
import { webAddress } from '@/lib/web-address'

const modes = { online: 'Online', in_person: 'Offline', hybrid: 'Mixed' } as const

/** An event as search engines read it (schema.org/Event): only what is known, times with their offset, a bare date where the hour is not known. */
export function eventJsonLd(event: EventPage, locale: Locale, networkName: string) {
  const { title, summary, language } = shown(event, locale)
  const url = config().appUrl + eventHref(event.slug, locale)
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    url,
    identifier: event.uid,
    name: title,
    description: summary ?? undefined,
    inLanguage: language,
    startDate: event.startTime ? rfc3339(event.startsAt, event.timeZone) : event.startDate,
    endDate: event.endsAt ? rfc3339(event.endsAt, event.timeZone) : (event.endDate ?? undefined),
    eventStatus: `https://schema.org/${event.status === 'called_off' ? 'EventCancelled' : 'EventScheduled'}`,
    eventAttendanceMode: `https://schema.org/${modes[event.mode]}EventAttendanceMode`,
    location: locationOf(event, url),
    image: webAddress('/events/[slug]/share-image', { slug: event.slug }, locale),
    organizer: { '@type': 'Organization', name: networkName },
    performer: event.speakers.length > 0 ? event.speakers.map(({ speaker }) => ({ '@type': 'Person', name: speaker.name })) : undefined,
    offers: offerOf(event, url),
  }
}

/** JSON that can stand in a script element: no `<` can end it. */
export const safeJson = (value: object) => JSON.stringify(value).replaceAll('<', '\\u003c')

function locationOf({ mode, venue }: EventPage, url: string) {
  const screen = { '@type': 'VirtualLocation', url }
  if (mode === 'online') return screen
  const address = venue && { '@type': 'PostalAddress', streetAddress: venue.address ?? undefined, addressLocality: venue.city ?? undefined }
  const room = venue ? { '@type': 'Place', name: venue.name, address } : undefined
  return mode === 'hybrid' ? [room, screen].filter(Boolean) : room
}

function offerOf(event: EventPage, url: string) {
  if (shut(event, now())) return undefined
  const { left } = figuresTold(event)
  return {
    '@type': 'Offer',
    url,
    availability: `https://schema.org/${standing(event, now()) === 'open' ? 'InStock' : 'SoldOut'}`,
    inventoryLevel: left === null ? undefined : { '@type': 'QuantitativeValue', value: left },
    availabilityEnds: rfc3339(closing(event), event.timeZone),
  }
}
