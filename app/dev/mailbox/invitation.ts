/** One line of a calendar, unfolded (RFC 5545 3.1): its name, parameters and value. */
export type CalendarLine = { name: string; parameters: Record<string, string>; value: string }

/** What a calendar would read in the invitation, in the order in which somebody asks. */
const told = ['METHOD', 'SUMMARY', 'STATUS', 'DTSTART', 'DTEND', 'LOCATION', 'CONFERENCE', 'ORGANIZER', 'ATTENDEE', 'SEQUENCE', 'UID', 'DTSTAMP', 'TRANSP', 'URL', 'DESCRIPTION']

export function linesTold(calendar: string): CalendarLine[] {
  // The VTIMEZONE has a DTSTART of its own, from another century.
  const withoutZones = unfold(calendar).join('\n').replace(/^BEGIN:VTIMEZONE$[^]*?^END:VTIMEZONE$/gm, '')
  const lines = withoutZones.split('\n').map(readLine).filter((line) => line !== null)
  return told.flatMap((name) => lines.filter((line) => line.name === name))
}

/** « 2026-12-03 09:00 (Europe/Paris) », and the answer expected beside an address. */
export function sayValue({ name, parameters, value }: CalendarLine): string {
  if (name === 'ATTENDEE' || name === 'ORGANIZER') {
    const details = [parameters.PARTSTAT, parameters.RSVP && `RSVP=${parameters.RSVP}`, parameters.ROLE].filter(Boolean)
    const who = [parameters.CN, value.replace(/^mailto:/i, '')].filter(Boolean).join(', ')
    return details.length > 0 ? `${who} (${details.join(', ')})` : who
  }
  const instant = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/.exec(value)
  if (instant) {
    const [, year, month, day, hours, minutes, seconds, utc] = instant
    const time = hours && ` ${hours}:${minutes}${seconds === '00' ? '' : `:${seconds}`}`
    return `${year}-${month}-${day}${time ?? ''}${utc ? ' UTC' : parameters.TZID ? ` (${parameters.TZID})` : ''}`
  }
  return value.replace(/\\n/gi, '\n').replace(/\\([\\;,])/g, '$1')
}

function unfold(calendar: string) {
  return calendar.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)
}

function readLine(line: string): CalendarLine | null {
  const found = /^([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:]*))*):([^]*)$/i.exec(line)
  if (!found) return null
  const parameters = [...found[2].matchAll(/;([A-Z0-9-]+)=("[^"]*"|[^";:]*)/gi)].map(([, name, value]) => [name.toUpperCase(), value.replace(/^"|"$/g, '')])
  return { name: found[1].toUpperCase(), parameters: Object.fromEntries(parameters) as Record<string, string>, value: found[3] }
}
