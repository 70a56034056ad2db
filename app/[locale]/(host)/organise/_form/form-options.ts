import type { Option } from '@/app/_ui/field'
import type { Locale } from '@/i18n/routing'
import { config } from '@/lib/config'
import { pickables } from '@/lib/events/queries'
import { pickerOptions } from '@/lib/reports/queries'
import { quotedWording } from '@/lib/reports/rules'
import { allSeries } from '@/lib/series/queries'
import { cityOf, fold } from '@/lib/text'

/** What the form offers to pick from, in the reader's language. */
export async function formOptions(locale: Locale) {
  const [{ themes, reports }, series, { speakers, partners, venues }] = await Promise.all([pickerOptions(), allSeries(), pickables()])
  const named = ({ nameFr, nameEn }: { nameFr: string; nameEn: string }) => (locale === 'fr' ? nameFr : nameEn)
  const optionsOf = (nature: 'format' | 'cycle'): Option[] =>
    series.filter((one) => one.nature === nature).map((one) => ({ value: one.slug, label: named(one) }))
  return {
    locale,
    formats: optionsOf('format'),
    cycles: optionsOf('cycle'),
    themes: themes.map((theme) => ({ slug: theme.slug, name: named(theme), pigment: theme.pigment, glyph: theme.glyph })),
    reports: reports.map((report) => ({
      slug: report.slug,
      title: report.title,
      language: report.language,
      recommendations: report.recommendations.map((one) => {
        const quotation = quotedWording(one, locale)
        const short = locale === 'fr' ? one.shortFr : (one.shortEn ?? one.shortFr)
        const wording = quotation?.quoted ?? null
        return {
          number: one.number,
          short,
          shortLanguage: locale === 'en' && !one.shortEn ? 'fr' : locale,
          wording: wording?.text ?? '',
          wordingLanguage: wording?.language ?? report.language,
          cultural: one.cultural,
          words: fold([`n° ${one.number}`, short, ...one.wordings.map(({ text }) => text)].filter(Boolean).join(' ')),
        }
      }),
    })),
    speakers: speakers.map(({ name, organisation }) => ({ name, organisation })),
    partners: partners.map(({ name }) => name),
    venues: venues.map(({ slug, name, city }) => ({ value: slug, label: city ? `${name}, ${city}` : name })),
    zones: { ...zoneOptions(locale), house: config().defaultTimeZone },
  }
}

export type FormOptions = Awaited<ReturnType<typeof formOptions>>
export type PickedReport = FormOptions['reports'][number]

const common = ['Europe/Paris', 'Europe/Brussels', 'Europe/Zurich', 'Europe/London', 'America/Toronto', 'America/New_York', 'America/Guadeloupe', 'America/Martinique', 'America/Cayenne', 'Indian/Reunion', 'Indian/Mayotte', 'Pacific/Noumea', 'Pacific/Tahiti', 'UTC']

function zoneOptions(locale: Locale) {
  const near = common.map((value) => ({ value, label: value === 'UTC' ? 'UTC' : cityOf(value, locale) }))
  const all = Intl.supportedValuesOf('timeZone').filter((zone) => !common.includes(zone)).map((value) => ({ value, label: value.replaceAll('_', ' ') }))
  return { near, all }
}
