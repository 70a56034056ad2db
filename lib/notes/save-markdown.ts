import type { Actor } from '@/lib/actor'
import { db } from '@/lib/db'
import { refused } from '@/lib/outcome'
import { canWriteNotes } from './access'
import { storedDocument } from './document'
import { withIdsOf } from './kept-ids'
import { fromMarkdown } from './markdown'
import { saveNotes } from './save'

/**
 * Saves notes that were written as Markdown; what stayed as it was keeps its ids. Refusals as `saveNotes`. With
 * `replace`, the writer has seen that somebody saved meanwhile, and wants their own.
 */
export async function saveMarkdown(actor: Actor, slug: string, { markdown, revision, replace }: { markdown: string; revision: number; replace?: boolean }) {
  if (!canWriteNotes(actor)) return refused('forbidden')
  const before = await db.notes.findFirst({ where: { event: { slug } }, select: { document: true, revision: true } })
  const written = fromMarkdown(markdown)
  const document = before ? withIdsOf(storedDocument(before.document), written) : written
  return saveNotes(actor, slug, { document, revision: replace && before ? before.revision : revision })
}
