import { getTranslations } from 'next-intl/server'
import { Button } from '@/app/_ui/button'
import { Field, Select } from '@/app/_ui/field'
import { Details } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import type { AgendaChoices, AgendaFilter } from '@/lib/events/queries'
import { typo } from '@/lib/text'
import { isFiltered, recommendationValue } from './agenda-filter'
import styles from './filter-form.module.css'

type Props = { action: string; filter: AgendaFilter; choices: AgendaChoices; locale: Locale }

/** A search that is an address: it can be shared, kept and gone back to, and asks no script. */
export async function FilterForm({ action, filter, choices, locale }: Props) {
  const t = await getTranslations({ locale, namespace: 'agenda' })
  const { theme, series, report, recommendation, q } = filter
  return (
    <search>
      <form action={action} className={styles.form}>
        <Details summary={t('filter.refine')} open={isFiltered(filter)}>
          <div className={styles.words}>
            <Field name="q" type="search" label={t('filter.words')} defaultValue={q} maxLength={120} enterKeyHint="search" />
            <Button look="ghost">{t('filter.search')}</Button>
          </div>
          <div className={styles.choices}>
            <Select name="theme" label={t('filter.theme')} defaultValue={theme ?? ''}>
              <option value="">{t('filter.all')}</option>
              {choices.themes.map((one) => <option key={one.slug} value={one.slug}>{typo(locale === 'en' ? one.shortEn : one.shortFr, locale)}</option>)}
            </Select>
            <Select name="series" label={t('filter.series')} defaultValue={series ?? ''}>
              <option value="">{t('filter.all')}</option>
              {choices.series.map((one) => <option key={one.slug} value={one.slug}>{typo(locale === 'en' ? one.nameEn : one.nameFr, locale)}</option>)}
            </Select>
            <Select name="recommendation" label={t('filter.recommendation')} defaultValue={report && recommendation ? recommendationValue(report, recommendation) : ''}>
              <option value="">{t('filter.all')}</option>
              {[...Map.groupBy(choices.recommendations, (one) => one.report.slug)].map(([slug, those]) => (
                <optgroup key={slug} label={typo(those[0].report.title, locale)}>
                  {those.map((one) => (
                    <option key={one.number} value={recommendationValue(slug, one.number)}>
                      {one.number}. {typo((locale === 'en' ? one.shortEn : null) ?? one.shortFr ?? '', locale)}
                    </option>
                  ))}
                </optgroup>
              ))}
            </Select>
          </div>
        </Details>
      </form>
    </search>
  )
}

/** What the filter says, in words: « thème Données culturelles, avec « archives » ». Names that we do not know are said as they came. */
export async function filterWords({ theme, series, report, recommendation, q }: AgendaFilter, choices: AgendaChoices, locale: Locale) {
  const t = await getTranslations({ locale, namespace: 'agenda' })
  const themeFound = choices.themes.find(({ slug }) => slug === theme)
  const seriesFound = choices.series.find(({ slug }) => slug === series)
  return [
    theme && t('filtered.theme', { name: themeFound ? (locale === 'en' ? themeFound.shortEn : themeFound.shortFr) : theme }),
    series && t('filtered.series', { name: seriesFound ? (locale === 'en' ? seriesFound.nameEn : seriesFound.nameFr) : series }),
    report && recommendation && t('filtered.recommendation', { number: recommendation }),
    q && t('filtered.words', { words: q }),
  ].filter((part): part is string => Boolean(part)).join(', ')
}
