import { getTranslations } from 'next-intl/server'
import { LinkButton } from '@/app/_ui/button'
import { DateBlock } from '@/app/_ui/date-block'
import { Opening } from '@/app/_ui/programme'
import { ThemeChips } from '@/app/_ui/theme-chip'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import type { EventCard } from '@/lib/events/queries'
import { figuresTold, shown, shut, standing } from '@/lib/events/rules'
import { timeOfCity, typo } from '@/lib/text'
import { aboutWords, datePartsOf, eventHref, momentOf, otherLanguage, pigmentOf, themeSigns } from '@/app/[locale]/event-words'
import { OwnTime } from './own-time'
import { unbroken } from './unbroken'
import styles from './next-event.module.css'

/** The first thing one sees: the next event, as a poster. */
export async function NextEvent({ event, locale, level = 2 }: { event: EventCard; locale: Locale; level?: 2 | 3 }) {
  const t = await getTranslations({ locale, namespace: 'event' })
  const { title, summary, language } = shown(event, locale)
  const lang = otherLanguage(language, locale)
  const href = eventHref(event.slug, locale)
  return (
    <Opening
      level={level}
      pigment={pigmentOf(event)}
      title={unbroken(typo(title, language as Locale))}
      lang={lang}
      href={href}
      date={<DateBlock size="slab" {...datePartsOf(event, locale, t)} />}
      over={<ThemeChips themes={themeSigns(event, locale)} label={t('themes')} />}
      action={<Action event={event} href={href} locale={locale} />}
    >
      {summary && <p lang={lang}>{unbroken(typo(summary, language as Locale))}</p>}
      <p className={styles.about}>
        {aboutWords(event, locale, t).join('\u00A0· ')}
        {event.startTime && <>{'\u00A0· '}{timeOfCity(event.timeZone, locale)}<OwnTime moment={momentOf(event)} locale={locale} before={'\u00A0· '} /></>}
        {event.demonstration && <>{'\u00A0· '}<em>{t('demonstration.short')}</em></>}
      </p>
    </Opening>
  )
}

async function Action({ event, href, locale }: { event: EventCard; href: string; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'registration' })
  const words = await getTranslations({ locale, namespace: 'event' })
  const stands = standing(event, now())
  if (shut(event, now()) || stands === 'full') return <LinkButton look="ghost" href={href}>{words('see')}</LinkButton>
  const { left, capacity, waiting } = figuresTold(event)
  return (
    <>
      <LinkButton href={`${href}#registration`}>{stands === 'open' ? t('form.take') : t('form.wait')}</LinkButton>
      <p>
        <strong>{stands === 'waitlist' ? t('seats.full') : left === null ? t('seats.unlimited') : t('seats.left', { left })}</strong>{' '}
        {stands === 'waitlist' ? waiting > 0 && t('seats.waiting', { waiting }) : capacity !== null && t('seats.of', { capacity })}
      </p>
    </>
  )
}
