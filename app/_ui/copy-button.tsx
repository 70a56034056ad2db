'use client'

import { useState, useSyncExternalStore } from 'react'
import { Button } from './button'
import styles from './copy-field.module.css'

export interface CopyWords {
  copy: string
  /** Said and shown once it is copied. */
  done: string
  /** Said and shown where the browser refuses: what to do instead. */
  refused: string
}

const nothingChanges = () => () => {}

/** Copies a field's text where the browser lets us, and says so aloud and on the screen; elsewhere there is no button. */
export function CopyButton({ field, words }: { field: string; words: CopyWords }) {
  const mayWrite = useSyncExternalStore(nothingChanges, () => 'clipboard' in navigator, () => false)
  const [said, setSaid] = useState<'' | 'done' | 'refused'>('')
  return (
    <>
      {mayWrite && said !== 'refused' && <Button type="button" look="ghost" className={styles.button} onClick={copy}>{words.copy}</Button>}
      <p role="status" className={styles.said} data-said={said || undefined}>{said && words[said]}</p>
    </>
  )

  async function copy() {
    // Emptied first: the same sentence said again would not be heard again.
    setSaid('')
    const input = document.getElementById(field) as HTMLInputElement
    try {
      await navigator.clipboard.writeText(input.value)
      setSaid('done')
    } catch {
      // The button goes: the keyboard is put where the address waits, whole, for Ctrl and C.
      input.focus()
      input.select()
      setSaid('refused')
    }
  }
}
