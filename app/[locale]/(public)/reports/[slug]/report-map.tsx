import { getTranslations } from 'next-intl/server'
import { tilesOf } from '@/app/[locale]/(public)/report-tiles'
import { CoverageMap, type TileFacts } from '@/app/_ui/coverage-map'
import { EmptyState } from '@/app/_ui/notice'
import { Choices } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { Coverage } from '@/lib/coverage/queries'
import { coverageSentence } from '@/lib/coverage/rules'
import type { ReportWhole } from '@/lib/reports/queries'
import { typo } from '@/lib/text'
import styles from './report.module.css'

type Show = 'all' | 'culture' | 'missing'
type Props = { report: ReportWhole; coverage: Coverage; show: Show; locale: Locale }

/** The signature: all of the report at one glance. A filter draws back what it does not ask for, so that the map keeps its shape. */
export async function ReportMap({ report, coverage, show, locale }: Props) {
  const t = await getTranslations({ locale, namespace: 'report' })
  const tiles = tilesOf(report, coverage, locale, t).map((tile) => ({ ...tile, faint: !wanted(tile), sought: show !== 'all' && wanted(tile) }))
  const basis = [...new Set(report.recommendations.flatMap(({ cultural, culturalBasis }) => (cultural && culturalBasis ? [culturalBasis] : [])))]
  const here = getPathname({ href: { pathname: '/reports/[slug]', params: { slug: report.slug } }, locale })
  const choices = (['all', ...(basis.length > 0 ? (['culture'] as const) : []), 'missing'] as const).map((one) => ({
    label: t(`show.${one}`),
    href: one === 'all' ? `${here}#map` : `${here}?show=${one}#map`,
    current: one === show,
  }))
  return (
    <section id="map" aria-labelledby="map-title" className={styles.map}>
      <h2 id="map-title" className={styles.mapTitle}>{t('map')}</h2>
      <CoverageMap
        label={t('mapLabel', { title: report.title })}
        sentence={coverageSentence(coverage.counts, locale)}
        legend={(['minuted', 'discussed', 'planned', 'never'] as const).map((depth) => ({ depth, word: t(`legend.${depth}`), count: coverage.counts[depth] }))}
        tiles={tiles}
      >
        <Choices label={t('show.label')} links={choices} />
      </CoverageMap>
      {show === 'missing' && coverage.counts.never === 0 && <EmptyState title={t('nothingMissing')} />}
      <div className={styles.notes}>
        {basis.map((one) => <p key={one}>{t.rich('culture', { b: (words) => <strong>{words}</strong> })} <span lang={locale === 'fr' ? undefined : 'fr'}>{typo(one, 'fr')}</span></p>)}
        {report.recommendationsNote && <p lang={locale === 'fr' ? undefined : 'fr'}>{typo(report.recommendationsNote, 'fr')}</p>}
        <p>{t('depthNote')}</p>
      </div>
    </section>
  )

  function wanted({ depth, mark }: TileFacts) {
    if (show === 'culture') return Boolean(mark)
    return show === 'all' || depth === 'never'
  }
}
