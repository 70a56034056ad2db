'use client'

import { useEffect, useRef } from 'react'

/** Tells the form which zone the reader lives in, for the hours in their letters; without a script the event's own is used. */
export function ZoneField() {
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (field.current) field.current.value = Intl.DateTimeFormat().resolvedOptions().timeZone ?? ''
  }, [])
  return <input ref={field} type="hidden" name="timeZone" />
}
