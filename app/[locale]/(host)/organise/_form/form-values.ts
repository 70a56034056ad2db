import type { FormState } from '@/app/_session/form-state'
import type { EventPage } from '@/lib/events/queries'
import { modeName } from '@/lib/events/rules'
import type { SeriesRow } from '@/lib/series/queries'
import { wallOf } from '@/lib/time'

type Values = FormState['values']

/** An event as its form shows it. */
export function valuesOf(event: EventPage): Values {
  const [translation] = event.translation
  const [opens, closes] = [event.opensAt, event.closesAt].map((at) => at && wallOf(at, event.timeZone))
  const themes = event.themes.map(({ theme }) => theme.slug)
  return {
    ...seenByCalendars(event),
    summary: event.summary ?? '',
    description: event.description ?? '',
    language: event.language,
    capacity: numberOf(capacityOf(event, event.mode === 'online' ? 'screen' : 'room')),
    screenCapacity: event.mode === 'hybrid' ? numberOf(capacityOf(event, 'screen')) : '',
    waitlist: event.waitlist ? 'on' : '',
    freed: event.offerHours === null ? 'at-once' : 'offered',
    offerHours: numberOf(event.offerHours ?? 24),
    provesAddress: event.provesAddress ? 'on' : '',
    approves: event.approves ? 'on' : '',
    companionsMost: String(event.companionsMost),
    asksAccess: event.asksAccess ? 'on' : '',
    opening: opens ? 'date' : 'published',
    opensDate: opens?.date ?? '',
    opensHour: opens?.time ?? '',
    closing: closes ? 'date' : 'start',
    closesDate: closes?.date ?? '',
    closesHour: closes?.time ?? '',
    audience: event.audience,
    notesVisibility: event.notesVisibility,
    format: event.format?.slug ?? '',
    'cycles[]': event.cycles.map(({ series }) => series.slug),
    theme: themes[0] ?? '',
    'themes[]': themes.slice(1),
    'themeOrder[]': themes,
    'recommendations[]': event.recommendations.map(({ recommendation }) => `${recommendation.report.slug}/${recommendation.number}`),
    ...rows('speakers', event.speakers.map(({ speaker }) => ({ name: speaker.name, role: '', organisation: '' }))),
    ...rows('partners', event.partners.map(({ partner, role }) => ({ name: partner.name, url: partner.url ?? '', role: role.replace('_', '-') }))),
    ...rows('programme', event.programme.map(({ time, title }) => ({ time: time ?? '', title }))),
    translationTitle: translation?.title ?? '',
    translationSummary: translation?.summary ?? '',
    translationDescription: translation?.description ?? '',
    slug: event.slug,
  }
}

/** The fields of the short form: what calendars see. */
export const seenByCalendars = (event: EventPage): Values => ({
  title: event.title,
  startDate: event.startDate,
  startHour: event.startTime ?? '',
  endDate: event.endDate && event.endDate !== event.startDate ? event.endDate : '',
  endHour: event.endTime ?? '',
  timeZone: event.timeZone,
  mode: modeName[event.mode],
  venue: event.venue?.slug ?? '',
  joinUrl: event.joinUrl ?? '',
})

/** A new event's form: the house's defaults, those of the format picked, and what a link brought along. */
export function newValues(house: { timeZone: string; locale: string }, format: SeriesRow | null, brought: { recommendations: string[]; theme?: string; themes?: string[]; title?: string }): Values {
  return {
    title: brought.title ?? '',
    timeZone: house.timeZone,
    language: house.locale,
    mode: 'online',
    audience: 'open',
    notesVisibility: 'all',
    opening: 'published',
    closing: 'start',
    waitlist: 'on',
    freed: 'at-once',
    offerHours: '24',
    companionsMost: '5',
    theme: brought.theme ?? '',
    'themes[]': brought.themes ?? [],
    'themeOrder[]': brought.theme ? [brought.theme, ...(brought.themes ?? [])] : [],
    'recommendations[]': brought.recommendations,
    format: format?.slug ?? '',
    capacity: numberOf(format?.capacity ?? null),
    startHour: format?.startTime ?? '',
    endHour: format?.startTime && format.durationMinutes ? later(format.startTime, format.durationMinutes) : '',
  }
}

const capacityOf = (event: EventPage, place: 'room' | 'screen') => event.seatings.find((one) => one.place === place)?.capacity ?? null
const numberOf = (value: number | null) => (value === null ? '' : String(value))

function rows(name: string, lines: Record<string, string>[]): Values {
  return Object.fromEntries(lines.flatMap((line, place) => Object.entries(line).map(([key, value]) => [`${name}.${place}.${key}`, value])))
}

/** Nothing where it would be another day. */
function later(time: string, minutes: number) {
  const [h, m] = time.split(':').map(Number)
  const sum = h * 60 + m + minutes
  return sum < 1440 ? `${String(Math.floor(sum / 60)).padStart(2, '0')}:${String(sum % 60).padStart(2, '0')}` : ''
}

