import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { otherLanguage } from '@/app/[locale]/event-words'
import { sayInstant } from '@/app/[locale]/(public)/instant-words'
import { classNames } from '@/app/_ui/class-names'
import type { Locale } from '@/i18n/routing'
import type { HeldRegistration as Held, storyOf } from '@/lib/registrations/queries'
import { typo } from '@/lib/text'
import styles from './registration.module.css'

export type Story = Awaited<ReturnType<typeof storyOf>>

/** What a page can say of where somebody stands: the status, and for a pending one what it waits for. */
export const standingOf = ({ status, pendingFor }: Held) => (status === 'pending' ? (pendingFor ?? 'approval') : status)

interface Props {
  held: Held
  story: Story
  /** How many are before it in line. */
  ahead: number
  /** The event has begun, or is called off. */
  shut: 'called-off' | 'already-over' | null
  /** It goes on at this moment, and they have a seat. */
  underWay: boolean
  locale: Locale
  /** The buttons that answer. */
  children?: ReactNode
}

/** Where the registration stands, readable at a glance: a line, whose it is, until when it holds, and what to press. */
export async function State({ held, story, ahead, shut, underWay, locale, children }: Props) {
  const t = await getTranslations({ locale, namespace: 'registration.manage' })
  const standing = standingOf(held)
  const tone = underWay ? 'good' : shut ? 'off' : tones[standing]
  const waits = standing === 'waitlisted' && !shut && ahead > 0
  return (
    <section id="state" className={classNames(styles.state, styles[tone])} aria-labelledby="state-title" role="status">
      {waits ? <p className={classNames('numeral', styles.ahead)} aria-hidden="true">{ahead}</p> : <Sign of={shut === 'already-over' && standing === 'confirmed' ? 'good' : tone} />}
      <div className={styles.words}>
        <h2 id="state-title" className={styles.title}>{waits && <span className="visually-hidden">{ahead} </span>}{underWay ? t('state.now') : await headline(held, story, ahead, shut, locale)}</h2>
        {!shut && <Words held={held} story={story} ahead={ahead} locale={locale} />}
        {shut && <p>{t(shut === 'called-off' ? 'calledOff' : underWay ? 'begun' : 'past')}</p>}
        <p className={styles.whose}>{t('of', { name: held.name, address: held.address })}</p>
      </div>
      {children && <div className={styles.acts}>{children}</div>}
    </section>
  )
}

const tones = { confirmed: 'good', offered: 'due', proof: 'due', waitlisted: 'wait', approval: 'wait', circle: 'wait', cancelled: 'off' } as const

async function headline(held: Held, story: Story, ahead: number, shut: Props['shut'], locale: Locale) {
  const t = await getTranslations({ locale, namespace: 'registration.manage.state' })
  const standing = standingOf(held)
  if (shut === 'called-off') return t('calledOff')
  if (shut) return t(standing === 'confirmed' ? 'had' : standing === 'cancelled' ? 'cancelled' : 'over', { seats: held.seats })
  if (standing === 'waitlisted') return ahead === 0 ? t('first') : t('waitlisted', { ahead })
  if (standing === 'circle') return held.askedAt ? t('asked') : t(`circle.${held.event.audience === 'invited' ? 'invited' : 'members'}`)
  if (standing === 'cancelled') return t(endings[story.at(-1)?.reason ?? ''] ?? 'cancelled')
  return t(standing, { seats: held.seats })
}

/** A registration ends in three ways; only one of them is a choice of its person. */
const endings: Record<string, 'lapsed' | 'declined'> = { 'hold-lapsed': 'lapsed', declined: 'declined' }

async function Words({ held, story, ahead, locale }: Pick<Props, 'held' | 'story' | 'ahead' | 'locale'>) {
  const t = await getTranslations({ locale, namespace: 'registration.manage.words' })
  const { event, heldUntil, timeZone } = held
  const until = heldUntil && sayInstant(heldUntil, event.timeZone, locale, timeZone)
  switch (standingOf(held)) {
    case 'offered':
      return until && <p className={styles.until}>{t('offered', until)}</p>
    case 'proof':
      return until ? <p className={styles.until}>{t('held', until)}</p> : <p>{t(event.approves ? 'proofThenApproval' : 'proof')}</p>
    case 'waitlisted':
      return (
        <>
          {held.passed && <p>{t('passed')}</p>}
          <p>{event.offerHours === null ? t('waitlisted') : t('waitlistedForOffer', { hours: event.offerHours })}</p>
          {ahead === 0 && !held.passed && <p>{t('first')}</p>}
        </>
      )
    case 'approval':
      return <p>{t('approval')}</p>
    case 'circle':
      return held.askedAt ? <p>{t('asked')}</p> : <p>{t('circle')}</p>
    case 'cancelled':
      return <Ended story={story} language={event.language as Locale} locale={locale} />
    default:
      return null
  }
}

/** An organiser's own words, in the language of the event. */
async function Ended({ story, language, locale }: { story: Story; language: Locale; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'registration.manage.words' })
  const last = story.at(-1)
  const words = last?.reason === 'declined' ? textOf(last.detail) : null
  if (words) return <p className={styles.quote} lang={otherLanguage(language, locale)}>{typo(words, language)}</p>
  return last?.reason === 'hold-lapsed' ? <p>{t('lapsed')}</p> : null
}

/** What an organiser said of a step. */
const textOf = (detail: unknown) => {
  const words = typeof detail === 'object' && detail !== null && 'words' in detail ? detail.words : null
  return typeof words === 'string' && words ? words : null
}

function Sign({ of }: { of: 'good' | 'due' | 'wait' | 'off' }) {
  return (
    <svg className={styles.sign} viewBox="0 0 24 24" width="36" height="36" aria-hidden="true" focusable="false">
      {signs[of]}
    </svg>
  )
}

const signs = {
  good: <path d="m3 12.5 6 6.5L21 4.5" fill="none" stroke="currentColor" strokeWidth="3.4" />,
  due: <path d="M10.2 2.5h3.6l-.6 12.5h-2.4zM12 17.5a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4Z" fill="currentColor" />,
  wait: <path d="M12 2.6a9.4 9.4 0 1 1 0 18.8 9.4 9.4 0 0 1 0-18.8Zm0 4v6l4 2.4" fill="none" stroke="currentColor" strokeWidth="2.6" />,
  off: <path d="m4.5 4.5 15 15m0-15-15 15" fill="none" stroke="currentColor" strokeWidth="3" />,
}
