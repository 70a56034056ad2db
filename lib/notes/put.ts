import type { Actor } from '@/lib/actor'
import { db } from '@/lib/db'
import { done, type FieldRefusal, type Outcome, refused } from '@/lib/outcome'
import { canWriteNotes } from './access'
import { convertApart } from './convert-apart'
import { type Reference, referenceKey } from './document'
import { targetsOf } from './queries'
import { saveMarkdown } from './save-markdown'

/**
 * The notes as a program sends them: Markdown that stands in place of what was there; the same words keep their ids,
 * and whoever has the notes open sees them change. `revision` refuses them as `stale` where they are no more what the
 * program read. Refusals: those of `saveMarkdown`, and `invalid` with a field `markdown.line-<n>` for each line that
 * names a recommendation or theme which does not exist.
 */
export async function putNotes(actor: Actor, slug: string, { markdown, revision }: { markdown: string; revision?: number | null }): Promise<Outcome<{ revision: number; passages: number }, 'forbidden' | 'not-found' | 'invalid' | 'stale'>> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  const event = await db.event.findUnique({ where: { slug }, select: { id: true } })
  if (!event) return refused('not-found')
  const { about, passages } = await convertApart('ties', markdown.length, { markdown })
  const unknown = await unknownLines(markdown, about)
  if (unknown.length > 0) return refused('invalid', unknown)
  const saved = await saveMarkdown(actor, slug, { markdown, revision: revision ?? 0, replace: revision == null })
  return saved.ok ? done({ revision: saved.value.revision, passages }) : saved
}

/** Each line whose marks name what does not exist. */
async function unknownLines(markdown: string, about: Reference[]): Promise<FieldRefusal[]> {
  if (about.length > 2000) return [{ field: 'markdown', reason: 'too-many' }]
  const { themes, recommendations } = await targetsOf(about)
  const unknown = new Set(about.map(referenceKey).filter((key) => !themes.has(key) && !recommendations.has(key)))
  if (unknown.size === 0) return []
  return markdown.split(/\r\n?|\n/).flatMap((line, i) => {
    const named = [...line.matchAll(/\{#[^{}]{1,1500}\}/g)].flatMap(([mark]) => mark.slice(1, -1).trim().split(/\s+/)).map((key) => key.replace(/^#/, ''))
    return named.some((key) => unknown.has(key)) ? [{ field: `markdown.line-${i + 1}`, reason: 'unknown-reference' }] : []
  })
}
