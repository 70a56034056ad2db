'use client'

import { useSyncExternalStore } from 'react'
import { type Locale, type Moment, sayOwnTime } from '@/lib/text'

const nothingChanges = () => () => {}
const zoneHere = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? ''
const zoneUnknown = () => ''

/** The reader's own time, where their clock shows another: only their browser knows. Without a script nothing is missing. */
export function OwnTime({ moment, locale, before = '', after = '' }: { moment: Moment; locale: Locale; before?: string; after?: string }) {
  const zone = useSyncExternalStore(nothingChanges, zoneHere, zoneUnknown)
  const own = zone && sayOwnTime(moment, locale, zone)
  return own ? <>{before}<span>{own}</span>{after}</> : null
}
