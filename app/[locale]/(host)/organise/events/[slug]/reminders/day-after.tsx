import { getTranslations } from 'next-intl/server'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { capital, today } from '@/app/[locale]/event-words'
import { Section } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import type { EventPage } from '@/lib/events/queries'
import { isTooLateToAsk, takeawayAt } from '@/lib/events/rules'
import { sayWhen, typo } from '@/lib/text'
import { wallOf } from '@/lib/time'
import { askAfterwards } from './actions'
import styles from './reminders.module.css'

/** What follows the session by itself: everybody who had a seat is asked what stays with them, unless it is not wanted. */
export async function DayAfter({ event, locale }: { event: EventPage; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'takeaway.setting' })
  const at = takeawayAt(event)
  const when = capital(typo(sayWhen({ start: wallOf(at, event.timeZone), end: null, timeZone: event.timeZone, startsAt: at, endsAt: null }, locale, { today: today() }), locale))
  const { asksTakeaway: asks, takeawayDoneAt: doneAt, slug } = event
  const calledOff = event.status === 'called_off'
  const over = doneAt !== null || isTooLateToAsk(event, now())
  const standing = calledOff ? 'calledOff' : over ? (asks ? 'asked' : 'notAsked') : asks ? 'on' : 'off'
  return (
    <Section id="after" title={t('title')} beside={standing === 'on' || standing === 'off' ? t(standing) : undefined}>
      <ul className={styles.rules}>
        <li>
          <div>
            <p className={styles.rule}>{t('name')}</p>
            <p className="small muted">{standing === 'on' || standing === 'off' ? t(`words.${standing}`, { when }) : t(standing)}</p>
          </div>
          {(standing === 'on' || standing === 'off') && <ActForm act={askAfterwards} fields={{ event: slug, locale, asks: asks ? '' : 'on' }} label={t(asks ? 'turnOff' : 'turnOn')} look={asks ? 'quiet' : 'ghost'} />}
        </li>
      </ul>
      <p className={styles.ways}>
        {!calledOff && asks && <a href={pathOfRoom('/organise/events/[slug]/letters', slug, locale, { letter: 'takeaway' })}>{t('see')}</a>}
        {event.startsAt <= now() && <a href={pathOfRoom('/organise/events/[slug]/proposals', slug, locale)}>{t('proposals')}</a>}
      </p>
    </Section>
  )
}
