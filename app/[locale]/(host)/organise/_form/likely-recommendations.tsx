'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { Button } from '@/app/_ui/button'
import { Tick } from '@/app/_ui/field'
import type { Proposed, Propose } from './event-form'
import styles from './form.module.css'
import type { FormOptions } from './form-options'
import { useSaid } from './said'
import { useAlive } from './use-alive'

const pause = 700

/**
 * Recommendations that the text is likely to be about, with the words that say so. With a script they are looked for while one
 * writes, and a button ticks the box further down; without, a button asks for them, and each has a box of its own. None
 * is ever ticked by itself.
 */
export function LikelyRecommendations({ options, propose, found = [] }: { options: FormOptions; propose: Propose; found?: Proposed[] }) {
  const t = useTranslations('missing.likely')
  const said = useSaid()
  const frame = useRef<HTMLDivElement>(null)
  const isAlive = useAlive()
  const [likely, show] = useState<Proposed[]>(found)
  const [taken, take] = useState<string[]>([])

  useEffect(() => {
    const form = frame.current?.closest('form')
    if (!form) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let asked = ''
    const read = () => {
      const field = (name: string) => (form.elements.namedItem(name) as HTMLInputElement | RadioNodeList | null)?.value ?? ''
      return { title: field('title'), summary: field('summary'), description: field('description'), language: field('language') === 'en' ? ('en' as const) : ('fr' as const) }
    }
    const look = async () => {
      const text = read()
      const key = JSON.stringify(text)
      if (key === asked || (text.title + text.summary + text.description).trim().length < 8) return
      asked = key
      const answer = await propose(text).catch(() => null)
      if (answer && asked === key) show(answer)
    }
    const wait = (event: Event) => {
      if (!(event.target instanceof HTMLElement) || !['title', 'summary', 'description', 'language'].includes(event.target.getAttribute('name') ?? '')) return
      clearTimeout(timer)
      timer = setTimeout(() => void look(), pause)
    }
    form.addEventListener('input', wait)
    return () => {
      clearTimeout(timer)
      form.removeEventListener('input', wait)
    }
  }, [propose])

  // The button that was pressed is gone: whoever uses a keyboard goes on from where it stood.
  const last = taken.at(-1)?.replace('/', '-')
  useEffect(() => {
    if (last) document.getElementById(`likely-recommendation-${last}-taken`)?.focus()
  }, [last])

  const ticked = [...said.list('recommendations'), ...taken]
  const rows = likely.flatMap(({ report, number, words }) => {
    const from = options.reports.find(({ slug }) => slug === report)
    const one = from?.recommendations.find((known) => known.number === number)
    return from && one ? [{ key: `${report}/${number}`, id: `recommendation-${report}-${number}`, from, one, words, number }] : []
  })
  return (
    <div className={styles.likely} ref={frame} id="likely" tabIndex={-1} role="group" aria-labelledby="likely-title">
      <p id="likely-title" className={styles.likelyTitle}>{t('label')}</p>
      <p className="muted small">{t('hint')}</p>
      <p role="status" className="visually-hidden">{rows.length > 0 ? t('found', { count: rows.length }) : ''}</p>
      {rows.length > 0 && (
        <ul className={styles.likelyList}>
          {rows.map(({ key, id, from, one, words, number }) => (
            <li key={key}>
              {!isAlive && !ticked.includes(key) && <Tick id={`likely-${id}`} name="recommendations[]" value={key} aria-describedby={`likely-${id}-words`} />}
              <label htmlFor={isAlive || ticked.includes(key) ? id : `likely-${id}`}>
                <span className={styles.number}>{number}</span> <span lang={one.short ? one.shortLanguage : one.wordingLanguage}>{one.short ?? one.wording}</span>
              </label>
              <p id={`likely-${id}-words`} className="muted small"><span lang={from.language}>{from.title}</span>{' · '}{t('words', { words: [...new Set(words)].join(', ') })}</p>
              {ticked.includes(key) ? <p className={styles.likelyTaken} tabIndex={-1} id={`likely-${id}-taken`}>{t('added')}</p> : isAlive && <Button type="button" look="quiet" onClick={() => add(key, id)} aria-label={t('add', { number })} aria-describedby={`likely-${id}-words`}>{t('take')}</Button>}
            </li>
          ))}
        </ul>
      )}
      {rows.length === 0 && isAlive && <p className="muted small">{t('none')}</p>}
      {!isAlive && <Button name="propose" value="yes" look="ghost" formNoValidate>{t('find')}</Button>}
    </div>
  )

  function add(key: string, id: string) {
    const box = document.getElementById(id)
    if (box instanceof HTMLInputElement && !box.checked) box.click()
    take((before) => [...before, key])
  }
}
