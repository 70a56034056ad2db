import { isZone } from '@/lib/time'
import { entriesOf, lineNamed, linesNamed, mailboxIn, methodOf, parameterOf, readText, timeIn, valueNamed, type CalendarFile, type Component, type Line } from './calendar-file'

/** What is looked at: one file, with what is known besides. */
export type Subject = {
  file: CalendarFile
  /** What people typed into the event and the registration: what stands there is no fault of ours. */
  typed?: string[]
}

/** What breaks a rule, as it stands in the file; nothing where the rule holds. */
export type Check<Looked = Subject> = (subject: Looked) => string[]

/** The rules of a file and of what identifies an entry; the numbers are those of docs/calendar-rules.md. */
export const fileRules: Record<number, Check> = {
  1: ({ file: { text } }) => [
    ...(text.startsWith('\uFEFF') ? ['BOM'] : []),
    ...(text.endsWith('\r\n') ? [] : ['CRLF']),
    ...(/\r\n\r\n/.test(text) || text.startsWith('\r\n') ? ['CRLF CRLF'] : []),
    ...codes(text.replace(/\r\n/g, '').match(/[\p{Cc}\p{Cs}\u2028\u2029]/gu)),
  ],
  2: ({ file: { text } }) => [
    ...text.split('\r\n').filter((line) => Buffer.byteLength(line) > 75).map(shown),
    // What a reader makes of the two halves of a character that a fold has cut.
    ...(text.match(/.*\uFFFD\r\n[ \t]\uFFFD/g) ?? []).map(shown),
  ],
  3: ({ file }) => [
    ...(file.calendars.length === 1 && file.calendars[0].name === 'VCALENDAR' ? [] : [`VCALENDAR: ${file.calendars.length}`]),
    ...file.unreadable.map(shown),
    ...file.loose.map(shown),
    ...file.calendars.flatMap((calendar) => [
      ...onlyOne(calendar, 'VERSION', /^2\.0$/),
      ...onlyOne(calendar, 'PRODID', /\S/),
      ...linesNamed(calendar, 'CALSCALE').filter(({ value }) => value !== 'GREGORIAN').map(raw),
    ]),
    ...file.lines.filter((line) => !registered.has(line.name) && !line.name.startsWith('X-')).map(raw),
  ],
  4: (subject) => [...texts(subject.file).flatMap((line) => wrongText(line, subject.typed ?? [])), ...uris(subject.file).filter(isNoUri).map(raw)],
  5: ({ file }) => [
    ...file.unreadable.map(shown),
    ...people(file).filter((line) => mailboxIn(line) === null || (line.parameters.find((one) => one.name === 'CN')?.values.length ?? 1) > 1).map(raw),
    ...file.lines.flatMap((line) => line.parameters.filter(({ name, values }) => !listed.has(name) && (values.length > 1 || values.some(({ text }) => /["^]/.test(text)))).map(() => shown(line.raw))),
  ],
  6: ({ file }) => entriesOf(file).flatMap((entry) => {
    const uid = valueNamed(entry, 'UID') ?? ''
    const own = linesNamed(entry, 'ATTENDEE').flatMap((line) => [mailboxIn(line), parameterOf(line, 'CN')?.toLowerCase()]).filter((one) => one !== null && one !== undefined && one.length > 2)
    const isOne = linesNamed(entry, 'UID').length === 1 && /^\S+$/.test(uid) && Buffer.byteLength(uid) <= 255
    return isOne && !own.some((one) => uid.toLowerCase().includes(one as string)) ? [] : [`UID:${uid}`]
  }),
  7: ({ file }) => repeated(entriesOf(file).map((entry) => `${valueNamed(entry, 'UID')} ${valueNamed(entry, 'RECURRENCE-ID') ?? ''}`)),
  9: ({ file }) => entriesOf(file).flatMap((entry) => {
    const [stamp, changed] = [valueNamed(entry, 'DTSTAMP') ?? '', valueNamed(entry, 'LAST-MODIFIED')]
    const stamps = ['DTSTAMP', 'CREATED', 'LAST-MODIFIED'].flatMap((name) => linesNamed(entry, name))
    const isTrue = methodOf(file) === undefined ? changed === undefined || stamp === changed : changed === undefined || stamp >= changed
    return [
      ...stamps.filter((line) => timeIn(line)?.kind !== 'utc' || line.parameters.length > 0).map(raw),
      ...(linesNamed(entry, 'DTSTAMP').length === 1 ? [] : ['DTSTAMP']),
      ...(isTrue ? [] : [`DTSTAMP:${stamp} LAST-MODIFIED:${changed}`]),
    ]
  }),
  13: ({ file }) => file.lines.flatMap((line) => {
    const zone = parameterOf(line, 'TZID')
    if (zone === undefined) return []
    const isNamed = isZone(zone) && zone.includes('/') && !zone.startsWith('Etc/')
    return isNamed && timeIn(line)?.kind === 'zoned' && !line.value.endsWith('Z') ? [] : [shown(line.raw)]
  }),
  43: ({ file }) => entriesOf(file).flatMap((entry) => [
    ...linesNamed(entry, 'GEO').filter(({ value }) => !isPosition(value)).map(raw),
    ...linesNamed(entry, 'CATEGORIES').filter(({ value }) => value.split(/(?<!\\)(?:\\\\)*,/).some((one) => one.trim() === '')).map(raw),
    ...linesNamed(entry, 'CONFERENCE').filter((line) => parameterOf(line, 'VALUE') !== 'URI' || !parameterOf(line, 'FEATURE')).map(raw),
    ...linesNamed(entry, 'IMAGE').filter((line) => parameterOf(line, 'VALUE') !== 'URI' || !parameterOf(line, 'DISPLAY')).map(raw),
    ...linesNamed(entry, 'CLASS').filter(({ value }) => !/^(?:PUBLIC|PRIVATE|CONFIDENTIAL)$/.test(value)).map(raw),
    ...linesNamed(entry, 'TRANSP').filter(({ value }) => !/^(?:OPAQUE|TRANSPARENT)$/.test(value)).map(raw),
    ...linesNamed(entry, 'URL').filter(({ value }) => !/^https?:\/\//.test(value)).map(raw),
    ...(lineNamed(entry, 'X-ALT-DESC') && (!lineNamed(entry, 'DESCRIPTION') || parameterOf(lineNamed(entry, 'X-ALT-DESC'), 'FMTTYPE') !== 'text/html') ? ['X-ALT-DESC'] : []),
  ]),
}

// RFC 5545, 7986 and 5546: every property that a calendar of ours could have reason to hold.
const registered = new Set((
  'BEGIN END VERSION PRODID CALSCALE METHOD NAME DESCRIPTION UID LAST-MODIFIED URL CATEGORIES REFRESH-INTERVAL SOURCE COLOR IMAGE CONFERENCE '
  + 'TZID TZNAME TZOFFSETFROM TZOFFSETTO TZURL DTSTART DTEND DUE DURATION RRULE RDATE EXDATE RECURRENCE-ID DTSTAMP CREATED SEQUENCE SUMMARY LOCATION GEO '
  + 'STATUS TRANSP CLASS PRIORITY ORGANIZER ATTENDEE COMMENT CONTACT RELATED-TO ATTACH REQUEST-STATUS RESOURCES ACTION TRIGGER REPEAT'
).split(' '))

const textual = new Set(['SUMMARY', 'DESCRIPTION', 'LOCATION', 'COMMENT', 'CONTACT', 'NAME', 'X-WR-CALNAME', 'X-WR-CALDESC', 'CATEGORIES', 'RESOURCES'])
const texts = (file: CalendarFile) => file.lines.filter(({ name }) => textual.has(name))
const uris = (file: CalendarFile) => file.lines.filter((line) => line.name === 'URL' || line.name === 'SOURCE' || line.name === 'CONFERENCE' || (line.name === 'IMAGE' && parameterOf(line, 'VALUE') === 'URI'))
const people = (file: CalendarFile) => file.lines.filter(({ name }) => name === 'ATTENDEE' || name === 'ORGANIZER')

/** Parameters that RFC 5545 and 7986 let hold several values. */
const listed = new Set(['MEMBER', 'DELEGATED-TO', 'DELEGATED-FROM', 'FEATURE', 'DISPLAY'])

const several = new Set(['CATEGORIES', 'RESOURCES'])
const leftovers = [/<\/?[a-z][^>]*>/i, /&(?:amp|lt|gt|quot|nbsp|#\d+);/i, /(?<![\p{L}\p{N}])(?:undefined|null|NaN)(?![\p{L}\p{N}])/u, /\[object /, /\\[,;nN]/]

function wrongText(line: Line, typed: string[]): string[] {
  const bare = line.value.replace(/\\[\\;,nN]/g, '')
  const isEscaped = !/[\\;]/.test(bare) && (several.has(line.name) || !bare.includes(','))
  const said = readText(line.value)
  const odd = leftovers.map((pattern) => pattern.exec(said)?.[0]).filter((found) => found !== undefined && !typed.some((text) => text.includes(found)))
  return isEscaped && odd.length === 0 ? [] : [shown(line.raw)]
}

/** Of a URI nothing is escaped but by percents (RFC 3986). */
function isNoUri({ value }: Line): boolean {
  return /[\\\s"<>]/.test(value) || !/^[a-z][a-z0-9+.-]*:\/\//i.test(value) || !URL.canParse(value)
}

function isPosition(value: string): boolean {
  const found = /^(-?\d{1,2}(?:\.\d+)?);(-?\d{1,3}(?:\.\d+)?)$/.exec(value)
  return found !== null && Math.abs(Number(found[1])) <= 90 && Math.abs(Number(found[2])) <= 180
}

function onlyOne(component: Component, name: string, value: RegExp): string[] {
  const lines = linesNamed(component, name)
  return lines.length === 1 && value.test(lines[0].value) ? [] : [`${name}: ${lines.length}`]
}

const repeated = (keys: string[]) => [...new Set(keys.filter((key, place) => keys.indexOf(key) !== place))]

/** A line as it is quoted in a finding: not all of a long text. */
export const shown = (line: string) => ([...line].length > 120 ? `${[...line].slice(0, 119).join('')}…` : line)
export const raw = (line: Line) => shown(line.raw)

const codes = (marks: string[] | null) => [...new Set(marks ?? [])].map((mark) => `U+${mark.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`)
