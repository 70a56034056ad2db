import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/notice'
import { Facts, Frame, Page, Stack } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { countTold } from '@/lib/registrations/queries'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { eventOf, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { putEventBackOn } from '@/app/[locale]/(host)/organise/events/actions'
import { ownTitleOf, sayEventWhen } from '@/app/[locale]/(host)/organise/say-event'
import { RoomHead } from '@/app/[locale]/(host)/organise/events/[slug]/room-head'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params)
  const t = await getTranslations({ locale, namespace: 'organise.putBackOn' })
  return { title: t('pageTitle', { title: event.title }) }
}

/** Says what follows, and for how many, then puts an event that was called off back on. */
export default async function PutBackOnPage({ params }: Props) {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params, '/organise/events/[slug]/put-back-on')
  const t = await getTranslations({ locale, namespace: 'organise.putBackOn' })
  const back = pathOfRoom('/organise/events/[slug]', event.slug, locale)
  const why = event.status === 'draft' ? 'draft' : event.status === 'published' ? 'on' : event.startsAt <= now() ? 'over' : null
  const count = await countTold(event.id)
  return (
    <Page narrow>
      <RoomHead event={event} locale={locale} title={t('title')} />
      {why ? <EmptyState title={t(`not.${why}`)} action={<LinkButton href={back}>{t('back')}</LinkButton>} /> : (
        <Frame>
          <Stack>
            <p className="lede"><strong>{t('people', { count })}</strong> {t('how')}</p>
            {event.asksAccess && <p>{t('access')}</p>}
            <Facts facts={[{ term: t('event'), detail: ownTitleOf(event) }, { term: t('when'), detail: sayEventWhen(event, locale) }]} />
            <ActForm act={putEventBackOn} fields={{ event: event.slug, locale }} label={t('confirm', { count })} />
            <p><a href={back}>{t('leave')}</a></p>
          </Stack>
        </Frame>
      )}
    </Page>
  )
}
