'use server'

import { getTranslations } from 'next-intl/server'
import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action } from '@/app/_session/action'
import { formValues } from '@/app/_session/form-input'
import { newForm, type FormState } from '@/app/_session/form-state'
import { momentOf, today } from '@/app/[locale]/event-words'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { canSettleMail } from '@/lib/inbox/access'
import { putAside } from '@/lib/inbox/put-aside'
import { tiedAs } from '@/lib/inbox/rules'
import { tie } from '@/lib/inbox/tie'
import { type Outcome, refused } from '@/lib/outcome'
import { countByStatus, findHeld } from '@/lib/registrations/queries'
import { shutToChange } from '@/lib/registrations/rules'
import { localeOf, sayWhen, typo } from '@/lib/text'
import type { AskedTie, TieState } from './tie-form'

const room = (locale: Locale, did: string) => getPathname({ href: { pathname: '/organise/inbox', query: { done: did } }, locale })

const tieInput = z.object({
  mail: z.uuid('unknown'),
  registration: z.uuid('unknown'),
  as: z.enum(tiedAs),
  confirmed: z.string().max(10).optional(),
})

/** Says whose a message is and what it means; before a seat is given back the form asks, and what was chosen travels along. */
export async function tieMail(_: TieState, form: FormData): Promise<TieState> {
  if (form.has('back')) return { ...newForm, values: formValues(form) }
  let asked: AskedTie | undefined
  const act = action({
    room: 'inbox',
    schema: tieInput,
    verb: async (actor, { mail, registration, as, confirmed }, { locale }): Promise<Outcome<{ promoted: number }, string>> => {
      if (!canSettleMail(actor)) return refused('forbidden')
      if (as === 'declined' && !confirmed) asked = await whatFollows(registration, locale)
      return asked ? refused('asks-first') : tie(actor, mail, { registrationId: registration, as })
    },
    then: ({ promoted }, { as }, { locale }) => redirect(room(locale, as !== 'declined' ? 'tied' : promoted > 0 ? 'tied-promoted' : 'tied-declined')),
  })
  const state = await act(newForm, form)
  return asked ? { ...state, formError: null, asked } : state
}

/** Whose registration would end, and who would be told; nothing to ask about one that is over or cancelled already. */
async function whatFollows(registrationId: string, locale: Locale): Promise<AskedTie | undefined> {
  const held = await findHeld({ id: registrationId })
  if (!held || held === 'gone' || held.status === 'cancelled' || shutToChange(held.event, now())) return undefined
  const [t, count] = await Promise.all([getTranslations({ locale, namespace: 'inbox.tie.ask' }), countByStatus(held.eventId)])
  const hadSeat = held.status === 'confirmed' || held.status === 'offered'
  const follows = hadSeat && count.waitlisted > 0 ? (held.event.offerHours === null ? 'next' : 'offer') : 'tells'
  const { event } = held
  return {
    title: t('title', { name: held.name }),
    event: t('text', { event: typo(event.title, localeOf(event.language)), when: sayWhen(momentOf(event), locale, { today: today() }) }),
    follows: t(follows, { address: held.address }),
  }
}

const aside = action({
  room: 'inbox',
  schema: z.object({ mail: z.uuid('unknown') }),
  verb: (actor, { mail }) => putAside(actor, mail),
  then: (_, __, { locale }) => redirect(room(locale, 'put-aside')),
})

/** There is nothing to do about a message. */
export const putMailAside = async (state: FormState, form: FormData) => aside(state, form)
