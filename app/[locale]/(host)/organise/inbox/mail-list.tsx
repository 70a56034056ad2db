import { getTranslations } from 'next-intl/server'
import { classNames } from '@/app/_ui/class-names'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { sayInstant } from '@/app/[locale]/(host)/organise/say-instant'
import { otherLanguage } from '@/app/[locale]/event-words'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { config } from '@/lib/config'
import type { ListedMail } from '@/lib/inbox/queries'
import { withoutCapabilities } from '@/lib/mail/rules'
import { localeOf, typo } from '@/lib/text'
import styles from './inbox.module.css'
import { sayOutcome, sayProposed, sayWho } from './say-mail'

const glimpseLength = 140

/** Messages one under the other: when, from whom, what was made of each, and whether somebody is waited for. */
export async function MailList({ mails, locale, marked }: { mails: ListedMail[]; locale: Locale; marked?: boolean }) {
  const t = await getTranslations({ locale, namespace: 'inbox' })
  return (
    <ul className={classNames(styles.mails, marked && styles.marked)}>
      {mails.map((mail) => {
        const who = sayWho(mail, t)
        return (
          <li key={mail.id} className={styles.mail}>
            <time className={styles.when} dateTime={mail.arrivedAt.toISOString()}>{sayInstant(mail.arrivedAt, locale)}</time>
            <div className={styles.who}>
              <h3 className={styles.name}><a href={getPathname({ href: { pathname: '/organise/inbox/[id]', params: { id: mail.id } }, locale })}>{who}</a></h3>
              {mail.fromAddress && mail.fromAddress !== who && <p className={styles.address}>{mail.fromAddress}</p>}
            </div>
            <div className={styles.what}>
              <p>{sayOutcome(mail, t)}</p>
              {glimpse(mail, locale) && <p className={styles.glimpse}>{glimpse(mail, locale)}</p>}
              {mail.event && (
                <p className={styles.about}>
                  {mail.registration && `${mail.registration.name}, `}
                  <a href={pathOfRoom('/organise/events/[slug]/registrations', mail.event.slug, locale)} lang={otherLanguage(mail.event.language, locale)}>{typo(mail.event.title, localeOf(mail.event.language))}</a>
                </p>
              )}
            </div>
            {marked && <div className={styles.standing}>
              {mail.awaits && <p className={styles.awaits}>{t('row.awaits')}</p>}
              {mail.settledAt && <p className={styles.settled}>{t('row.settled', { when: sayInstant(mail.settledAt, locale) })}</p>}
            </div>}
          </li>
        )
      })}
    </ul>
  )
}

/** What it is about before it is opened: the time it proposes, or the first of its words. */
function glimpse({ detail, event, words }: ListedMail, locale: Locale): string | null {
  const [start, end] = [detail.proposedStart, detail.proposedEnd].map((said) => (said ? new Date(said) : null))
  const proposed = sayProposed({ start, end }, event?.timeZone ?? config().defaultTimeZone, locale)
  const said = withoutCapabilities(words || detail.comment || '').replace(/\s+/g, ' ').trim()
  const first = [...said].length <= glimpseLength ? said : `${[...said].slice(0, glimpseLength - 1).join('').trimEnd()}…`
  return [proposed, first && (locale === 'fr' ? `«\u00A0${first}\u00A0»` : `“${first}”`)].filter(Boolean).join(' · ') || null
}
