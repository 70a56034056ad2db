import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { Notice } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { EventForm } from '@/app/[locale]/(host)/organise/_form/event-form'
import { FormMessages } from '@/app/[locale]/(host)/organise/_form/form-messages'
import { formOptions } from '@/app/[locale]/(host)/organise/_form/form-options'
import { valuesOf } from '@/app/[locale]/(host)/organise/_form/form-values'
import { eventOf, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { editEvent, proposeLikely } from '@/app/[locale]/(host)/organise/events/actions'
import { RoomHead } from '@/app/[locale]/(host)/organise/events/[slug]/room-head'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params)
  const t = await getTranslations({ locale, namespace: 'organise.edit' })
  return { title: t('pageTitle', { title: event.title }) }
}

export default async function EditEventPage({ params }: Props) {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params, '/organise/events/[slug]/edit')
  const t = await getTranslations({ locale, namespace: 'organise.edit' })
  const isOff = event.status === 'called_off'
  return (
    <Page>
      <RoomHead event={event} locale={locale} title={t('title')} />
      {isOff ? <Notice><p>{t('calledOff')}</p></Notice> : (
        <FormMessages locale={locale}>
          <EventForm
            act={editEvent}
            propose={proposeLikely}
            kind="edit"
            seen={valuesOf(event)}
            options={await formOptions(locale)}
            event={{ slug: event.slug, published: event.status === 'published', inferred: event.recommendations.some((one) => one.origin === 'inferred'), questions: pathOfRoom('/organise/events/[slug]/questions', event.slug, locale) }}
            back={pathOfRoom('/organise/events/[slug]', event.slug, locale)}
          />
        </FormMessages>
      )}
    </Page>
  )
}
