import type { Metadata } from 'next'
import { NextIntlClientProvider } from 'next-intl'
import { getMessages, getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Page, PageHead, Stack } from '@/app/_ui/page'
import { eventOf, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { sayRecommendation } from '@/app/[locale]/(host)/organise/events/[slug]/say-recommendation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { discussedAt } from '@/lib/coverage/queries'
import { pickerOptions } from '@/lib/reports/queries'
import { clockIn, sayDay, typo } from '@/lib/text'
import { DiscussedForm } from './discussed-form'
import styles from './discussed.module.css'

interface Props {
  params: Promise<{ locale: string; slug: string }>
  searchParams: Promise<{ saved?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'notes.discussed' })
  return { title: t('title') }
}

export default async function DiscussedPage({ params, searchParams }: Props) {
  await requireOrganiser({ locale: (await params).locale as Locale })
  const { event, locale } = await eventOf(params, '/organise/events/[slug]/discussed')
  const [t, said, { reports }, messages, { saved }] = await Promise.all([
    getTranslations({ locale, namespace: 'notes.discussed' }), discussedAt(event.id), pickerOptions(), getMessages({ locale }), searchParams,
  ])
  const own = event.language === locale ? undefined : event.language
  const eventPath = pathOfRoom('/organise/events/[slug]', event.slug, locale)
  const why = event.status !== 'published' ? event.status : event.startsAt > now() ? 'early' : null
  const linked = (origin: 'chosen' | 'inferred') => event.recommendations.filter((one) => one.origin === origin).map((one) => sayRecommendation(one.recommendation, event, locale))
  const named = new Set(event.recommendations.map(({ recommendation }) => `${recommendation.report.slug}/${recommendation.number}`))
  const others = reports.map((report) => ({
    report: report.slug,
    title: report.title,
    lang: report.language,
    candidates: report.recommendations
      .filter(({ number }) => !named.has(`${report.slug}/${number}`))
      .map((one) => sayRecommendation({ ...one, report }, event, locale)),
  })).filter(({ candidates }) => candidates.length > 0)
  return (
    <Page className={styles.page}>
      <PageHead overline={<a href={eventPath} lang={own}>{typo(event.title, own === 'en' || locale === 'en' ? 'en' : 'fr')}</a>} title={t('title')}><p>{t('lede')}</p></PageHead>
      {why ? (
        <EmptyState title={t(`not.${why}.title`)} action={<LinkButton look="ghost" href={eventPath}>{t('back')}</LinkButton>}><p>{t(`not.${why}.text`)}</p></EmptyState>
      ) : (
        <Stack>
          {typeof saved === 'string' && said && (
            <Notice tone="success" live="status" title={t('saved', { count: said.recommendations.length })}>
              <p><a href={pathOfRoom('/organise/events/[slug]/notes', event.slug, locale)}>{t('notes')}</a></p>
            </Notice>
          )}
          {said && <p className="muted">{t('last', { day: sayDay(clockIn(said.confirmedAt, event.timeZone)?.date ?? '', locale, { weekday: false }), by: said.confirmedBy })}</p>}
          <NextIntlClientProvider locale={locale} messages={{ notes: { discussed: (messages.notes as Record<string, object>).discussed } }}>
            <DiscussedForm slug={event.slug} locale={locale} planned={linked('chosen')} inferred={linked('inferred')} others={others} ticked={said?.recommendations.map(({ report, number }) => `${report}/${number}`) ?? []} />
          </NextIntlClientProvider>
        </Stack>
      )}
    </Page>
  )
}
