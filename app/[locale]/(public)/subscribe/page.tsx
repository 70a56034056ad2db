import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { feedAddresses, FeedLinks } from '@/app/[locale]/(public)/feed-links'
import { themeSign } from '@/app/[locale]/event-words'
import { unbroken } from '@/app/[locale]/(public)/unbroken'
import { LinkButton } from '@/app/_ui/button'
import { Field } from '@/app/_ui/field'
import { Details, Frame, Page, PageHead, Section, Stack } from '@/app/_ui/page'
import { ThemeChip } from '@/app/_ui/theme-chip'
import { alternates } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { themes } from '@/lib/reports/queries'
import { allSeries } from '@/lib/series/queries'
import { typo } from '@/lib/text'
import { CopyButton } from './copy-button'
import styles from './subscribe.module.css'

interface Props {
  params: Promise<{ locale: Locale }>
}

const clients = ['google', 'apple', 'outlook', 'thunderbird', 'android'] as const

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  const t = await getTranslations({ locale, namespace: 'subscribe' })
  return { title: t('title'), description: t('lede'), alternates: alternates('/subscribe', locale) }
}

/** One address to paste, the steps for each calendar, and the narrower feeds. */
export default async function SubscribePage({ params }: Props) {
  const { locale } = await params
  const [series, allThemes] = await Promise.all([allSeries(), themes()])
  const t = await getTranslations({ locale, namespace: 'subscribe' })
  const { calendar, atom, json } = feedAddresses('/feeds/events', locale)
  return (
    <Page>
      <PageHead title={t('title')}><p>{unbroken(t('lede'))}</p></PageHead>
      <div className={styles.grid}>
        <Frame>
          <Stack close>
            <h2>{t('all.title')}</h2>
            <LinkButton wide href={calendar.webcal}>{t('all.open')}</LinkButton>
            <div className={styles.copy}>
              <Field name="address" label={t('all.address')} hint={t('all.hint')} readOnly value={calendar.https} spellCheck={false} className={styles.address} />
              <CopyButton field="address" words={{ copy: t('all.copy'), done: t('all.copied') }} />
            </div>
            <p className="small">{t.rich('all.readers', { atom: (words) => <a href={atom}>{words}</a>, json: (words) => <a href={json}>{words}</a> })}</p>
          </Stack>
        </Frame>
        <Section title={t('steps.title')} id="steps">
          {clients.map((client, place) => (
            <Details key={client} summary={t(`steps.${client}.name`)} open={place === 0}>
              <ol className={styles.steps}>{[1, 2, 3].map((step) => <li key={step}>{t(`steps.${client}.step${step}`)}</li>)}</ol>
              <p className="small muted">{t(`steps.${client}.delay`)}</p>
            </Details>
          ))}
          <p className={styles.delay}>{t('steps.delay')}</p>
        </Section>
      </div>
      {series.length > 0 && <Section title={t('series')} id="series">
        <ul className={styles.feeds}>
          {series.map(({ slug, nameFr, nameEn, nature }) => {
            const name = typo(locale === 'en' ? nameEn : nameFr, locale)
            return <li key={slug}><p><strong>{name}</strong> <span className="muted small">{t(`nature.${nature}`)}</span></p><FeedLinks path={`/feeds/series/${slug}`} locale={locale} of={name} /></li>
          })}
        </ul>
      </Section>}
      {allThemes.length > 0 && <Section title={t('themes')} id="themes">
        <ul className={styles.feeds}>
          {allThemes.map((theme) => {
            const sign = themeSign(theme, locale)
            return <li key={theme.slug}><p><ThemeChip {...sign} /></p><FeedLinks path={`/feeds/themes/${theme.slug}`} locale={locale} of={sign.name} /></li>
          })}
        </ul>
        <p className={styles.delay}>{t('recommendations')}</p>
      </Section>}
    </Page>
  )
}
