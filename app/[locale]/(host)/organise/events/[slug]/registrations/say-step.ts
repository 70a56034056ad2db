import type { Locale } from '@/i18n/routing'
import type { ListedPerson } from '@/lib/registrations/queries'
import { sayInstant } from '@/app/[locale]/(host)/organise/say-instant'
import type { Say } from './person'

type Step = Pick<ListedPerson['steps'][number], 'status' | 'actor' | 'reason' | 'detail'>

/** A step of a story in plain words, with its figures, who took it, and where it led when the words do not say it. */
export function sayStep({ status, actor, reason, detail }: Step, timeZone: string, locale: Locale, t: Say) {
  const { minutes, until } = figures(detail)
  const key = [`steps.${reason}-${status}`, `steps.${reason}`].find((one) => t.has(one))
  const words = key ? t(key as 'steps.not-offered', { minutes: minutes ?? 0 }) : `${reason}, ${t(`status.${status}`)}`
  const offered = status === 'offered' && until ? ` ${t('untilThen', { until: sayInstant(until, locale, timeZone) })}` : ''
  return `${words}${offered} (${t.has(`actors.${actor}`) ? t(`actors.${actor}` as 'actors.waitlist') : actor})`
}

/** What the step counted, as it was written with it. */
function figures(detail: unknown) {
  const said = typeof detail === 'object' && detail !== null ? (detail as Record<string, unknown>) : {}
  const until = typeof said.until === 'string' && !Number.isNaN(Date.parse(said.until)) ? new Date(said.until) : null
  return { minutes: typeof said.minutes === 'number' ? said.minutes : null, until }
}
