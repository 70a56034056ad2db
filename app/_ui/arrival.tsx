'use client'

import { useEffect } from 'react'

/**
 * An act that leads to a new address takes the button that had the focus with it: what became of the act, at `id`, has it
 * then, so that a keyboard goes on from there and a screen reader says it. Whoever has gone on already is left alone.
 */
export function Arrival({ id }: { id: string }) {
  useEffect(() => {
    if (document.activeElement === document.body) document.getElementById(id)?.focus()
  }, [id])
  return null
}
