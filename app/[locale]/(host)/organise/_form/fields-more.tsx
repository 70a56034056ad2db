'use client'

import { useTranslations } from 'next-intl'
import { Field, RadioGroup, TextArea } from '@/app/_ui/field'
import styles from './form.module.css'
import { useSaid } from './said'

export function NotesReaders() {
  const t = useTranslations('organise.form')
  const said = useSaid()
  return (
    <RadioGroup name="notesVisibility" legend={t('notesVisibility.label')} error={said.error('notesVisibility')} value={said.text('notesVisibility')} required
      options={(['all', 'registered', 'organisers'] as const).map((value) => ({ value, label: t(`notesVisibility.${value}`), hint: t(`notesVisibility.${value}Hint`) }))} />
  )
}

/** In the language that the event is not written in. */
export function Translation() {
  const t = useTranslations('organise.form')
  const said = useSaid()
  const facts = (name: string) => ({ name, label: t(`${name}.label`), optional: t('optional'), error: said.error(name), defaultValue: said.text(name) })
  return (
    <fieldset className={styles.translation}>
      <legend>{t('translation')}</legend>
      <p className="muted">{t('translationHint')}</p>
      <Field {...facts('translationTitle')} maxLength={140} autoComplete="off" />
      <TextArea {...facts('translationSummary')} rows={2} maxLength={400} />
      <TextArea {...facts('translationDescription')} rows={5} maxLength={8000} />
    </fieldset>
  )
}

export function Slug({ kind }: { kind: 'new' | 'edit' }) {
  const t = useTranslations('organise.form')
  const said = useSaid()
  return <Field name="slug" label={t('slug.label')} hint={t(`slug.${kind}`)} optional={kind === 'new' ? t('optional') : undefined} error={said.error('slug')} defaultValue={said.text('slug')} maxLength={80} autoComplete="off" autoCapitalize="none" spellCheck={false} />
}
