import { getTranslations } from 'next-intl/server'
import { DateBlock } from '@/app/_ui/date-block'
import { Entry } from '@/app/_ui/programme'
import { SeatBar } from '@/app/_ui/seat-bar'
import { ThemeChips } from '@/app/_ui/theme-chip'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import type { EventCard, PastCard } from '@/lib/events/queries'
import { figuresTold, opening, shown, shut, standing } from '@/lib/events/rules'
import { sayDay, timeOfCity, typo } from '@/lib/text'
import { wallOf } from '@/lib/time'
import { aboutWords, datePartsOf, eventHref, hostOf, otherLanguage, pigmentOf, themeSigns, today } from '@/app/[locale]/event-words'
import { unbroken } from './unbroken'
import styles from './event-entry.module.css'

type Props = {
  event: EventCard | PastCard
  locale: Locale
  level?: 2 | 3 | 4
  /** Is the month said by a title above? */
  underMonth?: boolean
  /** Where it stands towards what the page is about. */
  state?: string
}

/** One event in a list: what it is, and at its end what can be done: take a seat, or read what was said. */
export async function EventEntry({ event, locale, level, underMonth, state }: Props) {
  const t = await getTranslations({ locale, namespace: 'event' })
  const { title, summary, language } = shown(event, locale)
  const isOver = event.overAt <= now()
  const isOff = event.status === 'called_off'
  // Hours without a zone are those of the house.
  const zone = event.startTime && event.timeZone !== config().defaultTimeZone ? [timeOfCity(event.timeZone, locale)] : []
  const about = [...zone, ...aboutWords(event, locale, t)]
  return (
    <Entry
      pigment={pigmentOf(event)}
      past={isOver}
      level={level}
      lang={otherLanguage(language, locale)}
      title={unbroken(typo(title, language as Locale))}
      href={eventHref(event.slug, locale)}
      date={<DateBlock {...datePartsOf(event, locale, t, { month: !underMonth })} past={isOver} struck={isOff} status={isOff ? t('calledOff') : undefined} />}
      end={isOff ? undefined : isOver ? <Restitution event={event} locale={locale} /> : <Seats event={event} locale={locale} />}
    >
      {summary && <p lang={otherLanguage(language, locale)}>{unbroken(typo(summary, language as Locale))}</p>}
      <p className={styles.about}>{about.join('\u00A0· ')}{event.demonstration && <>{'\u00A0· '}<span className={styles.demonstration}>{t('demonstration.short')}</span></>}</p>
      {state && <p className={styles.state}>{state}</p>}
      <ThemeChips themes={themeSigns(event, locale)} label={t('themes')} />
    </Entry>
  )
}

async function Seats({ event, locale }: { event: EventCard; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'registration' })
  const opens = opening(event, now())
  if (opens) return <p className="small muted">{t('opens', { today: 'no', when: sayDay(wallOf(opens, event.timeZone).date, locale, { weekday: false, today: today() }) })}</p>
  if (shut(event, now())) return <p className="small muted">{t('shut.closed.title')}</p>
  const { left, capacity, taken, waiting } = figuresTold(event)
  const isOpen = standing(event, now()) === 'open'
  const headline = !isOpen ? t('seats.full') : left === null ? t('seats.unlimited') : t('seats.left', { left })
  const detail = !isOpen && waiting > 0 ? t('seats.waiting', { waiting }) : capacity === null ? undefined : t('seats.of', { capacity })
  const audience = event.audience === 'open' ? null : <span className={styles.audience}>{t(`audience.${event.audience}.title`)}</span>
  return <SeatBar taken={taken} capacity={capacity} headline={headline} detail={audience ? <>{detail} {audience}</> : detail} />
}

/** Ours, if everybody may read it, else the one that stands on another site. */
async function Restitution({ event, locale }: { event: EventCard | PastCard; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'event' })
  const isOurs = 'editions' in event && event.editions.length > 0 && event.notesVisibility === 'all'
  const href = isOurs ? getPathname({ href: { pathname: '/events/[slug]/notes', params: { slug: event.slug } }, locale }) : event.restitutionUrl
  if (!href) return null
  return (
    <p className={styles.read}>
      <a href={href} rel={isOurs ? undefined : 'noopener'}>{t('restitution.read')}<span className="visually-hidden" lang={otherLanguage(event.language, locale)}>{t('restitution.of', { title: typo(event.title, event.language as Locale) })}</span></a>
      {!isOurs && <span className={styles.host}>{t('restitution.on', { host: hostOf(href) })}</span>}
    </p>
  )
}
