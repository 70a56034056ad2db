'use client'

import { useState, useSyncExternalStore } from 'react'
import { Button } from '@/app/_ui/button'

const nothingChanges = () => () => {}

/** Copies a field's text where the browser can; without a script the field itself is there to be copied from. */
export function CopyButton({ field, words }: { field: string; words: { copy: string; done: string } }) {
  const isAlive = useSyncExternalStore(nothingChanges, () => 'clipboard' in navigator, () => false)
  const [isDone, setDone] = useState(false)
  if (!isAlive) return null
  return (
    <>
      <Button type="button" look="ghost" onClick={copy}>{words.copy}</Button>
      <span role="status" className="small">{isDone ? words.done : ''}</span>
    </>
  )

  async function copy() {
    const input = document.getElementById(field) as HTMLInputElement
    input.select()
    await navigator.clipboard.writeText(input.value)
    setDone(true)
  }
}
