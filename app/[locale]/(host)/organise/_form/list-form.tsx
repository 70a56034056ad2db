'use client'

import { useActionState, useEffect } from 'react'
import { type FormState, newForm } from '@/app/_session/form-state'
import { Button, Buttons } from '@/app/_ui/button'
import { Checkbox, Field, TextArea } from '@/app/_ui/field'
import { Notice } from '@/app/_ui/notice'
import { Stack } from '@/app/_ui/page'
import { sendByHand } from '@/app/_ui/send-by-hand'
import { Table } from '@/app/_ui/table'
import styles from './list-form.module.css'

/** What would become of a list, in sentences: nothing of it is written yet. */
export interface ReadList {
  /** The list itself, whatever file it came in. */
  text: string
  /** What was looked at, for an act that must do just that. */
  known?: string
  title: string
  /** How many of each fate, and what else is to be known before. */
  told: string[]
  columns: string[]
  lines: ReadLine[]
  /** Lines that cannot be taken as they are; nothing is written unless they are left out. */
  wrong: number
  wrongTitle: string
  othersTitle: string
  leaveOut: string
  /** The button that writes; null where nothing would come of it. */
  write: string | null
}

export interface ReadLine {
  /** 0 where it has none. */
  line: number
  cells: string[]
  fate: string
  wrong: boolean
}

export type ListState = FormState & { read?: ReadList }
export type ListAct = (state: ListState, form: FormData) => Promise<ListState>

/** A list is pasted or sent as a file, its lines' fates are shown, then it is written or taken back: without scripts too. */
export function ListForm({ act, fields, says, level = 3, accept = '.csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain' }: {
  act: ListAct
  fields: Record<string, string>
  says: { label: string; hint: string; file: string; fileHint: string; look: string; back: string; line: string }
  /** Of the heading over the fates: under a section's title it is the third. */
  level?: 2 | 3
  accept?: string
}) {
  const [state, send, isSending] = useActionState<ListState, FormData>(act, newForm)
  const { read } = state
  useEffect(() => {
    if (state.formError) document.getElementById('list-errors')?.focus()
    else if (read) document.getElementById('fates')?.focus()
  }, [read, state])
  const typed = state.values.list
  // A list that cannot be read says at which of its lines.
  const at = Object.keys(state.fieldErrors).find((field) => /^\d+$/.test(field))

  return (
    <form action={send} onSubmit={sendByHand(send, isSending)} noValidate className={styles.form}>
      {Object.entries(fields).map(([key, value]) => <input key={key} type="hidden" name={key} value={value} />)}
      {state.formError && <Notice tone="warning" live="alert" id="list-errors"><p>{at && <strong>{says.line} {at}. </strong>}{state.formError}</p></Notice>}
      {read ? (
        <Fates read={read} back={says.back} isSending={isSending} level={level} />
      ) : (
        <Stack>
          <TextArea id="typed-list" name="list" label={says.label} hint={says.hint} rows={7} defaultValue={typeof typed === 'string' ? typed : ''} className={styles.list} spellCheck={false} autoComplete="off" />
          <Field name="file" type="file" label={says.file} hint={says.fileHint} accept={accept} className={styles.file} />
          <p><Button aria-disabled={isSending}>{says.look}</Button></p>
        </Stack>
      )}
    </form>
  )
}

function Fates({ read, back, isSending, level }: { read: ReadList; back: string; isSending: boolean; level: 2 | 3 }) {
  const Heading = level === 2 ? 'h2' : 'h3'
  const [wrong, others] = [read.lines.filter((line) => line.wrong), read.lines.filter((line) => !line.wrong)]
  return (
    <section className={styles.fates} aria-labelledby="fates">
      <input type="hidden" name="list" value={read.text} />
      {read.known && <input type="hidden" name="known" value={read.known} />}
      <Heading id="fates" tabIndex={-1}>{read.title}</Heading>
      <ul className={styles.told}>{read.told.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul>
      {wrong.length > 0 && <Lines lines={wrong} columns={read.columns} title={read.wrongTitle} />}
      {read.wrong > 0 && others.length > 0 && <Checkbox name="leaveOut" value="on" label={read.leaveOut} />}
      <Buttons>
        {read.write && <Button name="step" value="write" aria-disabled={isSending}>{read.write}</Button>}
        <Button name="step" value="back" look="ghost">{back}</Button>
      </Buttons>
      {others.length > 0 && <Lines lines={others} columns={read.columns} title={read.othersTitle} />}
    </section>
  )
}

const Lines = ({ lines, columns, title }: { lines: ReadLine[]; columns: string[]; title: string }) => (
  <div className={styles.lines}>
    <Table
      caption={title}
      columns={columns.map((label, place) => ({ key: String(place), label }))}
      rows={lines.map(({ line, cells, fate, wrong }) => ({
        key: String(line) + cells.join(' '),
        cells: [cells[0], ...cells.slice(1), <span key="fate" className={wrong ? styles.wrong : undefined}>{fate}</span>, line > 0 ? line : null],
      }))}
    />
  </div>
)
