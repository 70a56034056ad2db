'use client'

import type { Editor } from '@tiptap/core'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { Button, Buttons } from '@/app/_ui/button'
import { classNames } from '@/app/_ui/class-names'
import type { Live } from './live'
import { comings, type Here, othersHere } from './whereabouts'
import styles from './writing.module.css'

/** Who else is here and where; looked at a moment after something moved, and not at each key. */
export function useOthers(editor: Editor, live: Live, me: string): Here[] {
  const [others, setOthers] = useState<Here[]>([])
  useEffect(() => {
    const { awareness } = live.provider
    if (!awareness) return
    let timer = 0
    const look = () => {
      timer = 0
      // Nobody has gone because the connection has: they are still there when it comes back.
      if (!editor.isDestroyed && live.connection().isOn) setOthers(othersHere(editor, awareness, me))
    }
    const soon = () => void (timer ||= window.setTimeout(look, 400))
    soon()
    awareness.on('change', soon)
    const stop = live.watch(soon)
    return () => {
      window.clearTimeout(timer)
      awareness.off('change', soon)
      stop()
    }
  }, [editor, live, me])
  return others
}

/** One button that says who is here, and a region that says who came and went. */
export function PeopleButton({ others, isOpen, toggle }: { others: Here[]; isOpen: boolean; toggle: () => void }) {
  const t = useTranslations('writing.people')
  const locale = useLocale()
  const names = counted(others.map(({ name }) => name))
  const shown = names.length > 3 ? [...names.slice(0, 2), t('more', { count: names.length - 2 })] : names
  return (
    <>
      <Comings others={others} />
      {others.length === 0 ? (
        <p className={classNames('muted', styles.people)}>{t('nobody')}</p>
      ) : (
        <button type="button" className={styles.people} aria-expanded={isOpen} onClick={toggle}>
          {others.slice(0, 3).map(({ writer, colour }) => <span key={writer} className={classNames(styles.dot, `caret-${colour}`)} aria-hidden="true" />)}
          {t('with', { names: new Intl.ListFormat(locale).format(shown) })}
        </button>
      )}
    </>
  )
}

/** « L’équipe (2) »: two people who show the same name. */
const counted = (names: string[]) => [...Map.groupBy(names, (name) => name)].map(([name, { length }]) => (length > 1 ? `${name} (${length})` : name))

function Comings({ others }: { others: Here[] }) {
  const t = useTranslations('writing.people')
  const locale = useLocale()
  const before = useRef<Who[]>([])
  const [told, tell] = useState('')
  // Who is here counts, not where.
  const here = JSON.stringify(others.map(({ writer, name }): Who => ({ writer, name })))
  useEffect(() => {
    // Who comes back within a moment never went: a reload is no news.
    const timer = window.setTimeout(() => {
      const now = JSON.parse(here) as Who[]
      const { came, went } = comings(before.current, now)
      before.current = now
      const list = new Intl.ListFormat(locale)
      const said = [came.length > 0 && t('came', { names: list.format(counted(came)), count: counted(came).length }), went.length > 0 && t('went', { names: list.format(counted(went)), count: counted(went).length })].filter(Boolean)
      if (said.length > 0) tell(said.join(' '))
    }, 2000)
    return () => window.clearTimeout(timer)
  }, [here, locale, t])
  return <p className="visually-hidden" role="status">{told}</p>
}

type Who = { writer: string; name: string }

export function PeoplePanel({ editor, others, close }: { editor: Editor; others: Here[]; close: () => void }) {
  const t = useTranslations('writing.people')
  const back = () => {
    editor.view.focus()
    close()
  }
  const go = (pos: number) => {
    editor.view.focus()
    editor.chain().setTextSelection(pos).scrollIntoView().run()
    close()
  }
  return (
    <section className={styles.panel} aria-label={t('label')} onKeyDown={(event) => event.key === 'Escape' && back()}>
      <ul className={styles.here}>
        {others.map(({ writer, name, colour, pos, where }) => (
          <li key={writer}>
            <span className={classNames(styles.dot, `caret-${colour}`)} aria-hidden="true" />
            <span>
              <b>{name}</b>{' '}
              <span className="muted">{where === null ? t('reads') : where.heading === '' ? t('at', { words: where.words || '…' }) : t('under', { heading: where.heading, words: where.words || '…' })}</span>
            </span>
            {pos !== null && <Button type="button" look="quiet" onClick={() => go(pos)}>{t('go')}<span className="visually-hidden"> {t('goTo', { name })}</span></Button>}
          </li>
        ))}
        {others.length === 0 && <li className="muted">{t('nobody')}</li>}
      </ul>
      <Buttons><Button type="button" look="ghost" onClick={back} autoFocus>{t('close')}</Button></Buttons>
    </section>
  )
}
