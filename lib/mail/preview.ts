import { render } from '@/emails'
import { config } from '@/lib/config'
import type { Composed } from './deliver'
import { messageOf } from './mime'

export type Preview = {
  from: { name: string; address: string }
  subject: string
  html: string
  text: string
  calendar: Composed['calendar'] | null
}

/** A composed letter as it would leave at that instant: the same words, sender and invitation. Nothing is written. */
export async function preview({ letter, from, calendar }: Composed, locale: string, at: Date): Promise<Preview> {
  return { from: from ?? config().mailFrom, ...(await render(letter, locale, at)), calendar: calendar ?? null }
}

/** The message in which a preview would travel, with all its parts. */
export async function previewMessage({ from, subject, html, text, calendar }: Preview, to: { name: string; address: string }, locale: string, at: Date): Promise<string> {
  const letter = {
    id: nobody, locale, messageId: `preview@${from.address.split('@')[1]}`, toName: to.name, toAddress: to.address, fromName: from.name, fromAddress: from.address,
    subject, html, text, calendar: calendar?.content ?? null, calendarMethod: calendar?.method ?? null, composedAt: at,
  }
  return (await messageOf(letter).node.build()).toString('utf8')
}

const nobody = '00000000-0000-4000-8000-000000000000'
