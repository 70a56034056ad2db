'use client'

import { EditorContent, useEditor } from '@tiptap/react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Notice } from '@/app/_ui/notice'
import { TextArea } from '@/app/_ui/field'
import { pigmentClass } from '@/app/_ui/pigment'
import { LinkPanel } from './link-panel'
import { notesExtensions } from './extensions'
import type { Pick } from './room-facts'
import { Conflict, FoundAgain, StandingLine } from './standing-line'
import { TiePanel } from './tie-panel'
import { type Panel, Toolbar } from './toolbar'
import { type NotesDocument, toMarkdown, useSaving } from './use-saving'
import styles from './editor.module.css'

/** The writing surface. It saves by itself, and says so. */
export function Writing({ slug, locale, language, document: initial, revision, savedAt, picks }: {
  slug: string
  locale: string
  /** Of the event: what is written in. */
  language: string
  document: NotesDocument
  revision: number
  savedAt: string | null
  picks: Pick[]
}) {
  const t = useTranslations('notes.editor')
  const [panel, setPanel] = useState<Panel | null>(null)
  const [hasChanged, setChanged] = useState(false)
  const [setAside, putAside] = useState<string | null>(null)
  const editor = useEditor({
    extensions: notesExtensions((key) => {
      const pick = picks.find((one) => one.key === key)
      return { text: pick?.sign ?? key, className: pigmentClass(pick?.pigment), title: pick?.name ?? key }
    }),
    content: initial,
    injectCSS: false,
    immediatelyRender: false,
    shouldRerenderOnTransaction: false,
    editorProps: { attributes: { id: 'writing', class: styles.surface, role: 'textbox', 'aria-multiline': 'true', 'aria-label': t('label'), 'aria-describedby': 'writing-hint', lang: language } },
    onUpdate: () => {
      setChanged(true)
      saving.changed()
    },
  })
  const read = () => (editor ? (editor.getJSON() as NotesDocument) : null)
  const saving = useSaving({ slug, locale, revision, savedAt, read })
  if (!editor) return <p className="muted">{t('opening')}</p>

  const show = (document: NotesDocument) => editor.commands.setContent(document, { emitUpdate: false })
  const { standing } = saving
  const openPanel = (wanted: Panel) => setPanel(panel === wanted ? null : wanted)
  return (
    <div className={styles.room}>
      {saving.found.map((one) => (
        <FoundAgain key={one.key} found={one} drop={() => saving.drop(one.key)} take={() => {
          show(one.document)
          setChanged(true)
          saving.changed()
          saving.drop(one.key)
        }} />
      ))}
      {setAside !== null && <Notice title={t('aside.title')}><TextArea name="aside" label={t('aside.label')} readOnly defaultValue={setAside} rows={8} /></Notice>}
      <div className={styles.bar}>
        <Toolbar editor={editor} panel={panel} open={openPanel} controls="writing" />
        <StandingLine standing={standing} hasChanged={hasChanged} saveNow={() => void saving.save()} />
        {standing.kind === 'stale' && (
          <div className={styles.panel}>
            <Conflict
              theirs={standing.theirs}
              mine={toMarkdown(editor.getJSON() as NotesDocument)}
              keepMine={() => standing.theirs && saving.goOnFrom(standing.theirs.revision)}
              takeTheirs={() => {
                if (!standing.theirs) return
                putAside(toMarkdown(editor.getJSON() as NotesDocument))
                show(standing.theirs.document)
                saving.settleOn(standing.theirs.revision)
              }}
            />
          </div>
        )}
        {panel === 'link' && <LinkPanel editor={editor} close={() => setPanel(null)} />}
        {panel === 'tie' && <TiePanel editor={editor} picks={picks} close={() => setPanel(null)} />}
      </div>
      <p id="writing-hint" className="visually-hidden">{t('hint')}</p>
      <div className={styles.paper} onKeyDown={(event) => {
        if (!event.altKey || event.key !== 'F10') return
        event.preventDefault()
        event.currentTarget.parentElement?.querySelector<HTMLElement>('[role=toolbar] [tabindex="0"]')?.focus()
      }}>
        <EditorContent editor={editor} />
      </div>
    </div>
  )
}
