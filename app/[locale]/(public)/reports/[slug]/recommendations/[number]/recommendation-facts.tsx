import { getTranslations } from 'next-intl/server'
import { currentActor } from '@/app/_session/actor'
import { FeedLinks } from '@/app/[locale]/(public)/feed-links'
import { FollowByLetter } from '@/app/[locale]/(public)/follow/follow-form'
import { LinkButton } from '@/app/_ui/button'
import { Facts, Stack } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { canOrganise } from '@/lib/events/access'
import type { recommendation } from '@/lib/reports/queries'
import { sayEuros, typo } from '@/lib/text'

type Props = { found: NonNullable<Awaited<ReturnType<typeof recommendation>>>; locale: Locale }

/** Who is asked, for how much, where it stands in the report, and why it is marked as cultural; from here an organiser prepares a session. */
export async function RecommendationFacts({ found, locale }: Props) {
  const t = await getTranslations({ locale, namespace: 'report' })
  const { pilots, budgetMEur, section, cultural, culturalBasis, culturalNote, report, number } = found
  const lang = locale === 'fr' ? undefined : 'fr'
  const facts = [
    budgetMEur !== null && { term: t('facts.budget'), detail: budgetMEur === 0 ? t('facts.noBudget') : t('facts.overFiveYears', { sum: sayEuros(budgetMEur * 1e6, locale) }) },
    pilots.length > 0 && { term: t('facts.pilots', { count: pilots.length }), detail: <span lang={lang}>{pilots.map((pilot) => <span key={pilot}>{typo(pilot, 'fr')}<br /></span>)}</span> },
    section && { term: t('facts.section'), detail: section },
    cultural && { term: t('facts.culture'), detail: <span lang={lang}>{typo(culturalBasis ?? '', 'fr')}</span> },
    culturalNote && { term: t('facts.cultureNote'), detail: <span lang={lang}>{typo(culturalNote, 'fr')}</span> },
    { term: t('facts.follow'), detail: <><FeedLinks path={`/feeds/reports/${report.slug}/${number}`} locale={locale} of={t('ofRecommendation', { number })} /><FollowByLetter follow={`reports/${report.slug}/${number}`} locale={locale} /></> },
  ]
  const mayPrepare = canOrganise(await currentActor())
  return (
    <Stack>
      <Facts facts={facts.filter((fact): fact is Exclude<typeof fact, false | null | '' | undefined> => Boolean(fact))} />
      {mayPrepare && <LinkButton look="ghost" wide href={`${getPathname({ href: '/organise/events/new', locale })}?recommendation=${report.slug}/${number}`}>{t('prepare')}</LinkButton>}
    </Stack>
  )
}
