'use server'

import { getLocale } from 'next-intl/server'
import { headers } from 'next/headers'
import type { AskTicket } from '@/app/[locale]/_writing/live'
import { isSameOrigin } from '@/app/_session/same-origin'
import { now } from '@/lib/clock'
import { mayWriteNow } from '@/lib/notes/rules'
import { writeTicket } from '@/lib/notes/ticket'
import { findHeld } from '@/lib/registrations/queries'

/** Lets who holds a registration's link open one connection to the live notes, while they may; asked anew for each. */
export async function askTicket(token: string): Promise<Awaited<ReturnType<AskTicket>>> {
  const held = typeof token === 'string' && isSameOrigin(await headers()) ? await findHeld({ token }) : null
  if (!held || held === 'gone') return { ok: false, why: 'right-ended' }
  const why = mayWriteNow(held, now())
  if (why) return { ok: false, why }
  return { ok: true, ticket: writeTicket({ eventId: held.event.id, writer: `registration/${held.id}`, locale: (await getLocale()) === 'en' ? 'en' : 'fr' }) }
}
