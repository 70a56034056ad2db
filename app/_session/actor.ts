import { cookies, headers } from 'next/headers'
import { forbidden, redirect } from 'next/navigation'
import { cache } from 'react'
import { getPathname } from '@/i18n/navigation'
import { pathHeader } from '@/i18n/place'
import { type Actor, guest, isOrganiser, type PersonActor } from '@/lib/actor'
import { personBySession } from '@/lib/people/queries'
import { localPath } from '@/lib/people/rules'
import { sessionCookie } from './cookies'

type Door = { returnTo?: string; locale?: 'fr' | 'en' }

/** Who is asking, by the session's cookie; the same answer for the whole of one request. */
export const currentActor = cache(async (): Promise<Actor> => {
  const token = (await cookies()).get(sessionCookie().name)?.value
  return (token ? await personBySession(token) : null) ?? guest
})

/** Somebody logged in; others are led to the log-in and back to where they wanted to go (this very page, if not said). */
export async function requirePerson(door: Door = {}): Promise<PersonActor> {
  const actor = await currentActor()
  return actor.kind === 'person' ? actor : redirect(await loginPath(door))
}

/** An organiser or admin; who is logged in without the right gets the page that says so (403). */
export async function requireOrganiser(door: Door = {}): Promise<PersonActor> {
  const actor = await requirePerson(door)
  return isOrganiser(actor) ? actor : forbidden()
}

async function loginPath({ returnTo, locale }: Door) {
  const wanted = localPath(returnTo ?? (await headers()).get(pathHeader))
  return getPathname({ href: { pathname: '/login', query: { returnTo: wanted } }, locale: locale ?? (/^\/en(\/|\?|$)/.test(wanted) ? 'en' : 'fr') })
}
