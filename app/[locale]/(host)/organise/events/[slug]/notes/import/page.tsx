import type { Metadata } from 'next'
import { NextIntlClientProvider } from 'next-intl'
import { getMessages, getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { Page, Stack } from '@/app/_ui/page'
import { eventOf, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { RoomHead } from '@/app/[locale]/(host)/organise/events/[slug]/room-head'
import type { Locale } from '@/i18n/routing'
import { ImportForm } from './import-form'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireOrganiser({ locale: (await params).locale })
  const t = await getTranslations({ locale: (await params).locale, namespace: 'imports' })
  return { title: t('title') }
}

/** Notes that were written elsewhere come in, after a look at what of them does. */
export default async function ImportRoom({ params }: Props) {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params, '/organise/events/[slug]/notes/import')
  const [t, messages] = await Promise.all([getTranslations({ locale, namespace: 'imports' }), getMessages({ locale })])
  return (
    <Page>
      <RoomHead event={event} locale={locale} title={t('title')}><p>{t('lede')}</p></RoomHead>
      <Stack>
        <NextIntlClientProvider locale={locale} messages={{ imports: messages.imports }}>
          <ImportForm slug={event.slug} locale={locale} language={event.language} />
        </NextIntlClientProvider>
        <p><a href={pathOfRoom('/organise/events/[slug]/notes', event.slug, locale)}>{t('back')}</a></p>
      </Stack>
    </Page>
  )
}
