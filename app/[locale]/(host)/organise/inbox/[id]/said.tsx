import { Facts, Section, Stack } from '@/app/_ui/page'
import styles from '@/app/[locale]/(host)/organise/inbox/inbox.module.css'
import { type InboxWords, sayProposed } from '@/app/[locale]/(host)/organise/inbox/say-mail'
import { sayInstant } from '@/app/[locale]/(host)/organise/say-instant'
import { momentOf, today } from '@/app/[locale]/event-words'
import type { Locale } from '@/i18n/routing'
import { config } from '@/lib/config'
import type { OpenedMail } from '@/lib/inbox/queries'
import { withoutCapabilities } from '@/lib/mail/rules'
import { sayWhen } from '@/lib/text'

type Fact = { term: string; detail: string }

/** What a message says: the answer of a calendar, with its comment and the time it proposes, or somebody's words; of a bounce, what the server said. */
export function Said({ mail, locale, t }: { mail: OpenedMail; locale: Locale; t: InboxWords }) {
  const { detail, event, kind } = mail
  const answer = mail.answers[0]
  const word = detail.word ?? answer?.word
  const comment = answer?.comment ?? detail.comment
  const proposed = sayProposed({ start: answer?.proposedStart ?? dated(detail.proposedStart), end: answer?.proposedEnd ?? dated(detail.proposedEnd) }, event?.timeZone ?? config().defaultTimeZone, locale)
  const { sequence, current } = detail
  const facts: (Fact | '' | false | null | undefined)[] = [
    word && t.has(`answer.${word}`) && { term: t('answer.label'), detail: [t(`answer.${word}` as 'answer.accepted'), detail.delegatedTo && t('message.delegatedTo', { address: detail.delegatedTo })].filter(Boolean).join(' ') },
    detail.attendee && detail.attendee !== mail.fromAddress?.toLowerCase() && { term: t('answer.attendee'), detail: detail.attendee },
    proposed && { term: t('answer.proposedTime'), detail: proposed },
    proposed && event && { term: t('answer.currentTime'), detail: sayWhen(momentOf(event), locale, { today: today() }) },
    answer && { term: t('answer.given'), detail: sayInstant(answer.stamp, locale) },
    sequence !== undefined && current !== undefined && { term: t('answer.about'), detail: t(sequence < current ? 'answer.versionOld' : 'answer.version') },
    detail.diagnosis && { term: t('answer.diagnosis'), detail: [detail.status, detail.diagnosis].filter(Boolean).join(', ') },
  ]
  const told = facts.filter((one): one is Fact => Boolean(one))
  if (told.length === 0 && !comment && !mail.words && kind !== 'words') return null

  return (
    <Section id="said" title={t('message.said')}>
      <Stack>
        {comment && (
          <figure>
            <figcaption className="small muted">{t('answer.commentOf')}</figcaption>
            <blockquote className={styles.words}>{withoutCapabilities(comment)}</blockquote>
          </figure>
        )}
        {mail.words ? <blockquote className={styles.words}>{withoutCapabilities(mail.words)}</blockquote> : kind === 'words' && <p className="muted">{t('message.nothing')}</p>}
        {told.length > 0 && (
          <div className={comment || kind === 'words' ? undefined : styles.facts}>
            <Facts facts={told.map((fact) => ({ ...fact, detail: <span className={styles.value}>{fact.detail}</span> }))} />
          </div>
        )}
      </Stack>
    </Section>
  )
}

const dated = (said: string | undefined) => (said && !Number.isNaN(Date.parse(said)) ? new Date(said) : null)
