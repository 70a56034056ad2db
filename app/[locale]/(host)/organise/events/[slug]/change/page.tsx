import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/notice'
import { Page } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { countTold } from '@/lib/registrations/queries'
import { EventForm } from '@/app/[locale]/(host)/organise/_form/event-form'
import { FormMessages } from '@/app/[locale]/(host)/organise/_form/form-messages'
import { formOptions } from '@/app/[locale]/(host)/organise/_form/form-options'
import { seenByCalendars } from '@/app/[locale]/(host)/organise/_form/form-values'
import { eventOf, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { changeEvent } from '@/app/[locale]/(host)/organise/events/actions'
import { RoomHead } from '@/app/[locale]/(host)/organise/events/[slug]/room-head'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params)
  const t = await getTranslations({ locale, namespace: 'organise.change' })
  return { title: t('pageTitle', { title: event.title }) }
}

/** Moves, re-venues or renames a published event; everybody registered is told, after a screen that says how many. */
export default async function ChangeEventPage({ params }: Props) {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params, '/organise/events/[slug]/change')
  const t = await getTranslations({ locale, namespace: 'organise.change' })
  const back = pathOfRoom('/organise/events/[slug]', event.slug, locale)
  const why = event.status === 'draft' ? 'draft' : event.status === 'called_off' ? 'calledOff' : event.overAt <= now() ? 'over' : null
  if (why) {
    const edit = why === 'calledOff' ? null : pathOfRoom('/organise/events/[slug]/edit', event.slug, locale)
    return (
      <Page>
        <RoomHead event={event} locale={locale} title={t('title')} />
        <EmptyState title={t(`not.${why}`)} action={<LinkButton href={edit ?? back}>{t(edit ? 'edit' : 'back')}</LinkButton>} />
      </Page>
    )
  }
  return (
    <Page>
      <RoomHead event={event} locale={locale} title={t('title')}><p>{t('lede', { count: await countTold(event.id) })}</p></RoomHead>
      <FormMessages locale={locale}>
        <EventForm act={changeEvent} kind="change" seen={seenByCalendars(event)} options={await formOptions(locale)} event={{ slug: event.slug, published: true, inferred: false }} back={back} />
      </FormMessages>
    </Page>
  )
}
