import { getTranslations } from 'next-intl/server'
import { datePartsOf, momentOf, otherLanguage, pigmentOf, placeWords } from '@/app/[locale]/event-words'
import { OwnTime } from '@/app/[locale]/(public)/own-time'
import { unbroken } from '@/app/[locale]/(public)/unbroken'
import { DateBlock } from '@/app/_ui/date-block'
import { Band } from '@/app/_ui/programme'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import type { EventPage } from '@/lib/events/queries'
import { shown } from '@/lib/events/rules'
import { timeOfCity, typo } from '@/lib/text'
import styles from './event.module.css'

/** The date as one sees it from across the room, the title, and in one line the hour, where, and in which frame. */
export async function EventBand({ event, locale }: { event: EventPage; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'event' })
  const { title, language } = shown(event, locale)
  const isOff = event.status === 'called_off'
  const isOver = event.overAt <= now()
  const { hours, ...date } = datePartsOf(event, locale, t)
  const format = event.format && typo(locale === 'en' ? event.format.nameEn : event.format.nameFr, locale)
  const state = event.status === 'draft' ? t('draft.label') : isOver && !isOff ? t('over') : null
  const hour = event.startTime ? (
    <><strong>{hours}</strong>, {timeOfCity(event.timeZone, locale)}<OwnTime moment={momentOf(event)} locale={locale} before=" (" after=")" /></>
  ) : (
    isOver ? t('timeUnknown') : t('timeToCome')
  )
  return (
    <Band
      pigment={pigmentOf(event)}
      title={unbroken(typo(title, language as Locale))}
      lang={otherLanguage(language, locale)}
      date={<DateBlock size="band" {...date} struck={isOff} status={isOff ? t('calledOff') : undefined} />}
      over={(state || format) && <>{state && <span className={styles.flag}>{state}</span>}{format}</>}
    >
      <p>{hour} · {placeWords(event, t)}</p>
    </Band>
  )
}
