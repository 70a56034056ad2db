'use client'

import { useFormatter, useTranslations } from 'next-intl'
import { Button, Buttons } from '@/app/_ui/button'
import { TextArea } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { Details } from '@/app/_ui/page'
import type { Found, Standing } from './use-saving'
import styles from './editor.module.css'

/** Says where the text stands: read aloud when it changes, but not at each key. */
export function StandingLine({ standing, hasChanged, saveNow }: { standing: Standing; hasChanged: boolean; saveNow: () => void }) {
  const t = useTranslations('notes.editor.standing')
  const format = useFormatter()
  const at = standing.kind === 'saved' && standing.at ? format.dateTime(standing.at, { hour: '2-digit', minute: '2-digit', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }) : null
  const said = {
    saved: at ? t('saved', { at }) : hasChanged ? t('savedNow') : t('nothing'),
    waiting: t('waiting'),
    saving: t('waiting'),
    offline: t('offline'),
    refused: standing.kind === 'refused' ? t('refused', { why: standing.sentence }) : '',
    stale: t('stale'),
  }[standing.kind]
  const isTrouble = standing.kind === 'offline' || standing.kind === 'refused' || standing.kind === 'stale'
  return (
    <div className={styles.standing}>
      <p role="status" className={isTrouble ? styles.trouble : 'muted'}>{said}</p>
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
  const format = useFormatter()
  return (
    <Notice tone="warning" title={t('title', { at: format.dateTime(new Date(found.at), { dateStyle: 'long', timeStyle: 'short', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }) })}>
      <p>{t('text')}</p>
      <Buttons>
        <Button type="button" onClick={take}>{t('take')}</Button>
        <Button type="button" look="quiet" onClick={drop}>{t('drop')}</Button>
      </Buttons>
    </Notice>
  )
}
