import { useCallback, useEffect, useRef, useState } from 'react'
import { now } from '@/lib/clock'
import { type NotesDocument, readDocument, readReference, referenceKey } from '@/lib/notes/document'
import { toMarkdown } from '@/lib/notes/markdown'
import { newestWriting, saveWriting } from './actions'

export { limits } from '@/lib/notes/document'
export { readReference, referenceKey, toMarkdown }
export type { NotesDocument }

/** Where the text stands. */
export type Standing =
  | { kind: 'saved'; at: Date | null }
  | { kind: 'waiting' }
  | { kind: 'saving' }
  | { kind: 'offline' }
  | { kind: 'refused'; sentence: string }
  | { kind: 'stale'; theirs: { document: NotesDocument; markdown: string; revision: number } | null }

/** A text that this browser kept because it was never saved. */
export interface Found {
  key: string
  document: NotesDocument
  at: string
}

const pause = { beforeSave: 1500, beforeRetry: 5000 }

/**
 * Saves what is written, a moment after the last key. Until the house has it, it stands in this browser's own store,
 * tab by tab, and is offered again by `found`.
 */
export function useSaving({ slug, locale, revision: first, savedAt, read }: {
  slug: string
  locale: string
  revision: number
  savedAt: string | null
  /** The document as it stands in the editor now. */
  read: () => NotesDocument | null
}) {
  const [standing, setStanding] = useState<Standing>({ kind: 'saved', at: savedAt === null ? null : new Date(savedAt) })
  const [found, setFound] = useState<Found[]>([])
  const revision = useRef(first)
  const state = useRef({ isDirty: false, isSaving: false, isStuck: false, timer: 0, key: '' })
  const reader = useRef(read)
  useEffect(() => {
    reader.current = read
  })

  const save = useCallback(async function again(): Promise<void> {
    const self = state.current
    const document = reader.current()
    window.clearTimeout(self.timer)
    if (self.isSaving || self.isStuck || !self.isDirty || !document) return
    Object.assign(self, { isSaving: true, isDirty: false })
    setStanding({ kind: 'saving' })
    const outcome = await saveWriting(formOf({ slug, locale, document: JSON.stringify(document), revision: String(revision.current) })).catch(() => null)
    self.isSaving = false
    if (outcome?.status === 'done') {
      revision.current++
      if (self.isDirty) self.timer = window.setTimeout(() => void again(), pause.beforeSave)
      else forget(self.key)
      setStanding(self.isDirty ? { kind: 'waiting' } : { kind: 'saved', at: now() })
      return
    }
    self.isDirty = true
    if (outcome === null || outcome.reason === 'surprise') {
      setStanding({ kind: 'offline' })
      self.timer = window.setTimeout(() => void again(), pause.beforeRetry)
    } else if (outcome.reason === 'stale') {
      self.isStuck = true
      setStanding({ kind: 'stale', theirs: await newestWriting(slug).catch(() => null) })
    } else setStanding({ kind: 'refused', sentence: Object.values(outcome.fieldErrors)[0] ?? outcome.formError ?? '' })
  }, [slug, locale])

  const changed = useCallback(() => {
    const self = state.current
    self.isDirty = true
    const document = reader.current()
    if (document) keep(self.key, document)
    if (self.isStuck || self.isSaving) return
    setStanding({ kind: 'waiting' })
    window.clearTimeout(self.timer)
    self.timer = window.setTimeout(() => void save(), pause.beforeSave)
  }, [save])

  /** After a conflict: what stands saved is known now, and ours goes on top of it. */
  const goOnFrom = useCallback((known: number) => {
    revision.current = known
    state.current.isStuck = false
    changed()
  }, [changed])

  /** After a conflict: theirs was taken, there is nothing of ours to save. */
  const settleOn = useCallback((known: number) => {
    revision.current = known
    Object.assign(state.current, { isStuck: false, isDirty: false })
    forget(state.current.key)
    setStanding({ kind: 'saved', at: null })
  }, [])

  useEffect(() => {
    const self = state.current
    self.key = `${prefix}${slug} ${crypto.randomUUID()}`
    const lookBack = window.setTimeout(() => setFound(keptFor(slug)), 0)
    const online = () => void save()
    const leaving = (event: BeforeUnloadEvent) => {
      if (self.isDirty || self.isSaving) event.preventDefault()
    }
    const hidden = () => void (document.visibilityState === 'hidden' && save())
    window.addEventListener('online', online)
    window.addEventListener('beforeunload', leaving)
    document.addEventListener('visibilitychange', hidden)
    return () => {
      window.clearTimeout(lookBack)
      window.clearTimeout(self.timer)
      window.removeEventListener('online', online)
      window.removeEventListener('beforeunload', leaving)
      document.removeEventListener('visibilitychange', hidden)
    }
  }, [slug, save])

  const drop = useCallback((key: string) => {
    forget(key)
    setFound((all) => all.filter((one) => one.key !== key))
  }, [])

  return { standing, found, changed, save, goOnFrom, settleOn, drop }
}

function formOf(fields: Record<string, string>) {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}

const prefix = 'notes '

// A browser may refuse its store (private windows, full): then there is one net less, and writing goes on.
function keep(key: string, document: NotesDocument) {
  try {
    localStorage.setItem(key, JSON.stringify({ document, at: now().getTime() }))
  } catch {}
}

function forget(key: string) {
  try {
    localStorage.removeItem(key)
  } catch {}
}

function keptFor(slug: string): Found[] {
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(`${prefix}${slug} `))
      .flatMap((key): Found[] => {
        const { document, at } = JSON.parse(localStorage.getItem(key) ?? '{}') as { document?: unknown; at?: number }
        const read = readDocument(document)
        return read.ok ? [{ key, document: read.value, at: new Date(at ?? 0).toISOString() }] : []
      })
  } catch {
    return []
  }
}
