import { notFound } from 'next/navigation'
import { cache } from 'react'
import { getPathname, permanentRedirect, type Href } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { type EventPage, eventBySlug } from '@/lib/events/queries'

const read = cache(eventBySlug)

/** The event that an address names; a renamed one leads to where it is now. */
export async function eventOf(params: Promise<{ locale: string; slug: string }>, pathname?: EventRoom): Promise<{ event: EventPage; locale: Locale }> {
  const { locale, slug } = (await params) as { locale: Locale; slug: string }
  const event = await read(decodeURIComponent(slug))
  if (!event) notFound()
  if (pathname && event.slug !== decodeURIComponent(slug)) permanentRedirect({ href: roomOf(pathname, event.slug), locale })
  return { event, locale }
}

export type EventRoom = Extract<Extract<Href, { pathname: unknown }>['pathname'], `/organise/events/[slug]${string}`>

const roomOf = (pathname: EventRoom, slug: string, query?: Record<string, string>) => ({ pathname, params: { slug }, query }) as Href

/** The address of a room of an event. */
export const pathOfRoom = (pathname: EventRoom, slug: string, locale: Locale, query?: Record<string, string>) =>
  getPathname({ href: roomOf(pathname, slug, query), locale })
