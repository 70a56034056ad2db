import { getTranslations } from 'next-intl/server'
import { Follows, FollowSaid } from '@/app/[locale]/(public)/follow/follows'
import { Section, Stack } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { followsOf } from '@/lib/syndication/queries'

/** What one's addresses follow by letter, and how to stop each. */
export async function OwnFollows({ addressFolds, locale, said }: { addressFolds: string[]; locale: Locale; said?: string }) {
  const [t, mine, rows] = await Promise.all([getTranslations({ locale, namespace: 'follow' }), getTranslations({ locale, namespace: 'mine.me' }), followsOf(addressFolds)])
  return (
    <Section title={mine('parts.follows')} id="follows">
      <Stack>
        <FollowSaid said={said} locale={locale} />
        {rows.length === 0 ? <p className="measure">{t('mineNone')}</p> : <Follows rows={rows} locale={locale} from="me" showsAddress={addressFolds.length > 1} />}
        <p><a href={getPathname({ href: '/follow', locale })}>{t('mineMore')}</a></p>
      </Stack>
    </Section>
  )
}
