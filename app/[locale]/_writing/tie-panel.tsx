'use client'

import { type Editor, useEditorState } from '@tiptap/react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { fits, siftWords } from '@/app/[locale]/(host)/organise/sift'
import { Button, Buttons } from '@/app/_ui/button'
import { classNames } from '@/app/_ui/class-names'
import { Field } from '@/app/_ui/field'
import { Glyph } from '@/app/_ui/glyph'
import { pigmentClass } from '@/app/_ui/pigment'
import { aboutHere, limits, tieHere } from './cited'
import type { Pick } from './room-facts'
import { shorten } from './whereabouts'
import styles from './writing.module.css'

/** Ties the paragraph of the cursor to recommendations and themes, found by number or words. Escape goes back to the text. */
export function TiePanel({ editor, picks, close }: { editor: Editor; picks: Pick[]; close: () => void }) {
  const t = useTranslations('writing.tie')
  const [typed, type] = useState('')
  const { about, excerpt } = useEditorState({
    editor,
    selector: ({ editor: one }) => ({ about: aboutHere(one), excerpt: shorten(one.state.selection.$from.parent.textContent, 90) }),
  })
  const words = siftWords(typed)
  const shown = picks.filter((pick) => (words.length > 0 ? fits(pick, words) : pick.planned || about?.includes(pick.key) || pick.number === null)).slice(0, 40)
  const toggle = (key: string) => {
    if (about === null) return
    const keys = about.includes(key) ? about.filter((one) => one !== key) : [...about, key].slice(0, limits.references)
    tieHere(editor, keys)
  }
  const back = () => {
    // At once: the editor's own command waits for the next frame, and keys pressed before it would be nobody's.
    editor.view.focus()
    close()
  }
  return (
    <section className={styles.panel} aria-label={t('label')} onKeyDown={(event) => event.key === 'Escape' && back()}>
      <p className={styles.excerpt}>{about === null || excerpt === '' ? t('nowhere') : t('here', { excerpt })}</p>
      <Field name="tie-search" type="search" label={t('search')} hint={t('hint')} value={typed} onChange={(event) => type(event.target.value)} autoFocus autoComplete="off" />
      <p className="visually-hidden" role="status">{t('count', { shown: shown.length, tied: about?.length ?? 0 })}</p>
      <ul className={styles.picks}>
        {shown.map((pick) => (
          <li key={pick.key}>
            <input type="checkbox" id={`tie-${pick.key}`} checked={about?.includes(pick.key) ?? false} disabled={about === null} onChange={() => toggle(pick.key)} className={styles.tick} />
            <label htmlFor={`tie-${pick.key}`} className={pigmentClass(pick.pigment)}>
              {pick.number === null ? <Glyph name={pick.glyph ?? 'ring'} className={styles.glyph} /> : <span className={classNames('numeral', styles.number)}>{pick.number}</span>}
              <span lang={pick.lang}>{pick.name}{pick.of !== null && <span className={styles.of}> {pick.of}</span>}</span>
            </label>
          </li>
        ))}
        {shown.length === 0 && <li className="muted">{t('none')}</li>}
      </ul>
      <Buttons><Button type="button" look="ghost" onClick={back}>{t('close')}</Button></Buttons>
    </section>
  )
}

