import type { Actor } from '@/lib/actor'
import { db } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canWriteNotes } from './access'
import { changeNotes } from './change'
import { convertApart } from './convert-apart'
import type { NotesDocument } from './document'

export type WrittenText = {
  markdown: string
  revision: number
  /** The Markdown that the writer began with: what others wrote meanwhile is brought together with theirs. */
  base?: string | null
  /** The writer has seen that somebody saved meanwhile, and wants their own. */
  replace?: boolean
}

type Refusal = 'forbidden' | 'not-found' | 'invalid' | 'stale'

/**
 * Saves notes that were written as Markdown; what stayed as it was keeps its ids. Where the notes changed since
 * `revision`, both are brought together by what the writer began with, and `both` says how many blocks two changed at
 * once (each stands there twice); without it nothing is written (`stale`), unless `replace` says so. Refusals:
 * `forbidden`, `not-found`, `stale`, `invalid` (field `markdown`: too-long, too-deep, not-text, malformed).
 */
export async function saveMarkdown(actor: Actor, slug: string, { markdown, revision, base, replace }: WrittenText): Promise<Outcome<{ revision: number; updatedAt: Date; both: number }, Refusal>> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  const event = await db.event.findUnique({ where: { slug }, select: { id: true, notes: { select: { revision: true } } } })
  if (!event) return refused('not-found')
  const written = await convertApart('read', markdown.length, { markdown })
  if (!written.ok) return refused('invalid', [{ field: 'markdown', reason: written.reason === 'too-big' ? 'too-long' : written.reason }])

  let [both, isNewest] = [0, (event.notes?.revision ?? 0) === revision]
  const bringTogether = async (theirs: NotesDocument) => {
    if (replace || base == null || isNewest) return convertApart('again', markdown.length, { before: theirs, after: written.value })
    const together = await convertApart('together', markdown.length + base.length, { base, mine: written.value, theirs })
    both = together.both
    return together.document
  }
  const changed = await changeNotes(actor, event.id, bringTogether, replace || (base != null && !isNewest) ? {} : { revision })
  // Somebody saved in this very moment: then the two are brought together after all.
  isNewest = false
  const kept = !changed.ok && changed.reason === 'stale' && base != null ? await changeNotes(actor, event.id, bringTogether) : changed
  if (kept.ok) return done({ revision: kept.value.revision, updatedAt: kept.value.updatedAt, both })
  return kept.reason === 'too-big' ? refused('invalid', [{ field: 'markdown', reason: 'too-long' }]) : refused(kept.reason)
}
