import { getTranslations } from 'next-intl/server'
import { datePartsOf, eventHref, otherLanguage, pigmentOf } from '@/app/[locale]/event-words'
import { Button, Buttons } from '@/app/_ui/button'
import { DateBlock } from '@/app/_ui/date-block'
import { EmptyState, Notice } from '@/app/_ui/notice'
import { Entry } from '@/app/_ui/programme'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { opening, shown, standing as standingOf } from '@/lib/events/rules'
import { capability } from '@/lib/ids'
import { pathOf } from '@/lib/pathnames'
import type { HeldStanding, standingDates } from '@/lib/registrations/queries'
import { typo } from '@/lib/text'

export type StandingState = 'unproven' | 'running' | 'paused' | 'ended'

export function stateOfStanding({ provenAt, pausedAt, endedAt }: Pick<HeldStanding, 'provenAt' | 'pausedAt' | 'endedAt'>): StandingState {
  if (endedAt) return 'ended'
  if (!provenAt) return 'unproven'
  return pausedAt ? 'paused' : 'running'
}

const standingAction = ({ id, generation }: HeldStanding, locale: Locale) => pathOf('/standing/[token]/change', { token: capability('standing', id, generation) }, locale)

/** A button that acts on a standing registration. `from` is where to lead back to: its page, or one's own place. */
export function StandingAct({ standing, locale, act, label, look, from, event }: {
  standing: HeldStanding
  locale: Locale
  act: string
  label: string
  look: 'accent' | 'ghost' | 'quiet' | 'danger'
  from?: 'me'
  event?: string
}) {
  return (
    <form method="post" action={standingAction(standing, locale)}>
      <input type="hidden" name="act" value={act} />
      {from && <input type="hidden" name="from" value={from} />}
      {event && <input type="hidden" name="event" value={event} />}
      <Button look={look}>{label}</Button>
    </form>
  )
}

type Dated = Awaited<ReturnType<typeof standingDates>>[number]

/** The coming dates of a format, where one stands at each, and how to skip one or come back to it. */
export async function StandingDates({ standing, dates, locale, from }: { standing: HeldStanding; dates: Dated[]; locale: Locale; from?: 'me' }) {
  const t = await getTranslations({ locale, namespace: 'mine.standing' })
  const words = await getTranslations({ locale, namespace: 'event' })
  if (dates.length === 0) return <EmptyState title={t('none')}><p>{t('noneWords')}</p></EmptyState>
  return dates.map(({ event, registration }) => {
    const { title, language } = shown(event, locale)
    const isThere = registration !== null && registration.status !== 'cancelled'
    return (
      <Entry
        key={event.id}
        pigment={pigmentOf(event)}
        title={typo(title, language as Locale)}
        lang={otherLanguage(language, locale)}
        href={registration ? pathOf('/registrations/[token]', { token: capability('manage', registration.id, registration.generation) }, locale) : eventHref(event.slug, locale)}
        date={<DateBlock {...datePartsOf(event, locale, words)} />}
      >
        <p>{t(`at.${stateAt(standing, event, registration)}`, { seats: registration?.seats ?? 1 })}</p>
        {registration && (
          <Buttons>
            <StandingAct standing={standing} locale={locale} from={from} event={event.slug} look="quiet" act={isThere ? 'skip' : 'return'} label={t(isThere ? 'skip' : 'comeBack')} />
          </Buttons>
        )}
      </Entry>
    )
  })
}

function stateAt(standing: HeldStanding, event: Dated['event'], registration: Dated['registration']) {
  if (registration) return registration.status
  if (stateOfStanding(standing) !== 'running') return 'not'
  if (opening(event, now())) return 'opens'
  return event.audience === 'open' && ['open', 'waitlist'].includes(standingOf(event, now())) ? 'soon' : 'closed'
}

/** What a button did, or why it did not, as the address says it afterwards. */
export async function StandingSaid({ said, locale }: { said?: string; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'mine.standing' })
  if (!said || !/^[a-z-]{1,30}$/.test(said)) return null
  if (t.has(`said.${said}` as 'said.paused')) return <Notice tone="success" live="status" title={t(`said.${said}` as 'said.paused')} />
  return t.has(`refused.${said}` as 'refused.full') ? <Notice tone="warning" live="alert" title={t(`refused.${said}` as 'refused.full')} /> : null
}
