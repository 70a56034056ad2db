import { getTranslations } from 'next-intl/server'
import { MiniMap } from '@/app/_ui/coverage-map'
import { Section } from '@/app/_ui/page'
import { ThemeChip } from '@/app/_ui/theme-chip'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { Coverage } from '@/lib/coverage/queries'
import { coverageSentence } from '@/lib/coverage/rules'
import type { AgendaChoices } from '@/lib/events/queries'
import type { firstReport } from '@/lib/reports/queries'
import { typo } from '@/lib/text'
import { otherLanguage, themeSign } from '@/app/[locale]/event-words'
import { FeedLinks } from './feed-links'
import { tilesOf } from './report-tiles'
import styles from './agenda-margin.module.css'

type Props = {
  choices: AgendaChoices
  report: { report: NonNullable<Awaited<ReturnType<typeof firstReport>>>; coverage: Coverage } | null
  locale: Locale
}

/** Beside the programme: by which themes one may enter, how far the report has come, and how to stay informed. */
export async function AgendaMargin({ choices, report, locale }: Props) {
  const t = await getTranslations({ locale, namespace: 'agenda' })
  // Themes with a pigment are the reading that the house has chosen: they stand here even while nothing is to come.
  const themes = choices.themes.filter(({ pigment, _count }) => pigment !== 'ink' || _count.events > 0)
  return (
    <>
      {themes.length > 0 && (
        <Section quiet title={t('themes')} id="themes">
          <ul className={styles.themes}>
            {themes.map((theme) => (
              <li key={theme.slug}>
                <ThemeChip {...themeSign(theme, locale)} />
                <span className={styles.count}><span className="visually-hidden">{t('toCome', { count: theme._count.events })}</span><span aria-hidden="true">{theme._count.events}</span></span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {report && <ReportMap {...report} locale={locale} />}
      <Section quiet title={t('subscribe')} id="subscribe">
        <p className="small">{t('subscribeText')}</p>
        <FeedLinks path="/feeds/events" locale={locale} of={t('allEvents')} />
      </Section>
    </>
  )
}

async function ReportMap({ report, coverage, locale }: NonNullable<Props['report']> & { locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'report' })
  const href = getPathname({ href: { pathname: '/reports/[slug]', params: { slug: report.slug } }, locale })
  const title = typo(report.title, report.language as Locale)
  return (
    <Section quiet title={t('today')} id="report-today">
      <p className={styles.report}><a href={href} lang={otherLanguage(report.language, locale)}>{title}</a></p>
      <MiniMap label={t('mapLabel', { title })} tiles={tilesOf(report, coverage, locale, t)} />
      <p className="small">{coverageSentence(coverage.counts, locale)} <a href={`${href}?show=missing#map`}>{t('seeMissing')}</a></p>
    </Section>
  )
}
