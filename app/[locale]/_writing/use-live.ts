import { useEffect, useState, useSyncExternalStore } from 'react'
import type { AskTicket, Live } from './live'
import { type Connection, wouldLose } from './standing'

/** The shared document while this page is open; null until the browser has begun. `storedAt` is what the page knew when it came. */
export function useLive({ eventId, writer, storedAt, ask }: { eventId: string; writer: string; storedAt: string | null; ask: AskTicket }): Live | null {
  const [live, setLive] = useState<Live | null>(null)
  const [known] = useState(storedAt)
  useEffect(() => {
    let [opened, isGone]: [Live | null, boolean] = [null, false]
    const leaving = (event: BeforeUnloadEvent) => opened && wouldLose(opened.connection()) && event.preventDefault()
    window.addEventListener('beforeunload', leaving)
    void import('./live').then(({ openLive }) => {
      if (isGone) return
      opened = openLive({ eventId, writer, storedAt: known === null ? null : new Date(known), ask })
      setLive(opened)
    })
    return () => {
      isGone = true
      window.removeEventListener('beforeunload', leaving)
      setLive(null)
      opened?.close()
    }
  }, [eventId, writer, known, ask])
  return live
}

/** A part of how things stand; what reads it is drawn again when that part changes, and not at each key. */
export function useConnection<Part>(live: Live, part: (connection: Connection) => Part): Part {
  const now = () => part(live.connection())
  return useSyncExternalStore(live.watch, now, now)
}
