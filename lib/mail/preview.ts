import { render } from '@/emails'
import { config } from '@/lib/config'
import type { Composed } from './deliver'

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
