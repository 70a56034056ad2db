import { getTranslations } from 'next-intl/server'
import { recommendationHref } from '@/app/[locale]/(public)/report-tiles'
import { otherLanguage, themeSign } from '@/app/[locale]/event-words'
import { Section } from '@/app/_ui/page'
import { Quote } from '@/app/_ui/quote'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import type { discussedAt } from '@/lib/coverage/queries'
import type { EventPage } from '@/lib/events/queries'
import { primaryTheme, quotedWording } from '@/lib/reports/rules'
import { typo } from '@/lib/text'

type Props = { event: EventPage; discussed: Awaited<ReturnType<typeof discussedAt>>; locale: Locale }
type Linked = EventPage['recommendations'][number]

/** The words that the event is about, quoted as they stand in the report; a past date alone does not say that they were discussed. */
export async function EventRecommendations({ event, discussed, locale }: Props) {
  const t = await getTranslations({ locale, namespace: 'event' })
  const isPast = event.startsAt <= now()
  return (
    <Section title={t(`recommendations.${heading()}`)} id="recommendations">
      {event.recommendations.map((link) => (
        <Recommendation key={link.recommendationId} link={link} locale={locale} notes={[
          link.origin === 'inferred' && t('recommendations.inferred'),
          isPast && link.origin === 'chosen' && event.status === 'published' && t(`recommendations.${state(link)}`),
        ]} />
      ))}
    </Section>
  )

  function heading() {
    if (event.recommendations.every(({ origin }) => origin === 'inferred')) return 'nearTitle'
    if (event.status === 'called_off') return 'offTitle'
    return isPast ? 'pastTitle' : 'title'
  }

  function state({ recommendation: { number, report } }: Linked) {
    if (!discussed) return 'toConfirm'
    return discussed.recommendations.some((one) => one.number === number && one.report === report.slug) ? 'discussed' : 'notDiscussed'
  }
}

async function Recommendation({ link: { recommendation }, locale, notes }: { link: Linked; locale: Locale; notes: (string | false)[] }) {
  const t = await getTranslations({ locale, namespace: 'event' })
  const { number, report } = recommendation
  const quotation = quotedWording(recommendation, locale)
  if (!quotation) return null
  const { quoted, translation } = quotation
  const language = quoted.language as Locale
  const theme = primaryTheme(recommendation)
  return (
    <Quote
      number={number}
      href={recommendationHref(report.slug, number, locale)}
      lang={otherLanguage(language, locale)}
      marks={language}
      theme={theme ? themeSign(theme, locale) : undefined}
      wording={typo(quoted.text, language)}
      source={
        <>
          <a href={getPathname({ href: { pathname: '/reports/[slug]', params: { slug: report.slug } }, locale })}><cite lang={otherLanguage(report.language, locale)}>{typo(report.title, report.language as Locale)}</cite></a>
          {quoted.source && <span lang={otherLanguage('fr', locale)}>, {typo(lowered(quoted.source), 'fr')}</span>}
          {notes.filter(Boolean).map((note) => <span key={String(note)}> · <strong>{note}</strong></span>)}
        </>
      }
    >
      {translation && <p>{translation.official ? '' : `${t('recommendations.translation')} `}{typo(translation.text, locale)}</p>}
    </Quote>
  )
}

/** « Rapport, tableau final » after the report's own title: the word need not be said twice. */
const lowered = (source: string) => source.replace(/^Rapport, /, '')
