import type { Locale } from '@/i18n/routing'
import type { MissingRow } from '@/lib/coverage/queries'
import { typo } from '@/lib/text'
import type { Words } from './event-words'

/** Why a recommendation stands among what is missing, each reason in words; `t` speaks of the room « missing ». */
export function reasonsOf({ wants, untouched, followUps, themes }: MissingRow, locale: Locale, t: Words): string[] {
  const names = themes.map((theme) => typo(locale === 'en' ? theme.shortEn : theme.shortFr, locale))
  return wants.map((want) => {
    if (want === 'untouched') return t('because.untouched', { days: untouched?.days ?? 0 })
    if (want === 'followUps') return t('because.followUps', { count: followUps })
    if (want === 'themes') return t('because.themes', { count: names.length, names: names.join(', ') })
    if (want === 'never' && untouched) return `${t('because.never')} (${t('since', { days: untouched.days })})`
    return t(`because.${want}`)
  })
}
