import { getTranslations } from 'next-intl/server'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { requireOrganiser } from '@/app/_session/actor'
import { Choices, Page } from '@/app/_ui/page'
import { pathHeader, placeOf } from '@/i18n/place'
import type { Locale } from '@/i18n/routing'
import { type EventRoom, eventOf, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import styles from '@/app/[locale]/(host)/organise/organise.module.css'

interface Props {
  children: ReactNode
  params: Promise<{ locale: string; slug: string }>
}

/** The doors between the rooms of one event. */
export default async function EventLayout({ children, params }: Props) {
  await requireOrganiser({ locale: (await params).locale as Locale })
  const { event, locale } = await eventOf(params)
  const t = await getTranslations({ locale, namespace: 'organise.tabs' })
  const here = placeOf((await headers()).get(pathHeader) ?? '/').page
  const rooms: [EventRoom, string][] = [
    ['/organise/events/[slug]', t('event')],
    ['/organise/events/[slug]/edit', t('edit')],
    ['/organise/events/[slug]/registrations', t('registrations')],
    ['/organise/events/[slug]/notes', t('notes')],
    ['/organise/events/[slug]/discussed', t('discussed')],
  ]
  return (
    <>
      <Page className={styles.tabs}>
        <Choices label={t('label', { title: event.title })} links={rooms.map(([room, label]) => ({ label, href: pathOfRoom(room, event.slug, locale), current: here === room }))} />
      </Page>
      {children}
    </>
  )
}
