import { getTranslations } from 'next-intl/server'
import { tilesOf } from '@/app/[locale]/(public)/report-tiles'
import { filterOf, isSifted, type MapAsk, mapQuery, shows, siftedWords } from '@/app/[locale]/(public)/reports/coverage-filter'
import { CoverageFilterForm } from '@/app/[locale]/(public)/reports/coverage-filter-form'
import type { Words } from '@/app/[locale]/event-words'
import { CoverageMap, type Depth, type TileFacts } from '@/app/_ui/coverage-map'
import { EmptyState } from '@/app/_ui/notice'
import { Choices } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { type Coverage, coverageChoices, coverageOf, relaysOf } from '@/lib/coverage/queries'
import { coverageSentence } from '@/lib/coverage/rules'
import type { ReportWhole } from '@/lib/reports/queries'
import { typo } from '@/lib/text'
import styles from './report.module.css'

type Props = { report: ReportWhole; coverage: Coverage; ask: MapAsk; locale: Locale }

/**
 * The signature: all of the report at one glance. What is brought forward draws the rest back, so that the map keeps its
 * shape; a period or a series reckons the depths anew, of its sessions alone.
 */
export async function ReportMap({ report, coverage: whole, ask, locale }: Props) {
  const [t, said, choices, relays, sifted] = await Promise.all([
    getTranslations({ locale, namespace: 'report' }),
    getTranslations({ locale, namespace: 'coverage' }),
    coverageChoices(report.slug),
    relaysOf(report.slug),
    isSifted(ask) ? coverageOf(report.slug, filterOf(ask)) : null,
  ])
  const coverage = sifted ?? whole
  const { counts } = coverage
  // Of a period, or of one series: that something never came up is not known from these sessions alone.
  const wordOf = (depth: Depth) => (sifted && depth === 'never' ? said('filtered.never') : null)
  const { show } = ask
  const isAll = show === 'all' && !sifted
  const tiles = tilesOf(report, coverage, locale, t).map((tile) => ({ ...tile, word: wordOf(tile.depth) ?? tile.word, note: relays.has(tile.number) ? said('relays.count', { count: new Set(relays.get(tile.number)?.map(({ house }) => house)).size }) : undefined, faint: !wanted(tile), sought: !isAll && wanted(tile) }))
  const basis = [...new Set(report.recommendations.flatMap(({ cultural, culturalBasis }) => (cultural && culturalBasis ? [culturalBasis] : [])))]
  const here = getPathname({ href: { pathname: '/reports/[slug]', params: { slug: report.slug } }, locale })
  const choicesOfShow = shows.filter((one) => one !== 'culture' || basis.length > 0).map((one) => ({ label: t(`show.${one}`), href: `${here}${mapQuery({ ...ask, show: one })}#map`, current: one === show }))
  const within = siftedWords(ask, choices, locale, said as unknown as Words)
  const what = [show === 'culture' && said('filtered.culture'), show === 'missing' && said(sifted ? 'filtered.notTouched' : 'filtered.missing'), sifted && show !== 'missing' && said('filtered.touched'), within].filter(Boolean).join(', ')
  return (
    <section id="map" aria-labelledby="map-title" className={styles.map}>
      <h2 id="map-title" className={styles.mapTitle}>{t('map')}</h2>
      <CoverageFilterForm action={`${here}#map`} ask={ask} choices={choices} locale={locale} />
      <CoverageMap
        label={t('mapLabel', { title: report.title })}
        sentence={isAll ? coverageSentence(counts, locale) : (
          <>
            <strong className={styles.sum}>{said('filtered.sum', { shown: tiles.filter(wanted).length, total: tiles.length, what })}</strong>{' '}
            {sifted ? said('filtered.within', { what: within, talked: counts.discussed + counts.minuted, minuted: counts.minuted, planned: counts.planned, never: counts.never }) : coverageSentence(counts, locale)}
          </>
        )}
        legend={(['minuted', 'discussed', 'planned', 'never'] as const).map((depth) => ({ depth, word: wordOf(depth) ?? t(`legend.${depth}`), count: counts[depth] }))}
        tiles={tiles}
      >
        <Choices label={t('show.label')} links={choicesOfShow} />
      </CoverageMap>
      {show === 'missing' && counts.never === 0 && <EmptyState title={t('nothingMissing')} />}
      <div className={styles.notes}>
        {basis.map((one) => <p key={one}>{t.rich('culture', { b: (words) => <strong>{words}</strong> })} <span lang={locale === 'fr' ? undefined : 'fr'}>{typo(one, 'fr')}</span></p>)}
        {report.recommendationsNote && <p lang={locale === 'fr' ? undefined : 'fr'}>{typo(report.recommendationsNote, 'fr')}</p>}
        <p>{t('depthNote')}</p>
      </div>
    </section>
  )

  function wanted({ depth, mark }: TileFacts) {
    if (show === 'culture' && !mark) return false
    if (show === 'missing') return depth === 'never'
    return !sifted || depth !== 'never'
  }
}
