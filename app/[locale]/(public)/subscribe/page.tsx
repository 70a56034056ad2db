import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { feedAddresses, feedTypes, subscribeHref } from '@/app/[locale]/(public)/feed-links'
import { FollowByLetter } from '@/app/[locale]/(public)/follow/follow-form'
import { unbroken } from '@/app/[locale]/(public)/unbroken'
import { Notice } from '@/app/_ui/notice'
import { Columns, Page, PageHead } from '@/app/_ui/page'
import { alternates } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { subscribeLinks } from '@/lib/calendar/rules'
import { config } from '@/lib/config'
import { agenda, type AgendaFilter } from '@/lib/events/queries'
import { installation } from '@/lib/installation'
import { Readers, WhichOne } from './beside'
import { type Choice, readChoices } from './choice'
import { ChooseForm } from './choose-form'
import { Delays } from './delays'
import { PhoneCodes } from './phone-codes'
import { Steps } from './steps'
import { SubscribePanel } from './subscribe-panel'
import styles from './subscribe.module.css'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Promise<{ follow?: string | string[] }>
}

/** One read for the page and its head. */
const choicesHere = cache(async (follow: string | undefined, locale: Locale) => {
  const t = await getTranslations({ locale, namespace: 'subscribe' })
  return readChoices(follow, t('choose.all'), locale)
})

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { locale } = await params
  const { chosen } = await choicesHere([(await searchParams).follow].flat()[0], locale)
  const t = await getTranslations({ locale, namespace: 'subscribe' })
  return {
    title: chosen.kind === 'events' ? t('title') : `${t('title')}, ${chosen.name}`,
    description: t('lede'),
    // Whatever is chosen, it is the same page to a search engine.
    alternates: { ...alternates('/subscribe', locale), types: feedTypes(`/feeds/${chosen.follow}`, locale) },
  }
}

/** To follow what is coming in one's own calendar: what, by which address, with which steps. */
export default async function SubscribePage({ params, searchParams }: Props) {
  const { locale } = await params
  const choices = await choicesHere([(await searchParams).follow].flat()[0], locale)
  const { chosen, isUnknown } = choices
  const [{ networkName }, { events }] = await Promise.all([installation(), chosen.kind === 'event' ? { events: [] } : agenda({ ...filterOf(chosen), limit: 5 })])
  const t = await getTranslations({ locale, namespace: 'subscribe' })
  const path = `/feeds/${chosen.follow}`
  const { calendar, atom, json } = feedAddresses(path, locale)
  const title = `${networkName}${locale === 'fr' ? '\u00A0' : ''}: ${chosen.name}`
  const links = subscribeLinks(calendar, title)
  return (
    <Page className={styles.page}>
      <PageHead title={t('title')}><p>{unbroken(t('lede'))}</p></PageHead>
      <Columns
        aside={
          <>
            <PhoneCodes address={calendar} webcal={links.webcal} page={config().appUrl + subscribeHref(path, locale)} name={chosen.name} locale={locale} />
            <div className={`${styles.part} no-print`}>
              <WhichOne locale={locale} />
              <Readers atom={atom} json={json} locale={locale}>
                <FollowByLetter follow={chosen.kind === 'events' || chosen.kind === 'event' ? null : chosen.follow} locale={locale} />
              </Readers>
            </div>
          </>
        }
      >
        {isUnknown && <Notice tone="warning" title={t('choose.unknown')} />}
        <ChooseForm choices={choices} locale={locale} />
        <SubscribePanel chosen={chosen} title={title} address={calendar} links={links} next={events.find(({ status }) => status === 'published') ?? null} locale={locale} />
        <Steps links={links} locale={locale} />
      </Columns>
      <Delays locale={locale} />
    </Page>
  )
}

/** What the agenda is asked for, to show the next date of what is chosen. */
function filterOf({ follow, kind }: Choice): AgendaFilter {
  const [, slug, number] = follow.split('/')
  if (kind === 'theme') return { theme: slug }
  if (kind === 'recommendation') return { report: slug, recommendation: Number(number) }
  return kind === 'events' ? {} : { series: slug }
}
