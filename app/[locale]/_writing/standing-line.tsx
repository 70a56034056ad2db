'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { Button } from '@/app/_ui/button'
import { now } from '@/lib/clock'
import { clockIn, type Locale, sayDay, sayHours } from '@/lib/text'
import type { Live } from './live'
import { type Standing, standingOf } from './standing'
import { useConnection } from './use-live'
import styles from './writing.module.css'

/** So long the house may take before it is said that it does not answer. */
const patience = 6000

/** Says where the text stands: read aloud when that changes, but not at each key. */
export function StandingLine({ live }: { live: Live }) {
  const t = useTranslations('writing.standing')
  const locale = useLocale() === 'en' ? 'en' : 'fr'
  const isLate = useLate()
  const connection = useConnection(live, (one) => one)
  const standing = standingOf(connection, isLate)
  const said = sayStanding(standing, t, locale)
  const isBusy = standing.kind === 'writing' || standing.kind === 'opening'
  const isTrouble = standing.kind === 'offline' || standing.kind === 'refused' || standing.kind === 'ended' || standing.kind === 'unreachable'
  // While one writes nothing is read aloud: the region keeps its last sentence, out of sight. Nor is each « enregistré » a new one.
  const aloud = standing.kind === 'stored' ? t('storedAloud') : said
  const [kept, keep] = useState(aloud)
  if (!isBusy && aloud !== kept) keep(aloud)
  return (
    <div className={styles.standing}>
      <p className={isTrouble ? styles.trouble : 'muted'} aria-hidden="true">{said}</p>
      <p className="visually-hidden" role="status">{kept}</p>
      {standing.kind === 'refused' && standing.reason !== 'too-fast' && (
        <Button type="button" look="quiet" onClick={() => void live.drop().finally(() => location.reload())}>{t('drop')}</Button>
      )}
      {standing.kind === 'ended' && (standing.why === 'logged-out' || standing.why === 'too-many') && <Button type="button" look="quiet" onClick={() => location.reload()}>{t('reload')}</Button>}
    </div>
  )
}

type Say = ReturnType<typeof useTranslations<'writing.standing'>>

function sayStanding(standing: Standing, t: Say, locale: Locale): string {
  switch (standing.kind) {
    case 'opening':
    case 'unreachable':
    case 'writing':
      return t(standing.kind)
    case 'stored':
      return standing.at ? t('stored', { at: momentOf(standing.at, locale) }) : t('nothing')
    case 'offline':
      return t(!standing.isPending ? 'offline' : standing.isKept ? 'offlineKept' : 'offlineUnkept')
    case 'refused':
      return t(`refused.${standing.reason}`)
    case 'ended':
      return [t(`ended.${standing.why}`), ...(standing.isPending ? [t('copy')] : [])].join(' ')
  }
}

function useLate() {
  const [isLate, setLate] = useState(false)
  useEffect(() => {
    const timer = window.setTimeout(() => setLate(true), patience)
    return () => window.clearTimeout(timer)
  }, [])
  return isLate
}

/** On the reader's own clock: « à 9h05 », « le 27 septembre à 12h ». */
function momentOf(at: Date, locale: Locale) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const [then, today] = [clockIn(at, zone), clockIn(now(), zone)]
  if (!then || !today) return ''
  const hour = sayHours(then.time, null, locale, 'long')
  if (then.date === today.date) return hour
  return `${locale === 'fr' ? 'le' : 'on'} ${sayDay(then.date, locale, { weekday: false, today: today.date })} ${hour}`
}
