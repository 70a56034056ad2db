import { z } from 'zod'
import { fieldRefusals } from '@/lib/errors'
import { eventInput, eventPatch } from '@/lib/events/schema'
import { timingOf, readWhen } from '@/lib/events/rules'
import type { FieldRefusal } from '@/lib/outcome'
import { isDate, isTime, isZone } from '@/lib/time'

/**
 * The organisers' form as the input of the verbs: dates and hours in fields of their own, lines that may stay empty,
 * what another answer makes meaningless left aside (an online event has no venue). Refusals name the form's fields.
 */
export const newEventForm = formOf((form, refusals) => judge(eventInput, { ...whole(form, refusals), timeZone: text(form.timeZone) }, form, refusals))

/** A whole event, changed. `event` is the slug it has now, `confirmed` says that the screen of consequences was seen. */
export const editEventForm = formOf((form, refusals) => judge(eventPatch, whole(form, refusals), form, refusals))

/** What calendars see of an event, and no more: name, time and place. */
export const changeEventForm = formOf((form, refusals) =>
  judge(eventPatch, { title: text(form.title), ...times(form, refusals), ...places(form, refusals) }, form, refusals),
)

export type Form = Record<string, unknown>

function formOf<Input>(read: (form: Form, refusals: FieldRefusal[]) => Input | null) {
  return z.record(z.string(), z.unknown()).transform((form, context) => {
    const refusals: FieldRefusal[] = []
    const input = read(form, refusals)
    for (const { field, reason } of refusals) context.addIssue({ code: 'custom', message: reason, path: [field] })
    if (input === null || refusals.length > 0) return z.NEVER
    return { input, form, event: text(form.event), publish: form.publish !== undefined, confirmed: form.confirmed !== undefined }
  })
}

function judge<Schema extends z.ZodType>(schema: Schema, input: unknown, form: Form, refusals: FieldRefusal[]): z.output<Schema> | null {
  const read = schema.safeParse(input)
  if (read.success) return read.data
  const known = new Set(refusals.map(({ field }) => field))
  refusals.push(...inForm(fieldRefusals(read.error), form).filter(({ field }) => !known.has(field)))
  return null
}

function whole(form: Form, refusals: FieldRefusal[]) {
  const hybrid = form.mode === 'hybrid'
  return {
    title: text(form.title),
    summary: text(form.summary),
    description: text(form.description),
    language: text(form.language) || undefined,
    ...times(form, refusals),
    ...places(form, refusals),
    opensAt: opening(form, refusals),
    closesAt: closing(form, refusals),
    capacity: text(form.capacity),
    ...(hybrid ? { screenCapacity: text(form.screenCapacity) } : {}),
    waitlist: text(form.waitlist),
    offerHours: offers(form, refusals),
    provesAddress: text(form.provesAddress),
    approves: text(form.approves),
    companionsMost: text(form.companionsMost) || undefined,
    asksAccess: text(form.asksAccess),
    audience: text(form.audience),
    format: text(form.format),
    cycles: list(form.cycles),
    themes: inOrder([text(form.theme), ...list(form.themes)].filter(Boolean), list(form.themeOrder)),
    recommendations: list(form.recommendations).map((one) => ({ report: one.split('/')[0], number: one.split('/')[1] })),
    speakers: lines(form.speakers).map(({ name, role, organisation }) => ({ name, role, organisation })),
    partners: lines(form.partners).map(({ name, url, role }) => ({ name, url, role: role || undefined })),
    programme: timed(form, refusals),
    notesVisibility: text(form.notesVisibility),
    translation: translation(form),
    slug: text(form.slug) || undefined,
  }
}

function times(form: Form, refusals: FieldRefusal[]) {
  const [startDate, endDate] = [day(form, 'startDate', refusals), day(form, 'endDate', refusals)]
  const [startHour, endHour] = [hour(form, 'startHour', refusals), hour(form, 'endHour', refusals)]
  if (!startDate) refusals.push({ field: 'startDate', reason: 'required' })
  if (endHour && !startHour) refusals.push({ field: 'startHour', reason: 'needed-for-end' })
  return {
    startsAt: startHour ? `${startDate}T${startHour}` : startDate,
    endsAt: endHour ? `${endDate || startDate}T${endHour}` : endDate || null,
    timeZone: text(form.timeZone),
  }
}

function places(form: Form, refusals: FieldRefusal[]) {
  const mode = text(form.mode)
  for (const [field, max] of [['venueName', 160], ['venueAddress', 240], ['venueCity', 120]] as const) {
    if (text(form[field]).length > max) refusals.push({ field, reason: 'too-long' })
  }
  const added = text(form.venueName)
  const venue = added ? { name: added, address: text(form.venueAddress), city: text(form.venueCity) } : text(form.venue)
  return { mode, venue: mode === 'online' ? null : venue, joinUrl: mode === 'in-person' ? null : text(form.joinUrl) }
}

/** The hours that a freed seat is offered for; at once (null). Without a line the question is not asked: what was so stays. */
function offers(form: Form, refusals: FieldRefusal[]) {
  if (!text(form.waitlist)) return undefined
  if (form.freed !== 'offered') return null
  const hours = text(form.offerHours)
  if (!hours) refusals.push({ field: 'offerHours', reason: 'required' })
  return hours
}

/** When registering opens: with the publication (null), or at a date of its own. */
function opening(form: Form, refusals: FieldRefusal[]) {
  if (form.opening !== 'date') return null
  const [date, time] = [day(form, 'opensDate', refusals), hour(form, 'opensHour', refusals)]
  if (!date) return void refusals.push({ field: 'opensDate', reason: 'required' })
  return time ? `${date}T${time}` : date
}

/** When registering ends: at the start (null), so long before it, or at a date of its own. */
function closing(form: Form, refusals: FieldRefusal[]) {
  if (form.closing !== 'before' && form.closing !== 'date') return null
  const start = startOf(form)
  if (form.closing === 'before') {
    const minutes = text(form.closesBefore)
    if (!/^\d{1,6}$/.test(minutes)) return void refusals.push({ field: 'closesBefore', reason: minutes ? 'not-a-count' : 'required' })
    return start && new Date(start.getTime() - Number(minutes) * 60_000).toISOString().replace(/\.\d+/, '')
  }
  const [date, time] = [day(form, 'closesDate', refusals), hour(form, 'closesHour', refusals)]
  if (!date) return void refusals.push({ field: 'closesDate', reason: 'required' })
  const closes = instant(time ? `${date}T${time}` : date, text(form.timeZone))
  if (start && closes && closes > start) refusals.push({ field: 'closesDate', reason: 'after-start' })
  return time ? `${date}T${time}` : date
}

const startOf = (form: Form) => {
  const [date, time] = [isoDay(text(form.startDate)), isoHour(text(form.startHour))]
  return instant(time ? `${date}T${time}` : date, text(form.timeZone))
}

function instant(when: string, zone: string) {
  const wall = isZone(zone) ? readWhen(when, zone) : null
  if (!wall || 'reason' in wall) return null
  const timing = timingOf(wall, null, zone)
  return 'startsAt' in timing ? timing.startsAt : null
}

function timed(form: Form, refusals: FieldRefusal[]) {
  return lines(form.programme).map((line) => {
    const at = isoHour(line.time ?? '')
    if (at && !isTime(at)) refusals.push({ field: `programme.${line.place}.time`, reason: 'not-an-hour' })
    return { time: at, title: line.title ?? '' }
  })
}

function translation(form: Form) {
  const [title, summary, description] = [text(form.translationTitle), text(form.translationSummary), text(form.translationDescription)]
  return title || summary || description ? { title, summary, description } : null
}

/** The verbs' refusals by the names of the form's fields. */
export function inForm(refusals: FieldRefusal[], form: Form): FieldRefusal[] {
  return refusals.map(({ field, reason }) => {
    const [first, second, third] = field.split('.')
    const garbled = (first === 'speakers' || first === 'venue') && reason === 'wrong-kind' ? 'not-text' : reason
    if (isLines(first) && second !== undefined) {
      const place = lines(form[first])[Number(second)]?.place ?? second
      return { field: `${first}.${place}.${third ?? (first === 'programme' ? 'title' : 'name')}`, reason: garbled }
    }
    return { field: fieldNames[field] ?? (first === 'startsAt' || first === 'endsAt' ? timeField(first, form) : (fieldNames[first] ?? first)), reason: garbled }
  })
}

const isLines = (name: string): name is 'speakers' | 'partners' | 'programme' => ['speakers', 'partners', 'programme'].includes(name)

const fieldNames: Record<string, string> = {
  opensAt: 'opensDate',
  closesAt: 'closesDate',
  themes: 'theme',
  'venue.name': 'venueName',
  'venue.address': 'venueAddress',
  'venue.city': 'venueCity',
  'translation.title': 'translationTitle',
  'translation.summary': 'translationSummary',
  'translation.description': 'translationDescription',
}

const timeField = (which: 'startsAt' | 'endsAt', form: Form) => {
  const side = which === 'startsAt' ? 'start' : 'end'
  return text(form[`${side}Hour`]) ? `${side}Hour` : `${side}Date`
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : Array.isArray(value) ? text(value[0]) : '')
const list = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).filter((one): one is string => typeof one === 'string' && one !== '')

/** Lines of which something was filled in, each with its place in the form. */
function lines(value: unknown): (Record<string, string> & { place: string })[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((line: unknown, place) => {
    if (typeof line !== 'object' || line === null) return []
    const texts = Object.fromEntries(Object.entries(line).map(([key, one]) => [key, text(one)]))
    const isFilled = Object.entries(texts).some(([key, one]) => one !== '' && !(key === 'role' && 'url' in texts))
    return isFilled ? [{ ...texts, place: String(place) }] : []
  })
}

/** The first stays first: it gives the colour. The others keep the order that they had. */
function inOrder([first, ...others]: string[], before: string[]) {
  const rank = (slug: string) => (before.includes(slug) ? before.indexOf(slug) : before.length)
  return first ? [first, ...others.filter((one) => one !== first).toSorted((a, b) => rank(a) - rank(b))] : []
}

function day(form: Form, field: string, refusals: FieldRefusal[]) {
  const date = isoDay(text(form[field]))
  if (date && !isDate(date)) refusals.push({ field, reason: 'not-a-date' })
  return date
}

function hour(form: Form, field: string, refusals: FieldRefusal[]) {
  const time = isoHour(text(form[field]))
  if (time && !isTime(time)) refusals.push({ field, reason: 'not-an-hour' })
  return time
}

/** Browsers without a calendar of their own let people type as they write: 3/12/2026. */
function isoDay(typed: string) {
  const [, d, m, y] = /^(\d{1,2})[/. ](\d{1,2})[/. ](\d{4})$/.exec(typed) ?? []
  return y ? `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}` : typed
}

/** So do those without a clock: 9h, 9h30, 9:30, 9. */
function isoHour(typed: string) {
  const [, h, m] = /^(\d{1,2})(?: ?[hH:] ?(\d{2})?)?(?::\d{2})?$/.exec(typed) ?? []
  return h ? `${h.padStart(2, '0')}:${m ?? '00'}` : typed
}
