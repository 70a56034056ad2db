import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Choices, Page, PageHead, Section, Stack } from '@/app/_ui/page'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { saidDone } from '@/app/[locale]/(host)/organise/said-done'
import { otherLanguage } from '@/app/[locale]/event-words'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { followUps, type FollowUpRow } from '@/lib/notes/queries'
import { allSeries } from '@/lib/series/queries'
import { sayDay, typo } from '@/lib/text'
import { close } from './actions'
import styles from './follow-ups.module.css'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Promise<{ series?: string | string[]; done?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'followups.room' })
  return { title: t('title') }
}

/** What was left to do, session after session, until somebody closes it. */
export default async function FollowUpsRoom({ params, searchParams }: Props) {
  const { locale } = await params
  await requireOrganiser({ locale })
  const [t, template, asked, series] = await Promise.all([getTranslations({ locale, namespace: 'followups.room' }), getTranslations({ locale, namespace: 'template' }), searchParams, allSeries()])
  const chosen = series.find(({ slug }) => slug === asked.series)
  const { open, closed } = await followUps(chosen?.slug)
  const did = saidDone(asked.done, ['closed', 'opened'] as const)
  const at = (slug?: string) => getPathname({ href: { pathname: '/organise/follow-ups', query: slug ? { series: slug } : {} }, locale })
  const name = (one: { nameFr: string; nameEn: string }) => (locale === 'en' ? one.nameEn : one.nameFr)
  const groups = Map.groupBy(open, (one) => one.series?.slug ?? '')
  return (
    <Page>
      <PageHead title={t('title')}><p>{t('lede')}</p></PageHead>
      <Stack>
        {did && <Notice tone="success" live="status" title={t(`done.${did}`)} />}
        {series.length > 0 && <Choices label={t('filter')} links={[{ label: t('all'), href: at(), current: !chosen }, ...series.map((one) => ({ label: name(one), href: at(one.slug), current: one.slug === chosen?.slug }))]} />}
        {open.length === 0 && <EmptyState title={t('none')}><p>{t('noneText')}</p></EmptyState>}
        {[...groups].map(([slug, rows]) => (
          <Section key={slug} id={`series-${slug || 'none'}`} title={rows[0].series ? name(rows[0].series) : t('noSeries')} beside={t('count', { count: rows.length })}>
            <ul className={styles.list}>{rows.map((one) => <Row key={one.id} row={one} locale={locale} series={chosen?.slug} />)}</ul>
          </Section>
        ))}
        {chosen && <p><a href={getPathname({ href: { pathname: '/organise/series/[slug]/template', params: { slug: chosen.slug } }, locale })}>{template('door', { name: name(chosen) })}</a></p>}
        {closed.length > 0 && (
          <Section id="closed" title={t('closed')} beside={t('count', { count: closed.length })} quiet>
            <ul className={styles.list}>{closed.map((one) => <Row key={one.id} row={one} locale={locale} series={chosen?.slug} />)}</ul>
          </Section>
        )}
      </Stack>
    </Page>
  )
}

async function Row({ row, locale, series = '' }: { row: FollowUpRow; locale: Locale; series?: string }) {
  const t = await getTranslations({ locale, namespace: 'followups.room' })
  const { id, blockId, text, owner, due, isOverdue, closedAt, closedBy, event } = row
  const isDone = closedAt !== null
  const lang = otherLanguage(event.language, locale)
  const own = event.language === 'en' ? 'en' : 'fr'
  return (
    <li>
      <div>
        <p className={styles.text} lang={lang}>{typo(text, own)}</p>
        <p className={styles.facts}>
          {isOverdue && !isDone && <span className={styles.overdue}>{t('overdue')}</span>}
          {due && <span>{t('due', { day: sayDay(due, locale, { weekday: false }) })}</span>}
          {owner && <span>{owner}</span>}
          {isDone && <span>{t('closedBy', { name: closedBy ?? t('somebody') })}</span>}
          <a href={`${pathOfRoom('/organise/events/[slug]/notes', event.slug, locale)}#p-${blockId}`}>
            {t.rich('said', { day: sayDay(event.startDate, locale, { weekday: false }), title: () => <span lang={lang}>{typo(event.title, own)}</span> })}
          </a>
        </p>
      </div>
      <ActForm act={close} fields={{ id, series, locale, isDone: isDone ? 'no' : 'yes' }} label={t(isDone ? 'open' : 'close')} look={isDone ? 'quiet' : 'ghost'} name={text} />
    </li>
  )
}
