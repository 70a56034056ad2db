import type { getTranslations } from 'next-intl/server'
import { today } from '@/app/[locale]/event-words'
import type { Locale } from '@/i18n/routing'
import type { MailDetail } from '@/lib/inbox/rules'
import { sayWhen } from '@/lib/text'
import { wallOf } from '@/lib/time'

export type InboxWords = Awaited<ReturnType<typeof getTranslations<'inbox'>>>

type Mail = { outcome: string; detail: MailDetail; registration: { address: string } | null }

/** What was made of a message, in one sentence. */
export function sayOutcome({ outcome, detail }: Pick<Mail, 'outcome' | 'detail'>, t: InboxWords): string {
  const key = [outcome === 'tied' && detail.as ? `outcome.tied-${detail.as}` : '', `outcome.${outcome}`].find((one) => t.has(one))
  return key ? t(key as 'outcome.words') : outcome
}

/** Why nothing, or no more, was made of it: sentences, or none where the outcome says all. */
export function sayWhy({ outcome, detail, registration }: Mail, t: InboxWords): string[] {
  const said = outcome === 'tied' || outcome === 'put-aside' ? (detail.was ?? outcome) : outcome
  const sentences = (() => {
    if (said === 'attendee-differs') return [detail.attendee && registration ? t('why.attendee-differs', { attendee: detail.attendee, address: registration.address }) : t('why.attendee-differs-plain')]
    if (said === 'unreadable') return [t('why.unreadable'), detail.why && t.has(`unreadable.${detail.why}`) && t(`unreadable.${detail.why}` as 'unreadable.winmail')]
    if ((said === 'automatic' || said === 'list') && detail.why) return [t.has(`automatic.${detail.why}`) && t(`automatic.${detail.why}` as 'automatic.list')]
    return [t.has(`why.${said}`) && t(`why.${said}` as 'why.words')]
  })()
  return [...sentences, detail.asked && t('why.asked')].filter((one) => typeof one === 'string')
}

/** The time that a calendar proposes, on the event's own clock: « jeudi 3 décembre de 10h à 11h, heure de Paris ». */
export function sayProposed(proposed: { start: Date | null; end: Date | null }, timeZone: string, locale: Locale): string | null {
  const { start, end } = proposed
  if (!start || Number.isNaN(start.getTime())) return null
  const last = end && !Number.isNaN(end.getTime()) && end > start ? end : null
  return sayWhen({ start: wallOf(start, timeZone), end: last && wallOf(last, timeZone), timeZone, startsAt: start, endsAt: last }, locale, { today: today() })
}

/** Who sent it, as they call themselves. */
export const sayWho = ({ fromName, fromAddress }: { fromName: string | null; fromAddress: string | null }, t: InboxWords) => fromName?.trim() || fromAddress || t('nobody')
