import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { cache } from 'react'
import { datePartsOf, momentOf, otherLanguage, pigmentOf, today } from '@/app/[locale]/event-words'
import { DateBlock } from '@/app/_ui/date-block'
import { Page, PageHead } from '@/app/_ui/page'
import { Band } from '@/app/_ui/programme'
import type { Locale } from '@/i18n/routing'
import { shown } from '@/lib/events/rules'
import { findHeld, type HeldRegistration as Held } from '@/lib/registrations/queries'
import { sayWhen, typo } from '@/lib/text'

/** Asked for by the head and by the body of one page; looked up once. */
export const heldBy = cache((token: string) => findHeld({ token }))

/** What a letter's link opens stands in no index and hands its address to nobody; a link that was replaced is gone. */
export async function metadataOf(token: string, title: string): Promise<Metadata> {
  const gone = (await heldBy(token)) === 'gone'
  return { title, robots: { index: false, follow: false }, referrer: 'same-origin', other: gone ? { status: '410' } : {} }
}

/** Which session it is, and when. */
export async function HeldBand({ held: { event, timeZone }, locale, over }: { held: Held; locale: Locale; over?: string }) {
  const words = await getTranslations({ locale, namespace: 'event' })
  const { title, language } = shown(event, locale)
  return (
    <Band
      pigment={pigmentOf(event)}
      date={<DateBlock size="band" {...datePartsOf(event, locale, words, { hour: false })} struck={event.status === 'called_off'} />}
      title={typo(title, language as Locale)}
      lang={otherLanguage(language, locale)}
      over={over}
    >
      {typo(sayWhen(momentOf(event), locale, { today: today(), readerZone: timeZone }), locale)}
    </Band>
  )
}

export async function Gone({ locale }: { locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  return (
    <Page narrow>
      <PageHead title={t('gone')}>{t('goneWords')}</PageHead>
    </Page>
  )
}
