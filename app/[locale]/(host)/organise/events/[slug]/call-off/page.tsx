import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/notice'
import { Facts, Frame, Page, Stack } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { countTold } from '@/lib/registrations/queries'
import { TextForm } from '@/app/[locale]/(host)/organise/_form/text-form'
import { eventOf, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { callEventOff } from '@/app/[locale]/(host)/organise/events/actions'
import { ownTitleOf, sayEventWhen } from '@/app/[locale]/(host)/organise/say-event'
import { RoomHead } from '@/app/[locale]/(host)/organise/events/[slug]/room-head'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params)
  const t = await getTranslations({ locale, namespace: 'organise.callOff' })
  return { title: t('pageTitle', { title: event.title }) }
}

/** Says to how many it will be told, then calls it off. */
export default async function CallOffPage({ params }: Props) {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params, '/organise/events/[slug]/call-off')
  const t = await getTranslations({ locale, namespace: 'organise.callOff' })
  const back = pathOfRoom('/organise/events/[slug]', event.slug, locale)
  const why = event.status === 'draft' ? 'draft' : event.status === 'called_off' ? 'already' : event.overAt <= now() ? 'over' : null
  const count = await countTold(event.id)
  return (
    <Page narrow>
      <RoomHead event={event} locale={locale} title={t('title')} />
      {why ? <EmptyState title={t(`not.${why}`)} action={<LinkButton href={back}>{t('back')}</LinkButton>} /> : (
        <Frame>
          <Stack>
            <p className="lede"><strong>{t('people', { count })}</strong> {t('how')}</p>
            <Facts facts={[{ term: t('event'), detail: ownTitleOf(event) }, { term: t('when'), detail: sayEventWhen(event, locale) }]} />
            <TextForm
              act={callEventOff}
              fields={{ event: event.slug, locale }}
              questions={[{ name: 'reason', kind: 'text', rows: 3, max: 600, label: t('reason'), hint: t('reasonHint'), optional: t('optional') }]}
              label={t('confirm', { count })}
              look="danger"
              wrong={t('wrong')}
            />
            <p><a href={back}>{t('leave')}</a></p>
          </Stack>
        </Frame>
      )}
    </Page>
  )
}
