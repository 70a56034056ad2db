'use client'

import { useTranslations } from 'next-intl'
import type { FormState } from '@/app/_session/form-state'
import { Button, Buttons } from '@/app/_ui/button'
import { Facts } from '@/app/_ui/page'
import styles from './form.module.css'

export interface Consequences {
  /** Registered people, confirmed and waiting, who get a letter. */
  people: number
  changes: { what: 'title' | 'when' | 'where' | 'mode' | 'joinUrl' | 'closing'; was: string; will: string }[]
}

/** Says what will change and to how many it will be told, before anything is done. All that was typed travels along. */
export function AskFirst({ consequences, values, isSending }: { consequences: Consequences; values: FormState['values']; isSending: boolean }) {
  const t = useTranslations('organise.form.ask')
  const { people, changes } = consequences
  return (
    <section className={styles.ask} aria-labelledby="consequences">
      {Object.entries(values).flatMap(([name, value]) =>
        own.includes(name) ? [] : [value].flat().map((one, place) => <input key={`${name} ${place}`} type="hidden" name={name} value={one} />),
      )}
      <h2 id="consequences" tabIndex={-1}>{t('title')}</h2>
      <p className={styles.told}><strong>{t('people', { count: people })}</strong> {people > 0 ? t('how') : t('nobody')}</p>
      <Facts facts={changes.map(({ what, was, will }) => ({
        term: t(`what.${what}`),
        detail: (
          <>
            <del><span className="visually-hidden">{t('was')} </span>{was}</del>
            <span aria-hidden="true"> → </span>
            <ins><span className="visually-hidden">{t('will')} </span>{will}</ins>
          </>
        ),
      }))} />
      <Buttons>
        <Button name="confirmed" value="yes" aria-disabled={isSending}>{t('confirm', { count: people })}</Button>
        <Button name="back" value="yes" look="ghost">{t('back')}</Button>
      </Buttons>
    </section>
  )
}

/** Written by the form itself, or what one button meant once. */
const own = ['locale', 'event', 'publish', 'confirmed', 'back']
