import { atCity, timeOfCity } from './cities'
import type { WallTime } from './time'

export { atCity, cityOf, timeOfCity } from './cities'

// This file is read by browsers too: it reckons with Intl alone and imports nothing of Node's, nor luxon.

export type Locale = 'fr' | 'en'

/** The language that a row or an address names; whatever else it says is French. */
export const localeOf = (language: string): Locale => (language === 'en' ? 'en' : 'fr')

/** When something happens: wall times in `timeZone`, with the derived instants where the hours are known. */
export type Moment = { start: WallTime; end: WallTime | null; timeZone: string; startsAt: Date; endsAt: Date | null }

const nbsp = '\u00A0'
const narrow = '\u202F'

const months = {
  fr: ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'],
  en: ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'],
}
const weekdays = {
  fr: ['dimanche', 'lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
}

type DayOptions = {
  /** The reader's date, YYYY-MM-DD: the year is left out when it is this one. Without it the year is said. */
  today?: string
  weekday?: boolean
  /** Says the year, or leaves it out, whatever today is. */
  year?: boolean
  month?: boolean
}

/** « jeudi 21 mars », « jeudi 1er mai 2025 »; "Thursday 21 March". `date` is YYYY-MM-DD. */
export function sayDay(date: string, locale: Locale, { today, weekday = true, year, month = true }: DayOptions = {}): string {
  const { y, m, d, day } = partsOf(date)
  const saysYear = year ?? (today === undefined || today.slice(0, 4) !== date.slice(0, 4))
  const number = locale === 'fr' && d === 1 ? '1er' : String(d)
  return [weekday && weekdays[locale][day], number, month && months[locale][m - 1], month && saysYear && y].filter(Boolean).join(' ')
}

/** « mars 2024 », "March 2024". `month` is YYYY-MM or any date in it. */
export function sayMonth(month: string, locale: Locale, { today, year }: { today?: string; year?: boolean } = {}): string {
  const saysYear = year ?? (today === undefined || today.slice(0, 4) !== month.slice(0, 4))
  const name = months[locale][Number(month.slice(5, 7)) - 1]
  return saysYear ? `${name} ${Number(month.slice(0, 4))}` : name
}

/** « 9h », « 18h30 », « minuit »; "9am", "6:30pm", "midday" (12-hour clock, as British readers expect on a programme). */
export function sayHour(time: string, locale: Locale): string {
  const [hours, minutes] = time.split(':').map(Number)
  const past = String(minutes).padStart(2, '0')
  if (minutes === 0 && hours === 0) return locale === 'fr' ? 'minuit' : 'midnight'
  if (locale === 'fr') return minutes === 0 ? `${hours}h` : `${hours}h${past}`
  if (minutes === 0 && hours === 12) return 'midday'
  const half = hours < 12 ? 'am' : 'pm'
  return minutes === 0 ? `${hours % 12 || 12}${half}` : `${hours % 12 || 12}:${past}${half}`
}

/**
 * The hours of one day, HH:MM. Short: « 9h », « 9h–10h »; "9am–10am". Long, to follow a day: « à 9h »,
 * « de 9h à 10h »; "at 9am", "from 9am to 10am". Nothing where the start is not known.
 */
export function sayHours(start: string | null, end: string | null, locale: Locale, form: 'short' | 'long' = 'short'): string {
  if (start === null) return ''
  const from = sayHour(start, locale)
  const to = end === null ? null : sayHour(end, locale)
  if (form === 'short') return to === null ? from : `${from}–${to}`
  if (locale === 'fr') return to === null ? `à ${from}` : `de ${from} à ${to}`
  return to === null ? `at ${from}` : `from ${from} to ${to}`
}

type WhenOptions = {
  today?: string
  /** The reader's own zone: their time is added where their clock shows another. */
  readerZone?: string
  /** Names the event's zone (« heure de Paris »); true unless said otherwise. */
  zone?: boolean
  year?: boolean
}

/**
 * When an event takes place, as one phrase: « jeudi 21 mars à 9h, heure de Paris (4h à Montréal) »,
 * « du jeudi 13 au vendredi 14 février ». What is not known is not said.
 */
export function sayWhen(moment: Moment, locale: Locale, { today, readerZone, zone = true, year }: WhenOptions = {}): string {
  const said = saySpan(moment.start, moment.end, locale, { today, year })
  if (moment.start.time === null || !zone) return said
  const own = readerZone === undefined ? '' : sayOwnTime(moment, locale, readerZone)
  return `${said}, ${timeOfCity(moment.timeZone, locale)}${own && ` (${own})`}`
}

/**
 * The reader's own time, where their clock shows another than the event's: « 4h à Montréal »,
 * « mercredi 20 mars à 21h à Los Angeles » when it is another day there. Empty where nothing differs.
 */
export function sayOwnTime(moment: Moment, locale: Locale, readerZone: string): string {
  const { start, end, startsAt, endsAt } = moment
  if (start.time === null) return ''
  const own = clockIn(startsAt, readerZone)
  const ownEnd = endsAt !== null && end?.time != null && isOneSitting(start, end) ? clockIn(endsAt, readerZone) : null
  if (own === null || (own.date === start.date && own.time === start.time)) return ''
  const hours = sayHours(own.time, ownEnd?.time ?? null, locale)
  const city = atCity(readerZone, locale)
  if (own.date === start.date) return `${hours} ${city}`
  return `${sayDay(own.date, locale, { year: false })} ${sayHours(own.time, ownEnd?.time ?? null, locale, 'long')} ${city}`
}

/** What a clock in the zone shows at that instant, or null if the zone is not known here. */
export function clockIn(instant: Date, zone: string): { date: string; time: string } | null {
  const clock = clockOf(zone)
  if (clock === null || Number.isNaN(instant.getTime())) return null
  const part = Object.fromEntries(clock.formatToParts(instant).map(({ type, value }) => [type, value]))
  return { date: `${part.year}-${part.month}-${part.day}`, time: `${part.hour}:${part.minute}` }
}

/** Made once for each zone there is: the making costs far more than the asking. */
const clocks = new Map<string, Intl.DateTimeFormat>()

function clockOf(zone: string) {
  const known = clocks.get(zone)
  if (known) return known
  try {
    const clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit',
    })
    // A zone may be written in capitals or not, in thousands of ways.
    if (clocks.size >= 600) clocks.clear()
    clocks.set(zone, clock)
    return clock
  } catch {
    return null
  }
}

/**
 * Fine spacing and apostrophes for text shown to people. French gets its no-break spaces (narrow before ; ! ?,
 * full before : and inside « »), also between a number and its unit or month. Addresses of pages and mailboxes stay
 * as they are. Doing it twice changes nothing.
 */
export function typo(text: string, locale: Locale): string {
  return text.split(verbatim).map((piece, index) => (index % 2 === 1 ? piece : typoProse(piece, locale))).join('')
}

const verbatim = /((?:https?|mailto|webcal|tel):[^\s«»]+|www\.[^\s«»]+|[^\s@«»]{1,64}@[^\s@«»]{1,190}\.[^\s@«»]{2,63})/
const gap = '[ \u00A0\u202F]'
const unit = `${gap}+(?=(?:[%‰€°]|k€|M€|Md€|millions?|milliards?|${months.fr.join('|')})(?![\\p{L}\\p{N}]))`

function typoProse(text: string, locale: Locale): string {
  const curled = text.replace(/(?<=\p{L})'(?=[\p{L}\p{N}«“])/gu, '’')
  if (locale !== 'fr') return curled
  return curled
    .replace(new RegExp(`«${gap}*`, 'g'), `«${nbsp}`)
    .replace(new RegExp(`${gap}*»`, 'g'), `${nbsp}»`)
    .replace(new RegExp(`(?<=^|\\S)${gap}+:(?=\\s|$)|(?<=[\\p{L}\\p{N})\\]»]):(?=\\s|$)`, 'gu'), `${nbsp}:`)
    .replace(new RegExp(`(?<=^|[^\\s;!?])${gap}+([;!?]+)(?=[\\s).,»\\]…]|$)|(?<=[\\p{L}\\p{N})\\]»’…])([;!?]+)(?=[\\s).,»\\]…]|$)`, 'gu'), (_, spaced?: string, bare?: string) => `${narrow}${spaced ?? bare}`)
    .replace(new RegExp(`(?<=\\d|\\b1er)${unit}`, 'gu'), nbsp)
    .replace(new RegExp(`(?<![\\p{L}\\p{N}])([nN]°|p\\.|art\\.)${gap}+(?=\\d)`, 'gu'), `$1${nbsp}`)
}

/** 1234.5 as « 1 234,5 » or "1,234.5". */
export function sayNumber(value: number, locale: Locale, digits = 1): string {
  return new Intl.NumberFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', { maximumFractionDigits: digits }).format(value)
}

/** Euros as people say them: « 27 Md€ », « 20 M€ », « 500 000 € »; "€27bn", "€20m", "€500,000". */
export function sayEuros(euros: number, locale: Locale): string {
  const [value, french, english] = Math.abs(euros) >= 1e9 ? [euros / 1e9, 'Md€', 'bn'] : Math.abs(euros) >= 1e6 ? [euros / 1e6, 'M€', 'm'] : [euros, '€', '']
  if (locale === 'fr') return `${sayNumber(value, 'fr', 3)}${nbsp}${french}`
  return `${value < 0 ? '-' : ''}€${sayNumber(Math.abs(value), 'en', 3)}${english}`
}

/** The part of a page's address made from a title: a-z, 0-9 and hyphens, at most 80 characters, never empty. */
export function slugify(text: string, fallback = 'sans-titre'): string {
  const words = bare(text.slice(0, 2000)).replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '')
  if (words.length <= 80) return words || fallback
  const cut = words.slice(0, 81)
  return cut.slice(0, cut.lastIndexOf('-') > 40 ? cut.lastIndexOf('-') : 80).replace(/-+$/, '')
}

/** Text as search compares it: no accents, no case, œ as oe, apostrophes and hyphens as spaces. */
export function fold(text: string): string {
  return bare(text).replace(/[’'ʼ‘`´\u2010-\u2015-]/g, ' ').replace(/\s+/g, ' ').trim()
}

/** Text that a database, a mail and a calendar can hold: no NUL and no half of a surrogate pair. */
export function isWellFormed(text: string): boolean {
  return !text.includes('\0') && !/\p{Cs}/u.test(text)
}

/**
 * Well formed, and without line breaks or other control characters. U+FFFD stands where a form's octets could not be
 * read: what was typed is lost, and only its owner can type it again.
 */
export function isOneLine(text: string): boolean {
  return isWellFormed(text) && !/[\p{Cc}\p{Zl}\p{Zp}\uFFFD]/u.test(text.replaceAll('\t', ' '))
}

/** Well formed; line breaks and tabs are its only control characters. */
export function isPlainText(text: string): boolean {
  return isWellFormed(text) && !/\p{Cc}/u.test(text.replace(/[\t\r\n]/g, ' '))
}

/**
 * One line as we keep it: spaces collapsed and trimmed, composed accents, no marks that turn the reading direction.
 * Null if it is not one line of well-formed text, or longer than `max` (UTF-16 units, as a form field counts them).
 */
export function cleanLine(text: string, max: number): string | null {
  if (text.length > 4 * max + 100 || !isOneLine(text)) return null
  const line = withoutTurns(text).normalize('NFC').replace(/\s+/g, ' ').trim()
  return line.length <= max ? line : null
}

/** Several lines as we keep them: line feeds alone, trimmed, at most one empty line in a row; null as for cleanLine. */
export function cleanText(text: string, max: number): string | null {
  if (text.length > 4 * max + 100 || !isPlainText(text)) return null
  const lines = withoutTurns(text).normalize('NFC').replace(/\r\n?|[\u2028\u2029]/g, '\n').replace(/(?<![ \t])[ \t]+$/gm, '').replace(/\n{3,}/g, '\n\n').trim()
  return lines.length <= max ? lines : null
}

/**
 * Text typed by people on one line, as a letter or a calendar may show it to somebody else. Mail programs make links
 * of whatever looks like an address, so that a name such as "win at http://evil.example" would become a link in a
 * letter that bears our name. It cannot be told to all of them not to, and invisible characters only hide the trick; so
 * the text itself is loosened, visibly and always the same way: a scheme goes, a dot, colon or slash between two
 * letters gets a space behind it, and an @ stands alone. "Jean-Luc D. (C.N.C.)" reads as before but for a space;
 * "evil.example" is "evil. example", a text. Doing it twice changes nothing.
 */
export function unlinked(text: string): string {
  return withoutSchemes(text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ').replace(/\p{Cf}+/gu, ''))
    .replace(/(?<=[^\s.])[.\u2024\u3002\uFF0E\uFF61](?=[\p{L}\p{N}\p{So}_])(?=[\p{N}_-]*[\p{L}\p{So}])/gu, '. ')
    .replace(/(?<=[\p{L}\p{N}\p{So}.])[/\u2044\uFF0F](?=[\p{L}\p{N}])/gu, '/ ')
    .replace(/\s*[@\uFF20\uFE6B]\s*/gu, ' @ ')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Again and again: what is left of "hthttp://tp://" is a scheme. */
function withoutSchemes(text: string): string {
  const without = text.replace(/[a-z][a-z0-9+.-]*[:\uFF1A]\s*[/\uFF0F]{2,}/gi, '').replace(/\b(mailto|tel|sms|javascript|data|webcal)[:\uFF1A](?=\S)/gi, '$1 ')
  return without === text ? text : withoutSchemes(without)
}

/** Does it hold an address of the web or of a mailbox, where people type names? "Dr.Martin" does not. */
export function holdsLink(text: string): boolean {
  const plain = text.normalize('NFKC').replace(/\p{Cf}/gu, '')
  return /:\/\/|\bwww\.|[^\s@]@[^\s@]+\.[^\s@]|[\p{L}\p{N}]\.[\p{L}]{2,}[/?#]\S/iu.test(plain)
}

function saySpan(start: WallTime, end: WallTime | null, locale: Locale, { today, year }: DayOptions): string {
  const last = end !== null && !isOneSitting(start, end) ? end : null
  const saysYear = year ?? (today === undefined || [start, last ?? start].some(({ date }) => date.slice(0, 4) !== today.slice(0, 4)))
  if (last === null) return [sayDay(start.date, locale, { year: saysYear }), sayHours(start.time, end?.time ?? null, locale, 'long')].filter(Boolean).join(' ')
  const sameYear = start.date.slice(0, 4) === last.date.slice(0, 4)
  const sameMonth = start.date.slice(0, 7) === last.date.slice(0, 7)
  const bareDay = sameMonth && start.time === null
  const from = sayDay(start.date, locale, { year: saysYear && !sameYear, month: !bareDay })
  const words = [from, sayHours(start.time, null, locale, 'long'), sayDay(last.date, locale, { year: saysYear }), sayHours(last.time, null, locale, 'long')]
  const [opening, hour, closing, lastHour] = words
  const joint = locale === 'fr' ? 'au' : 'to'
  return [locale === 'fr' ? 'du' : '', opening, hour, joint, closing, lastHour].filter(Boolean).join(' ')
}

/** One day, or one evening that goes on after midnight. */
export function isOneSitting(start: WallTime, end: WallTime): boolean {
  if (end.date === start.date) return true
  const nextDay = new Date(Date.parse(`${start.date}T00:00Z`) + 86_400_000).toISOString().slice(0, 10)
  return end.date === nextDay && end.time !== null && end.time <= '06:00' && start.time !== null && start.time >= '12:00'
}

function partsOf(date: string): { y: number; m: number; d: number; day: number } {
  const [y, m, d] = date.split('-').map(Number)
  return { y, m, d, day: new Date(Date.UTC(y, m - 1, d)).getUTCDay() }
}

function bare(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
    .replace(/[œæßøłđðþı]/g, (letter) => plainLetters[letter])
}

const plainLetters: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i' }

function withoutTurns(text: string): string {
  return text.replace(/[\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/g, '')
}
