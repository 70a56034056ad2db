import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { Choices, Page, PageHead } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { config } from '@/lib/config'
import { seriesBySlug } from '@/lib/series/queries'
import { EventForm } from '@/app/[locale]/(host)/organise/_form/event-form'
import { FormMessages } from '@/app/[locale]/(host)/organise/_form/form-messages'
import { formOptions } from '@/app/[locale]/(host)/organise/_form/form-options'
import { newValues } from '@/app/[locale]/(host)/organise/_form/form-values'
import { openEvent, proposeLikely } from '@/app/[locale]/(host)/organise/events/actions'
import { broughtBy } from './brought'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Promise<{ format?: string | string[]; recommendation?: string | string[]; theme?: string | string[]; propose?: string | string[] }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'organise.new' })
  return { title: t('title') }
}

/**
 * `?format=cafe-tmnlab` begins with that format's hours; `?recommendation=<report>/<number>` and `?theme=` from a gap of the map, with
 * `?propose=yes` their themes and a title too. Nothing is made before it is saved.
 */
export default async function NewEventPage({ params, searchParams }: Props) {
  const { locale } = await params
  await requireOrganiser({ locale })
  const t = await getTranslations({ locale, namespace: 'organise.new' })
  const asked = await searchParams
  const slug = [asked.format].flat()[0]
  const found = slug && /^[a-z0-9-]{1,80}$/.test(slug) ? await seriesBySlug(slug) : null
  const format = found?.nature === 'format' ? found : null
  const options = await formOptions(locale)
  const recommendations = [asked.recommendation].flat().filter((one): one is string => /^[a-z0-9-]+\/\d{1,4}$/.test(one ?? '')).slice(0, 40)
  const theme = options.themes.find((one) => one.slug === [asked.theme].flat()[0])?.slug
  const brought = [asked.propose].flat()[0] === 'yes' ? await broughtBy(recommendations, options.themes.map(({ slug: known }) => known), locale) : {}
  const house = { timeZone: config().defaultTimeZone, locale: config().defaultLocale }

  return (
    <Page>
      <PageHead title={t('title')}><p>{t('lede')}</p></PageHead>
      <Choices
        label={t('formats')}
        links={[{ value: '', label: t('noFormat') }, ...options.formats].map(({ value, label }) => ({
          label,
          href: getPathname({ href: { pathname: '/organise/events/new', query: value ? { format: value, ...(recommendations.length > 0 ? { recommendation: recommendations } : {}), ...('title' in brought ? { propose: 'yes' } : {}) } : {} }, locale }),
          current: value === (format?.slug ?? ''),
        }))}
      />
      <FormMessages locale={locale}>
        <EventForm key={format?.slug} act={openEvent} propose={proposeLikely} kind="new" seen={newValues(house, format, { recommendations, theme, ...brought })} options={options} back={getPathname({ href: '/organise', locale })} />
      </FormMessages>
    </Page>
  )
}
