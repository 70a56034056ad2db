import type { ReactNode } from 'react'
import { CopyButton, type CopyWords } from './copy-button'
import styles from './copy-field.module.css'
import { Field } from './field'

/** An address to take away: a field that can be read and selected by everybody, and a button that copies it where a script runs. */
export function CopyField({ name, label, hint, value, words }: { name: string; label: ReactNode; hint?: ReactNode; value: string; words: CopyWords }) {
  return (
    <div className={styles.copy}>
      <Field name={name} label={label} hint={hint} readOnly defaultValue={value} spellCheck={false} autoComplete="off" className={styles.address} />
      <CopyButton field={name} words={words} />
    </div>
  )
}
