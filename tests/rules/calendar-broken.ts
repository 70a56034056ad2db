import type { ComposedLetter } from '@/lib/mail/mime'
import { messageOf } from '@/lib/mail/mime'
import { readFile } from '@/lib/calendar/calendar-file'
import { fileRules, type Subject } from '@/lib/calendar/file-rules'
import { addressRules, invitationRules, mailRules, orderRules, type Told } from '@/lib/calendar/invitation-rules'
import { readMessage } from '@/lib/calendar/mail-message'
import { timeRules } from '@/lib/calendar/time-rules'

/** Does the rule hold in that file? */
export const holds = (rule: number, text: string, more: Omit<Told, 'file'> = {}) => breaches(rule, text, more).length === 0

export function breaches(rule: number, text: string, more: Omit<Told, 'file'> = {}) {
  const subject: Subject & Told = { file: readFile(text), ...more }
  const check = fileRules[rule] ?? timeRules[rule] ?? invitationRules[rule]
  if (!check) throw new Error(`No rule ${rule} about a file`)
  return check(subject)
}

/** Does it hold in the message that brings the file? Of 26 and 27, what they ask of the message. */
export function holdsInMail(rule: number, mail: string, text: string) {
  const check = mailRules[rule] ?? addressRules[rule]
  return check({ file: readFile(text), mail: readMessage(mail) }).length === 0
}

/** Does it hold from one file to the next? */
export const holdsAfter = (rule: number, before: string, text: string) => orderRules[rule]({ before: readFile(before), file: readFile(text) }).length === 0

/** The file with something changed in its logical lines; throws where nothing was, so that no sample breaks nothing. */
export function broken(file: string, change: (lines: string[]) => string[]): string {
  const lines = file.replace(/\r\n[ \t]/g, '').split('\r\n').slice(0, -1)
  const changed = change(lines)
  if (changed.join('\r\n') === lines.join('\r\n')) throw new Error('The sample was not broken')
  return `${changed.join('\r\n')}\r\n`
}

/** Lines of that name written anew; null takes them away. */
export const withLine = (file: string, name: string, line: string | null) =>
  broken(file, (lines) => lines.flatMap((one) => (isNamed(one, name) && insideEvent(lines, one) ? (line === null ? [] : [line]) : [one])))

/** A line more in the event. */
export const andLine = (file: string, line: string) => broken(file, (lines) => lines.flatMap((one) => (one === 'END:VEVENT' ? [line, one] : [one])))

export const replaced = (text: string, from: string | RegExp, to: string) => {
  const changed = text.replace(from, to)
  if (changed === text) throw new Error(`Nothing to break: ${from}`)
  return changed
}

const isNamed = (line: string, name: string) => line.startsWith(`${name}:`) || line.startsWith(`${name};`)

/** The VTIMEZONE has a DTSTART and a LAST-MODIFIED of its own. */
const insideEvent = (lines: string[], line: string) => !/^(?:DTSTART|DTEND|LAST-MODIFIED)/.test(line) || lines.lastIndexOf(line) > lines.indexOf('BEGIN:VEVENT')

const letter: ComposedLetter = {
  id: '0190b6f2-53f9-4d26-9a0e-0a3a5f0c9d11', locale: 'fr', messageId: 'a@parlons.example', toName: 'Zoé Grande', toAddress: 'zoe@people.example',
  fromName: 'TMNlab', fromAddress: 'rsvp+k3ytoken@parlons.example', subject: 'Votre place, jeudi 24 juin à 18h : Café', html: '<p>Bonjour</p>', text: 'Bonjour', calendar: null,
  calendarMethod: null, composedAt: new Date('2026-11-01T10:11:12Z'),
}

/** The message that leaves with that file. */
export const mailOf = async (calendar: string, calendarMethod: string, over: Partial<ComposedLetter> = {}) =>
  (await messageOf({ ...letter, calendar, calendarMethod, ...over }).node.build()).toString('utf8')
