import { getTranslations } from 'next-intl/server'
import { type InboxWords, sayProposed } from '@/app/[locale]/(host)/organise/inbox/say-mail'
import { sayInstant } from '@/app/[locale]/(host)/organise/say-instant'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { Answers } from '@/lib/inbox/queries'
import { withoutCapabilities } from '@/lib/mail/rules'
import styles from './registrations.module.css'

type Answer = NonNullable<Answers['said']>

/** What somebody's calendar said and when; a proposal until it says more, and an answer to a version that was replaced, if it is the last. */
export async function Answered({ answers: { said, countered, outdated }, timeZone, name, locale }: { answers: Answers; timeZone: string; name: string; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'inbox' })
  const isLast = (one: Answer | null): one is Answer => one !== null && (said === null || one.stamp > said.stamp)
  const lines = [
    said && { answer: said, what: dated(said, locale, t) },
    isLast(countered) && { answer: countered, what: proposed(countered, timeZone, locale, t) },
    isLast(outdated) && { answer: outdated, what: t('answer.old', { what: dated(outdated, locale, t) }) },
  ].filter((one) => one !== false && one !== null)
  return lines.map(({ answer: { id, comment, incomingId, sentBy, moved, old }, what }) => (
    <div key={id} className={styles.answer}>
      <p>
        {t('answer.line', { what })}{moved && !old && ` ${t('answer.moved')}`}{sentBy && <span className={styles.since}> {t('answer.sentBy', { who: sentBy })}</span>}
        {incomingId && <> <a href={getPathname({ href: { pathname: '/organise/inbox/[id]', params: { id: incomingId } }, locale })}>{t('answer.read')}<span className="visually-hidden"> {t('answer.readOf', { name })}</span></a></>}
      </p>
      {comment && <blockquote className={styles.words}>{withoutCapabilities(comment)}</blockquote>}
    </div>
  ))
}

/** That messages about them wait for somebody of the team, with the way to the first. */
export async function Waiting({ messages, name, locale }: { messages: { id: string }[]; name: string; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'inbox' })
  return (
    <p className={styles.answer}>
      <strong>{t('answer.waits', { count: messages.length })}</strong>{' '}
      <a href={getPathname({ href: { pathname: '/organise/inbox/[id]', params: { id: messages[0].id } }, locale })}>{t('answer.read')}<span className="visually-hidden"> {t('answer.readOf', { name })}</span></a>
    </p>
  )
}

const dated = ({ word, stamp }: Answer, locale: Locale, t: InboxWords) => t('answer.dated', { what: t(`answer.${word}`), when: sayInstant(stamp, locale) })

function proposed(answer: Answer, timeZone: string, locale: Locale, t: InboxWords) {
  const time = sayProposed({ start: answer.proposedStart, end: answer.proposedEnd }, timeZone, locale)
  return time ? t('answer.proposes', { time, when: sayInstant(answer.stamp, locale) }) : dated(answer, locale, t)
}
