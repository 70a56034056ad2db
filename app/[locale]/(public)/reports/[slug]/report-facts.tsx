import { getTranslations } from 'next-intl/server'
import { eventHref, hostOf, momentOf, today } from '@/app/[locale]/event-words'
import { LinkButton } from '@/app/_ui/button'
import { Facts, Stack } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import type { EventCard } from '@/lib/events/queries'
import type { ReportWhole } from '@/lib/reports/queries'
import { sayEuros, sayNumber, sayWhen, typo } from '@/lib/text'

/** The report in figures, and the text itself behind a button that leads to it. */
export async function ReportFacts({ report, next, locale }: { report: ReportWhole; next?: EventCard; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'report' })
  const { pages, totalBudgetMEur, pdf, url, announced, recommendations } = report
  const held = recommendations.length
  const facts = [
    pages && { term: t('facts.text'), detail: t('facts.pages', { pages }) },
    (held > 0 || announced) && { term: t('facts.recommendations'), detail: announced && announced > held ? t('facts.partly', { held, announced }) : sayNumber(held, locale) },
    // The lines of the table add up to more digits than the report says of their sum.
    totalBudgetMEur && { term: t('facts.budget'), detail: t('facts.overFiveYears', { sum: sayEuros(totalBudgetMEur >= 1000 ? Math.round(totalBudgetMEur / 1000) * 1e9 : totalBudgetMEur * 1e6, locale) }) },
    report.source && { term: t('facts.source'), detail: <span lang={locale === 'fr' ? undefined : 'fr'}>{typo(report.source, 'fr')}</span> },
    next && { term: t('facts.next'), detail: <a href={eventHref(next.slug, locale)}>{sayWhen(momentOf(next), locale, { today: today(), zone: false })}</a> },
  ]
  return (
    <Stack>
      <Facts facts={facts.filter((fact): fact is Exclude<typeof fact, false | 0 | null | '' | undefined> => Boolean(fact))} />
      <LinkButton href={pdf ?? url} wide rel="noopener">
        {pdf ? t('download') : t('readOn', { host: hostOf(url) })}
        {pdf && <span className="visually-hidden"> {t('downloadWhat', { title: report.title, host: hostOf(pdf) })}</span>}
      </LinkButton>
    </Stack>
  )
}
