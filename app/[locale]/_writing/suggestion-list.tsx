'use client'

import { type Editor, useEditorState } from '@tiptap/react'
import { useTranslations } from 'next-intl'
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { classNames } from '@/app/_ui/class-names'
import { Glyph } from '@/app/_ui/glyph'
import { pigmentClass } from '@/app/_ui/pigment'
import { aboutHere, tieHere } from './cited'
import { rankPicks, rankSpeakers, type SpeakerPick } from './rank'
import type { Pick } from './room-facts'
import { type Asked, askedIn, hearKeys } from './suggest'
import styles from './writing.module.css'

/** Three proposals, in pixels. */
const least = 160

type Option = { id: string; pigment: string | null; choose: (asked: Asked) => void; said: string; draw: ReactNode }

/**
 * What `@` and `#` propose, under the cursor. The focus stays in the text: arrows go through the list, Enter or Tab
 * takes, Escape leaves it (ARIA Authoring Practices, combobox with a list).
 */
export function SuggestionList({ editor, picks, speakers }: { editor: Editor; picks: Pick[]; speakers: SpeakerPick[] }) {
  const t = useTranslations('writing.suggest')
  const asked = useEditorState({ editor, selector: ({ editor: one }) => askedIn(one.state) })
  const [told, tell] = useState('')
  const options = asked ? optionsFor(asked) : []
  const asking = asked ? `${asked.from} ${asked.sign}${asked.query}` : ''
  const [chosen, setChosen] = useState({ asking: '', place: 0 })
  const place = chosen.asking === asking ? Math.min(chosen.place, options.length - 1) : 0
  const list = useRef<HTMLDivElement>(null)
  const isOpen = options.length > 0

  function optionsFor({ sign, query }: Asked): Option[] {
    if (sign === '@') return rankSpeakers(speakers, query).map((one) => ({ id: `speaker-${one.slug ?? 'free'}`, pigment: null, said: one.name, choose: (where) => nameSpeaker(where, one), draw: <span>{one.slug === null ? t('free', { name: one.name }) : one.name}</span> }))
    return rankPicks(picks, query).map((pick) => ({
      id: `tie-to-${pick.key.replace('/', '-')}`,
      pigment: pick.pigment,
      said: pick.number === null ? pick.name : `${pick.number}. ${pick.name}`,
      choose: (where) => tieHere(editor, [...(aboutHere(editor) ?? []), pick.key], where),
      draw: (
        <>
          {pick.number === null ? <Glyph name={pick.glyph ?? 'ring'} className={styles.glyph} /> : <span className={classNames('numeral', styles.number)}>{pick.number}</span>}
          <span lang={pick.lang}>{pick.name}{pick.of !== null && <span className={styles.of}> {pick.of}</span>}</span>
        </>
      ),
    }))
  }

  function nameSpeaker({ from, to }: Asked, one: SpeakerPick) {
    editor.chain().insertContentAt({ from, to }, [{ type: 'speaker', attrs: { slug: one.slug, name: one.name } }, { type: 'text', text: ' ' }]).run()
  }

  function choose(option: Option) {
    const where = askedIn(editor.state)
    if (!where) return
    option.choose(where)
    tell(t(where.sign === '@' ? 'named' : 'tied', { name: option.said }))
    editor.view.focus()
  }

  useEffect(() =>
    hearKeys(editor, (event) => {
      if (!isOpen) return false
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
      if (step !== undefined) setChosen({ asking, place: (place + step + options.length) % options.length })
      else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && !event.ctrlKey && !event.metaKey) choose(options[place])
      else return false
      return true
    }),
  )

  // The text stays a text field; while the list is open it says so, and which proposal is meant.
  useEffect(() => {
    const text = editor.view.dom
    if (!isOpen) return
    const said = { 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox', 'aria-controls': 'suggestions', 'aria-activedescendant': options[place].id }
    for (const [name, value] of Object.entries(said)) text.setAttribute(name, value)
    return () => Object.keys(said).forEach((name) => text.removeAttribute(name))
  })

  useLayoutEffect(() => {
    const [box, within] = [list.current, list.current?.offsetParent]
    if (!box || !within || !asked) return
    const [at, frame] = [editor.view.coordsAtPos(asked.from), within.getBoundingClientRect()]
    box.style.setProperty('left', `${Math.max(0, Math.min(at.left - frame.left, frame.width - box.offsetWidth))}px`)
    // Always under the line, so that what one writes about stays in sight: the list is as high as there is room, above a
    // phone's keyboard too, and where that is too little the page moves.
    const seen = window.visualViewport
    const under = (seen ? seen.offsetTop + seen.height : window.innerHeight) - at.bottom - 12
    box.style.setProperty('top', `${at.bottom - frame.top + 6}px`)
    box.style.setProperty('max-height', `${Math.min(Math.max(under, least), 320)}px`)
    if (under < least) window.scrollBy({ top: least - under, behavior: 'instant' })
    box.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' })
  })

  return (
    <>
      <p className="visually-hidden" role="status">{asked ? t('count', { count: options.length, kind: asked.sign === '@' ? 'speaker' : 'tie' }) : told}</p>
      {isOpen && (
        <div ref={list} className={styles.suggestions}>
          <ul id="suggestions" role="listbox" tabIndex={0} aria-label={t(asked?.sign === '@' ? 'speakers' : 'ties')} className={styles.options}>
            {options.map((option, i) => (
              <li key={option.id} id={option.id} role="option" aria-selected={i === place} className={pigmentClass(option.pigment)}
                onMouseDown={(event) => event.preventDefault()} onClick={() => choose(option)}>
                {option.draw}
              </li>
            ))}
          </ul>
          <p className={styles.keys} aria-hidden="true">{t('keys')}</p>
        </div>
      )}
    </>
  )
}
