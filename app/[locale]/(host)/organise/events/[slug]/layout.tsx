import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { requireOrganiser } from '@/app/_session/actor'
import { Page } from '@/app/_ui/page'
import { pathHeader, placeOf } from '@/i18n/place'
import type { Locale } from '@/i18n/routing'
import { countProposals, countResources } from '@/lib/notes/queries'
import { eventOf } from '@/app/[locale]/(host)/organise/event-of'
import styles from '@/app/[locale]/(host)/organise/organise.module.css'
import { RoomBar } from './room-bar'

interface Props {
  children: ReactNode
  params: Promise<{ locale: string; slug: string }>
}

/** The doors between the rooms of one event. */
export default async function EventLayout({ children, params }: Props) {
  await requireOrganiser({ locale: (await params).locale as Locale })
  const { event, locale } = await eventOf(params)
  const [proposals, resources] = await Promise.all([countProposals(event.id), countResources(event.id)])
  const here = placeOf((await headers()).get(pathHeader) ?? '/').page
  return (
    <>
      <Page className={styles.tabs}>
        <RoomBar slug={event.slug} title={event.title} here={here} locale={locale} counts={{ '/organise/events/[slug]/proposals': proposals, '/organise/events/[slug]/resources': resources }} />
      </Page>
      {children}
    </>
  )
}
