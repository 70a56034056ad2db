import { expect } from 'vitest'
import { lint } from '@/lib/calendar/lint'
import { config } from '@/lib/config'
import { db } from '@/lib/db'
import { messageOf } from '@/lib/mail/mime'
import { readEvent } from './mime'

/** What an address's calendar was told, oldest first, as it left. */
export const filesTo = async (toAddress: string) =>
  (await db.letter.findMany({ where: { toAddress, status: 'sent', calendar: { not: null } }, orderBy: [{ composedAt: 'asc' }, { createdAt: 'asc' }] })).map((letter) => ({ ...letter, calendar: letter.calendar ?? '' }))

/**
 * The same, each read by two programs that are not ours and asked every rule, alone, in its message and after the one
 * before: the kind of letter, and what the entry then is.
 */
export async function toldTo(toAddress: string): Promise<{ kind: string; said: string; sequence: number; summary: string; start: string; file: string }[]> {
  const told = []
  let before: string | undefined
  for (const letter of await filesTo(toAddress)) {
    const mail = (await messageOf(letter).node.build()).toString('utf8')
    const registration = await db.registration.findUnique({ where: { id: letter.about.slice('registration/'.length) }, include: { companions: true, event: { include: { venue: true } } } })
    const typed = [registration?.event.title, registration?.event.summary, registration?.event.venue?.name, registration?.name].filter((one) => typeof one === 'string')
    const wrong = lint(letter.calendar, { mail, before, answersRead: config().answersRead, typed }).filter(({ level }) => level === 'wrong')
    expect(wrong, `${letter.kind} to ${toAddress}\n${letter.calendar}`).toEqual([])
    const { method, status, sequence, summary, start, attendees } = readEvent(letter.calendar)
    const busy = /^TRANSP:(\w+)/m.exec(letter.calendar)?.[1]
    told.push({ kind: letter.kind, said: [method, status || 'withdrawn', attendees[0].state || '–', busy].join(' '), sequence, summary, start, file: unfolded(letter.calendar) })
    before = letter.calendar
  }
  return told
}

export const unfolded = (file: string) => file.replace(/\r\n /g, '')
