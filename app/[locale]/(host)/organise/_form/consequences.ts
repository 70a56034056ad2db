import { getTranslations } from 'next-intl/server'
import { momentOf, today } from '@/app/[locale]/event-words'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { readTiming } from '@/lib/events/create'
import { type EventPage, pickables } from '@/lib/events/queries'
import { calendarSees, closing, modeCode, modeName, type Timing } from '@/lib/events/rules'
import type { EventPatch } from '@/lib/events/schema'
import { countTold } from '@/lib/registrations/queries'
import { sayWhen } from '@/lib/text'
import { rfc3339, wallOf } from '@/lib/time'
import type { Consequences } from './ask-first'

/**
 * What a patch of a published event would change in people's calendars, and how many would be told; null where nobody
 * would be (a draft, a session that is over, nothing that a calendar sees, or a time that the verb will refuse).
 */
export async function consequencesOf(event: EventPage, patch: EventPatch, locale: Locale): Promise<Consequences | null> {
  if (event.status !== 'published' || event.overAt <= now()) return null
  const read = readTiming(patch, known(event))
  if ('refusals' in read) return null
  const venue = await venueAfter(event, patch)
  const after = {
    ...read.timing,
    title: patch.title ?? event.title,
    mode: patch.mode ? modeCode[patch.mode] : event.mode,
    venueId: venue === event.venue?.name ? event.venueId : (venue ?? null),
    joinUrl: patch.joinUrl === undefined ? event.joinUrl : patch.joinUrl,
  }
  if (!calendarSees(event, after)) return null

  const t = await getTranslations({ locale, namespace: 'organise' })
  const mode = (code: keyof typeof modeName) => t(`mode.${modeName[code]}`)
  const closes = (startsAt: Date, closesAt: Date | null, zone: string) =>
    sayWhen({ start: wallOf(closing({ startsAt, closesAt }), zone), end: null, timeZone: zone, startsAt, endsAt: null }, locale, { today: today() })
  const changes: Consequences['changes'] = [
    { what: 'title', was: event.title, will: after.title },
    { what: 'when', was: when(event, locale), will: when(read.timing, locale) },
    { what: 'mode', was: mode(event.mode), will: mode(after.mode) },
    { what: 'where', was: event.venue?.name ?? t('noVenue'), will: venue ?? t('noVenue') },
    { what: 'joinUrl', was: event.joinUrl ?? t('noLink'), will: after.joinUrl ?? t('noLink') },
    { what: 'closing', was: closes(event.startsAt, event.closesAt, event.timeZone), will: closes(read.timing.startsAt, read.closesAt, read.timing.timeZone) },
  ]
  return { people: await countTold(event.id), changes: changes.filter(({ was, will }) => was !== will) }
}

/** Registering that ended so long before the start still ends so long before it, unless the patch says otherwise. */
export function withClosing(event: EventPage, patch: EventPatch): EventPatch {
  if (!event.closesAt || patch.closesAt !== undefined || patch.startsAt === undefined) return patch
  const read = readTiming(patch, known(event))
  if ('refusals' in read) return patch
  const closesAt = new Date(read.timing.startsAt.getTime() - (event.startsAt.getTime() - event.closesAt.getTime()))
  return { ...patch, closesAt: rfc3339(closesAt, read.timing.timeZone) }
}

const known = (event: EventPage) => ({
  timeZone: event.timeZone,
  start: { date: event.startDate, time: event.startTime },
  end: event.endDate ? { date: event.endDate, time: event.endTime } : null,
  opensAt: event.opensAt,
  closesAt: event.closesAt,
})

async function venueAfter(event: EventPage, { venue }: EventPatch) {
  if (venue === undefined) return event.venue?.name
  if (venue === null) return undefined
  if ('name' in venue) return venue.name
  return (await pickables()).venues.find((one) => one.slug === venue.slug)?.name
}

const when = (timing: Timing, locale: Locale) => sayWhen(momentOf(timing), locale, { today: today() })
