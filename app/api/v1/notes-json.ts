import type { z } from 'zod'
import { config } from '@/lib/config'
import { citedBlocks, type NotesDocument, passagesOf, type Reference, textOf } from '@/lib/notes/document'
import { toMarkdown } from '@/lib/notes/markdown'
import type { ListedEdition, ReadEdition } from '@/lib/notes/queries'
import { webAddress } from '@/lib/web-address'
import type { notes } from './shapes'

/** The edition that is read, and all there were; of a withdrawn one, that it was. */
export function notesJson(slug: string, edition: ReadEdition, editions: (ListedEdition & { document: NotesDocument | null })[]): z.infer<typeof notes> {
  const locale = config().defaultLocale
  const url = webAddress('/events/[slug]/notes', { slug }, locale)
  return {
    event: slug,
    edition: edition.number,
    authors: edition.authors,
    licence: edition.licence,
    publishedAt: edition.publishedAt.toISOString(),
    url,
    markdown: toMarkdown(edition.document),
    document: edition.document,
    passages: passagesOf(edition.document).map(({ id, text, about }) => ({ id, text, ...tiesOf(about), url: `${url}#p-${id}` })),
    editions: editions.map(({ number, publishedAt, authors, licence, changes, withdrawnAt, document }) => ({
      number,
      publishedAt: publishedAt.toISOString(),
      // Of a withdrawn one nothing that it said: a name may be why.
      authors: withdrawnAt ? null : authors,
      licence,
      changes,
      withdrawn: withdrawnAt !== null,
      url: editionUrl(slug, number),
      ...(document ? { paragraphs: paragraphsOf(document) } : {}),
    })),
  }
}

export const editionUrl = (slug: string, number: number) => webAddress('/events/[slug]/notes/[edition]', { slug, edition: number }, config().defaultLocale)

const paragraphsOf = (document: NotesDocument) =>
  citedBlocks(document).flatMap((block) => {
    const text = textOf(block)
    return text === '' ? [] : [{ id: block.attrs.id, text, ...tiesOf(block.attrs.about) }]
  })

const tiesOf = (about: Reference[]) => ({
  recommendations: about.flatMap((one) => ('theme' in one ? [] : [{ report: one.report, number: one.number }])),
  themes: about.flatMap((one) => ('theme' in one ? [one.theme] : [])),
})
