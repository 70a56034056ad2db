'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button, Buttons } from '@/app/_ui/button'
import { TextArea } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { Details } from '@/app/_ui/page'
import { now } from '@/lib/clock'
import { clockIn, type Locale, sayDay, sayHours } from '@/lib/text'
import type { Found, Standing } from './use-saving'
import styles from './editor.module.css'

/** Says where the text stands: read aloud when it changes, but not at each key. */
export function StandingLine({ standing, hasChanged, saveNow }: { standing: Standing; hasChanged: boolean; saveNow: () => void }) {
  const t = useTranslations('notes.editor.standing')
  const locale = useLocale() === 'en' ? 'en' : 'fr'
  const at = standing.kind === 'saved' && standing.at ? momentOf(standing.at, locale) : null
  const said = {
    saved: at ? t('saved', { at }) : hasChanged ? t('savedNow') : t('nothing'),
    waiting: t('waiting'),
    saving: t('waiting'),
    offline: t('offline'),
    refused: standing.kind === 'refused' ? t('refused', { why: standing.sentence }) : '',
    stale: t('stale'),
  }[standing.kind]
  const isBusy = standing.kind === 'waiting' || standing.kind === 'saving'
  // While it saves nothing new is read aloud: the region keeps its last sentence, out of sight.
  const [kept, keep] = useState(said)
  if (!isBusy && said !== kept) keep(said)
  const isTrouble = standing.kind === 'offline' || standing.kind === 'refused' || standing.kind === 'stale'
  return (
    <div className={styles.standing}>
      {isBusy && <p className="muted" aria-hidden="true">{said}</p>}
      <p role="status" className={isBusy ? 'visually-hidden' : isTrouble ? styles.trouble : 'muted'}>{isBusy ? kept : said}</p>
      {(standing.kind === 'waiting' || standing.kind === 'offline' || standing.kind === 'refused') && <Button type="button" look="quiet" onClick={saveNow}>{t('now')}</Button>}
    </div>
  )
}

/** Two wrote at once: both texts are shown, and nothing is thrown away before somebody chooses. */
export function Conflict({ theirs, mine, keepMine, takeTheirs }: { theirs: { markdown: string } | null; mine: string; keepMine: () => void; takeTheirs: () => void }) {
  const t = useTranslations('notes.editor.conflict')
  return (
    <Notice tone="warning" live="alert" title={t('title')}>
      <p>{theirs ? t('text') : t('gone')}</p>
      {theirs && <Details summary={t('theirs')}><TextArea name="theirs" label={t('theirs')} readOnly defaultValue={theirs.markdown} rows={10} /></Details>}
      <Details summary={t('mine')}><TextArea name="mine" label={t('mine')} readOnly value={mine} rows={10} /></Details>
      {theirs && (
        <Buttons>
          <Button type="button" onClick={keepMine}>{t('keepMine')}</Button>
          <Button type="button" look="ghost" onClick={takeTheirs}>{t('takeTheirs')}</Button>
        </Buttons>
      )}
    </Notice>
  )
}

export function FoundAgain({ found, take, drop }: { found: Found; take: () => void; drop: () => void }) {
  const t = useTranslations('notes.editor.found')
  const locale = useLocale() === 'en' ? 'en' : 'fr'
  return (
    <Notice tone="warning" title={t('title', { at: momentOf(new Date(found.at), locale) })}>
      <p>{t('text')}</p>
      <Buttons>
        <Button type="button" onClick={take}>{t('take')}</Button>
        <Button type="button" look="quiet" onClick={drop}>{t('drop')}</Button>
      </Buttons>
    </Notice>
  )
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
