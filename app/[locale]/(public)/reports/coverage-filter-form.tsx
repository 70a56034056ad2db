import { getTranslations } from 'next-intl/server'
import type { Words } from '@/app/[locale]/event-words'
import { Button, Buttons, LinkButton } from '@/app/_ui/button'
import { Field, Select } from '@/app/_ui/field'
import { Details } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import type { CoverageChoices } from '@/lib/coverage/queries'
import { typo } from '@/lib/text'
import { isSifted, type MapAsk, seasonName, seasonsIn } from './coverage-filter'
import styles from './coverage-filter-form.module.css'

type Props = { action: string; ask: MapAsk; choices: CoverageChoices; locale: Locale; /** Other words of the address that must stay. */ keep?: Record<string, string> }

/** Which sessions count: a search that is an address, and asks no script. */
export async function CoverageFilterForm({ action, ask, choices, locale, keep = {} }: Props) {
  const t = (await getTranslations({ locale, namespace: 'coverage' })) as unknown as Words
  return (
    <search>
      <form action={action} className={styles.form}>
        {Object.entries(keep).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
        {ask.show !== 'all' && <input type="hidden" name="show" value={ask.show} />}
        <Details summary={t('filter.open')} open={isSifted(ask)}>
          <div className={styles.fields}>
            <Select name="season" label={t('filter.season')} defaultValue={ask.season ? String(ask.season) : ''} options={[{ value: '', label: t('filter.anySeason') }, ...seasonsIn(choices, ask.season).map((year) => ({ value: String(year), label: seasonName(year, t) }))]} />
            <Select name="series" label={t('filter.series')} defaultValue={ask.series ?? ''} options={[{ value: '', label: t('filter.anySeries') }, ...choices.series.map((one) => ({ value: one.slug, label: typo(locale === 'en' ? one.nameEn : one.nameFr, locale) }))]} />
            <Field name="from" type="date" label={t('filter.from')} defaultValue={ask.from} />
            <Field name="to" type="date" label={t('filter.to')} defaultValue={ask.to} />
          </div>
          <p className={styles.hint}>{t('filter.datesHint')}</p>
          <Buttons>
            <Button look="ghost">{t('filter.apply')}</Button>
            {isSifted(ask) && <LinkButton look="quiet" href={clearHref(action, keep)}>{t('filter.clear')}</LinkButton>}
          </Buttons>
        </Details>
      </form>
    </search>
  )
}

function clearHref(action: string, keep: Record<string, string>) {
  const [path, hash] = action.split('#')
  const query = new URLSearchParams(keep)
  return `${path}${query.size > 0 ? `?${query}` : ''}${hash ? `#${hash}` : ''}`
}
