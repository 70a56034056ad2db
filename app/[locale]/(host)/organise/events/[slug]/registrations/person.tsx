import { getTranslations } from 'next-intl/server'
import type { Locale } from '@/i18n/routing'
import type { EventPage } from '@/lib/events/queries'
import type { Answers } from '@/lib/inbox/queries'
import type { lettersAboutEach, unreachableAmong } from '@/lib/mail/queries'
import type { ListedPerson } from '@/lib/registrations/queries'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { Fold } from '@/app/[locale]/(host)/organise/fold'
import { sayInstant } from '@/app/[locale]/(host)/organise/say-instant'
import { sendAgain } from './actions'
import { Acts } from './acts'
import { Answered, Waiting } from './answered'
import { sayAnswers } from './say-answers'
import styles from './registrations.module.css'
import { sayStep } from './say-step'
import { Unreachable } from './unreachable'

export type Letters = NonNullable<ReturnType<Awaited<ReturnType<typeof lettersAboutEach>>['get']>>
export type Say = Awaited<ReturnType<typeof getTranslations<'people.room'>>>

/** What every person's entry on this page is told of the event. */
export interface Room {
  event: EventPage
  locale: Locale
  /** The page's own address; a question is asked there. */
  here: string
  /** Nothing follows any more: called off, or begun. */
  shut: boolean
}

/** One person: who they are, where they stand, what can be done; folded away, how it came, what they said and were sent. */
export async function Person({ person, letters, answers, waiting, unreachable, room, rank }: {
  person: ListedPerson
  letters: Letters
  /** What their calendar said. */
  answers?: Answers
  /** Messages about them that wait for an organiser. */
  waiting?: { id: string }[]
  /** Letters to their address come back. */
  unreachable?: NonNullable<ReturnType<Awaited<ReturnType<typeof unreachableAmong>>['get']>>
  room: Room
  rank?: number
}) {
  const { event, locale, shut } = room
  const t = await getTranslations({ locale, namespace: 'people.room' })
  const nameOf = await namesOfLetters(locale)
  const failed = letters.filter(({ state }) => state === 'failed')
  return (
    <li className={styles.person}>
      <div className={styles.who}>
        <h3 className={styles.name}>{rank === undefined ? person.name : <><span className={styles.rank}>{rank}.</span> {person.name}</>}</h3>
        <p className={styles.address}>{person.address}</p>
        {person.companions.length > 0 && (
          <p className={styles.with}>{t('with', { count: person.companions.length, names: person.companions.map(({ name }) => name).join(', ') })}</p>
        )}
      </div>
      <div className={styles.state}>
        <State person={person} room={room} t={t} />
        {answers && <Answered answers={answers} timeZone={event.timeZone} name={person.name} locale={locale} />}
        {waiting && <Waiting messages={waiting} name={person.name} locale={locale} />}
        {unreachable && <Unreachable of={unreachable} person={person} room={room} />}
        {failed.map((letter) => (
          <p key={letter.id} className={styles.failed}>{t('failed', { kind: nameOf(letter.kind) })} {letter.lastError && <span className={styles.why}>{letter.lastError}</span>}</p>
        ))}
      </div>
      {!shut && <Acts person={person} room={room} t={t} />}
      <div className={styles.more}>
        <Fold summary={<>{t('more', { steps: person.steps.length, letters: letters.length, answers: person.answers.length + person.consents.length })}<span className="visually-hidden"> {t('moreOf', { name: person.name })}</span></>}>
          <div className={styles.folded}>
            <div>
              <h4>{t('story')}</h4>
              <ol>{person.steps.map((step) => <li key={step.id}><span className={styles.when}>{sayInstant(step.at, locale)}</span> {sayStep(step, event.timeZone, locale, t)}</li>)}</ol>
            </div>
            <Said person={person} room={room} t={t} />
            <Sent letters={letters} person={person} room={room} t={t} />
          </div>
        </Fold>
      </div>
    </li>
  )
}

/** Where somebody stands, and until when; what an outsider said stands in their own words. */
function State({ person, room: { event, locale }, t }: { person: ListedPerson; room: Room; t: Say }) {
  const until = person.heldUntil && sayInstant(person.heldUntil, locale, event.timeZone)
  const last = person.steps.at(-1)
  const place = event.mode === 'hybrid' && t(`place.${person.place}`)
  const state = (() => {
    if (person.status === 'offered') return until ? t('state.offeredUntil', { until }) : t('status.offered')
    if (person.status === 'waitlisted') return t(person.passed ? 'state.passed' : 'status.waitlisted')
    if (person.status === 'cancelled') return person.cancelledAt ? t('state.cancelledAt', { when: sayInstant(person.cancelledAt, locale) }) : t('status.cancelled')
    if (person.status === 'confirmed') return t('status.confirmed')
    if (person.pendingFor === 'proof') return until ? t('state.proofUntil', { until }) : t('state.proof')
    if (person.pendingFor === 'approval') return t('state.approval')
    return person.askedAt ? t('state.asked', { when: sayInstant(person.askedAt, locale) }) : t('state.outside')
  })()
  return (
    <>
      <p>{[state, place].filter(Boolean).join(', ')}{person.allotment && <> {t('allotment', { organisation: person.allotment.organisation })}</>}</p>
      {person.status === 'pending' && person.askedWords && <blockquote className={styles.words}>{person.askedWords}</blockquote>}
      {last?.reason === 'not-offered' && person.status === 'waitlisted' && <p className={styles.note}>{sayStep(last, event.timeZone, locale, t)}</p>}
      <p className={styles.since}>{t('since', { when: sayInstant(person.createdAt, locale) })}</p>
    </>
  )
}

/** What they answered and agreed to; an answer to a wording that changed since says so. */
function Said({ person: { answers, consents }, room: { event, locale }, t }: { person: ListedPerson; room: Room; t: Say }) {
  if (answers.length + consents.length === 0) return null
  return (
    <div>
      <h4>{t('said')}</h4>
      <dl className={styles.said}>
        {sayAnswers(answers, event.language, locale, t).map(({ key, label, language, said, earlier }) => (
          <div key={key}>
            <dt lang={language === locale ? undefined : language}>{label}</dt>
            <dd>{said}{earlier && <span className={styles.since}> {t('earlier')}</span>}</dd>
          </div>
        ))}
        {consents.map(({ id, request, givenAt, withdrawnAt }) => (
          <div key={id}>
            <dt lang={event.language === locale ? undefined : event.language}>{request.wording}</dt>
            <dd>
              {withdrawnAt ? t('withdrawn', { given: sayInstant(givenAt, locale), when: sayInstant(withdrawnAt, locale) }) : t('given', { when: sayInstant(givenAt, locale) })}
              {request.retiredAt && <span className={styles.since}> {t('earlier')}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** What they were sent, and whether it arrived. */
async function Sent({ letters, person, room: { event, locale }, t }: { letters: Letters; person: ListedPerson; room: Room; t: Say }) {
  if (letters.length === 0) return null
  const nameOf = await namesOfLetters(locale)
  return (
    <div>
      <h4>{t('letters')}</h4>
      <ul>
        {letters.map((letter) => {
          const kind = nameOf(letter.kind)
          return (
            <li key={letter.id} className={styles.letter}>
              {kind}{t('colon')} <span className={letter.state === 'failed' || letter.state === 'bounced' ? styles.failed : undefined}>{t(`letterStates.${letter.state}`)}</span>, {sayInstant(letter.sentAt ?? letter.createdAt, locale)}
              {letter.lastError && <span className={styles.why}> {letter.lastError}</span>}
              {' '}
              {(letter.state === 'sent' || letter.state === 'failed' || letter.state === 'bounced') && <ActForm act={sendAgain} fields={{ event: event.slug, letter: letter.id, locale }} label={t('again')} look="quiet" name={t('againTo', { kind, name: person.name })} />}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** What the letters are called, on this page as in their own room. */
async function namesOfLetters(locale: Locale) {
  const t = await getTranslations({ locale, namespace: 'letters.kinds' })
  return (kind: string) => (t.has(kind as 'seat-confirmed') ? t(kind as 'seat-confirmed') : kind)
}
