'use client'

import { Collaboration } from '@tiptap/extension-collaboration'
import { EditorContent, useEditor } from '@tiptap/react'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import { pigmentClass } from '@/app/_ui/pigment'
import { now } from '@/lib/clock'
import { clockIn, sayDay } from '@/lib/text'
import { carets } from './carets'
import { goToAnchor } from './cited'
import { EmptyHeads } from './empty-heads'
import { LinkPanel } from './link-panel'
import type { AskTicket, Live } from './live'
import { notesNodes } from './nodes'
import { cleanPaste } from './pasted-html'
import { PeopleButton, PeoplePanel, useOthers } from './people'
import { type Prepared, QuestionsPanel } from './questions-panel'
import type { SpeakerPick } from './rank'
import type { Pick } from './room-facts'
import { StandingLine } from './standing-line'
import { Suggest } from './suggest'
import { SuggestionList } from './suggestion-list'
import { TablePanel } from './table-panel'
import { type SayTask, taskHere } from './task'
import { TaskPanel } from './task-panel'
import { TiePanel } from './tie-panel'
import { type Panel, Toolbar } from './toolbar'
import { useConnection, useLive } from './use-live'
import styles from './writing.module.css'

export interface WritingFacts {
  eventId: string
  /** `person/<id>` or `registration/<id>`: whose carets and whose unsent words these are. */
  writer: string
  name: string
  /** Of the event: what is written in. */
  language: string
  storedAt: string | null
  picks: Pick[]
  speakers: SpeakerPick[]
  questions: Prepared[]
  ask: AskTicket
}

/** The room where several people write the notes together. */
export function Writing(facts: WritingFacts) {
  const t = useTranslations('writing')
  const live = useLive(facts)
  return (
    <div className={styles.room}>
      {live ? <Opened live={live} facts={facts} /> : <p className="muted">{t('standing.opening')}</p>}
      <p className={styles.device}>{t('device')}</p>
    </div>
  )
}

/** Nothing can be written before the text has come once: it would stand beside it, and not in it. */
function Opened({ live, facts }: { live: Live; facts: WritingFacts }) {
  const isOpen = useConnection(live, (one) => one.isOpen)
  return isOpen ? <Surface live={live} facts={facts} /> : <StandingLine live={live} />
}

function Surface({ live, facts: { writer, name, language, picks, speakers, questions } }: { live: Live; facts: WritingFacts }) {
  const t = useTranslations('writing')
  const sayTask = useSayTask()
  const isEnded = useConnection(live, (one) => one.ended !== null)
  const [wanted, setPanel] = useState<Panel | null>(null)
  const panel = isEnded ? null : wanted
  const editor = useEditor({
    extensions: [
      ...notesNodes({
        signOf: (key) => {
          const pick = picks.find((one) => one.key === key)
          return { text: pick?.sign ?? key, className: pigmentClass(pick?.pigment), title: pick?.name ?? key }
        },
        sayTask,
      }),
      Suggest,
      EmptyHeads,
      Collaboration.configure({ document: live.document, provider: live.provider }),
      carets(live.provider, { name, colour: 0, writer }),
    ],
    injectCSS: false,
    immediatelyRender: false,
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: { id: 'writing', class: styles.surface, role: 'textbox', 'aria-multiline': 'true', 'aria-label': t('label'), 'aria-describedby': 'writing-hint', lang: language },
      transformPastedHTML: cleanPaste,
    },
  }, [live])
  useEffect(() => {
    editor?.setEditable(!isEnded, false)
  }, [editor, isEnded])
  useEffect(() => {
    if (editor) goToAnchor(editor)
  }, [editor])
  const toggle = (one: Panel) => setPanel((open) => (open === one ? null : one))
  const close = () => setPanel(null)
  if (!editor) return null
  return (
    <>
      <div className={styles.bar}>
        {/* Nothing can be changed any more: no tool says that it can. */}
        {!isEnded && <Toolbar editor={editor} panel={panel} open={toggle} controls="writing" questions={questions.length} />}
        <Around editor={editor} live={live} me={writer} isEnded={isEnded} panel={panel} toggle={toggle} close={close} names={[name, ...speakers.map((one) => one.name)]} />
        {panel === 'link' && <LinkPanel editor={editor} close={close} />}
        {panel === 'tie' && <TiePanel editor={editor} picks={picks} close={close} />}
        {panel === 'table' && <TablePanel editor={editor} close={close} />}
        {panel === 'questions' && <QuestionsPanel editor={editor} questions={questions} close={close} />}
      </div>
      <p id="writing-hint" className="visually-hidden">{t('hint')}</p>
      <div className={styles.paper} onKeyDown={(event) => {
        if (event.altKey && event.key === 'F10') event.currentTarget.parentElement?.querySelector<HTMLElement>('[role=toolbar] [tabindex="0"]')?.focus()
        else if (event.altKey && event.key === 'Enter' && taskHere(editor)) setPanel('task')
        else return
        event.preventDefault()
      }}>
        <EditorContent editor={editor} />
        {/* A panel lies over the text: what is proposed in it would lie over the panel. */}
        {panel === null && <SuggestionList editor={editor} picks={picks} speakers={speakers} />}
      </div>
    </>
  )
}

/** The line under the tools, and what it opens: drawn anew as people come and go, the text is not. */
function Around({ editor, live, me, isEnded, panel, toggle, close, names }: { editor: NonNullable<ReturnType<typeof useEditor>>; live: Live; me: string; isEnded: boolean; panel: Panel | null; toggle: (panel: Panel) => void; close: () => void; names: string[] }) {
  const others = useOthers(editor, live, me)
  return (
    <>
      <div className={styles.line}>
        <StandingLine live={live} />
        {!isEnded && <PeopleButton others={others} isOpen={panel === 'people'} toggle={() => toggle('people')} />}
      </div>
      {panel === 'people' && <PeoplePanel editor={editor} others={others} close={close} />}
      {panel === 'task' && <TaskPanel editor={editor} names={[...new Set([...names, ...others.map((one) => one.name)])]} close={close} />}
    </>
  )
}

function useSayTask(): SayTask {
  const t = useTranslations('writing.task')
  const locale = useLocale() === 'en' ? 'en' : 'fr'
  return ({ checked, owner, due }, words) => {
    const today = clockIn(now(), Intl.DateTimeFormat().resolvedOptions().timeZone)?.date
    const day = due === null ? null : sayDay(due, locale, { weekday: false, today })
    return {
      box: t(checked ? 'boxDone' : 'box', { words: words || t('nothing') }),
      beside: owner !== null && day !== null ? t('both', { owner, day }) : (owner ?? (day === null ? '' : t('until', { day }))),
    }
  }
}
