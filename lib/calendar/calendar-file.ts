// A calendar file as a strict reader finds it (RFC 5545 section 3.1). It shares no code with what writes ours, so that
// a fault of the one does not hide in the other.

export type Parameter = { name: string; values: { text: string; quoted: boolean }[] }

export type Line = { name: string; parameters: Parameter[]; value: string; raw: string }

export type Component = { name: string; lines: Line[]; parts: Component[] }

export type CalendarFile = {
  /** As it travels. */
  text: string
  lines: Line[]
  /** Logical lines that are no content lines. */
  unreadable: string[]
  calendars: Component[]
  /** BEGIN and END that do not close each other. */
  loose: string[]
}

/** Reads what there is, without a throw: what is wrong is for the rules to say. */
export function readFile(text: string): CalendarFile {
  const logical = text.replace(/^\uFEFF/, '').replace(/\r\n[ \t]/g, '').split(/\r\n|\r|\n/).filter((line) => line !== '')
  const file: CalendarFile = { text, lines: [], unreadable: [], calendars: [], loose: [] }
  const open: Component[] = []
  for (const raw of logical) {
    const line = readLine(raw)
    if (!line) file.unreadable.push(raw)
    else if (line.name === 'BEGIN') {
      const component = { name: line.value, lines: [], parts: [] }
      const around = open.at(-1)
      if (around) around.parts.push(component)
      else file.calendars.push(component)
      open.push(component)
    } else if (line.name === 'END') {
      if (open.pop()?.name !== line.value) file.loose.push(raw)
    } else if (open.length === 0) file.loose.push(raw)
    else open.at(-1)?.lines.push(line)
    if (line) file.lines.push(line)
  }
  file.loose.push(...open.map(({ name }) => `BEGIN:${name}`))
  return file
}

const name = /^([A-Za-z0-9-]+)/
const parameter = /^;([A-Za-z0-9-]+)=/
// In quotes everything but a quote and controls; without, none of the marks that end it.
const parameterValue = /^(?:"([^"\p{Cc}]*)"|([^";:,\p{Cc}]*))/u

function readLine(raw: string): Line | null {
  const found = name.exec(raw)
  if (!found) return null
  const line: Line = { name: found[1].toUpperCase(), parameters: [], value: '', raw }
  let rest = raw.slice(found[0].length)
  while (rest.startsWith(';')) {
    const named = parameter.exec(rest)
    if (!named) return null
    const one: Parameter = { name: named[1].toUpperCase(), values: [] }
    rest = `,${rest.slice(named[0].length)}`
    while (rest.startsWith(',')) {
      const value = parameterValue.exec(rest.slice(1))
      if (!value) return null
      one.values.push({ text: value[1] ?? value[2], quoted: value[1] !== undefined })
      rest = rest.slice(1 + value[0].length)
    }
    line.parameters.push(one)
  }
  if (!rest.startsWith(':')) return null
  return { ...line, value: rest.slice(1) }
}

/** The entries of a file, in their order. */
export const entriesOf = (file: CalendarFile): Component[] => file.calendars.flatMap(({ parts }) => parts).filter(({ name: kind }) => kind === 'VEVENT')

export const linesNamed = (component: Component | undefined, wanted: string): Line[] => component?.lines.filter((line) => line.name === wanted) ?? []

export const lineNamed = (component: Component | undefined, wanted: string): Line | undefined => linesNamed(component, wanted)[0]

export const valueNamed = (component: Component | undefined, wanted: string): string | undefined => lineNamed(component, wanted)?.value

/** The values of one parameter, joined; undefined where the line has none of that name. */
export const parameterOf = (line: Line | undefined, wanted: string): string | undefined =>
  line?.parameters.find((one) => one.name === wanted)?.values.map(({ text }) => text).join(',')

export const methodOf = (file: CalendarFile): string | undefined => valueNamed(file.calendars[0], 'METHOD')

/** TEXT as a person reads it (RFC 5545 section 3.3.11). */
export const readText = (value: string): string => value.replace(/\\([\\;,nN])/g, (_, mark: string) => (mark === 'n' || mark === 'N' ? '\n' : mark))

/** The mailbox behind a calendar address, in small letters; null where it is none. */
export function mailboxIn(line: Line | undefined): string | null {
  const found = /^mailto:([^?\s<>]+@[^?\s<>]+)$/i.exec(line?.value ?? '')
  if (!found) return null
  try {
    return decodeURIComponent(found[1]).toLowerCase()
  } catch {
    return null
  }
}

export type Time = { kind: 'date' | 'zoned' | 'utc' | 'floating'; wall: string; zone: string | undefined }

/** A DATE or DATE-TIME value; null where it is neither. `wall` is YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS. */
export function timeIn(line: Line | undefined): Time | null {
  const found = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(line?.value ?? '')
  if (!line || !found) return null
  const [, year, month, day, hours, minutes, seconds, utc] = found
  const zone = parameterOf(line, 'TZID')
  if (hours === undefined) return { kind: 'date', wall: `${year}-${month}-${day}`, zone }
  return { kind: utc ? 'utc' : zone === undefined ? 'floating' : 'zoned', wall: `${year}-${month}-${day}T${hours}:${minutes}:${seconds}`, zone }
}
