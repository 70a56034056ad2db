import type { z } from 'zod'
import { config } from '@/lib/config'
import { passagesOf } from '@/lib/notes/document'
import { toMarkdown } from '@/lib/notes/markdown'
import type { CurrentEdition } from '@/lib/notes/queries'
import { webAddress } from '@/lib/web-address'
import type { notes } from './shapes'

export function notesJson(slug: string, edition: CurrentEdition): z.infer<typeof notes> {
  const url = webAddress('/events/[slug]/notes', { slug }, config().defaultLocale)
  return {
    event: slug,
    edition: edition.number,
    authors: edition.authors,
    licence: edition.licence,
    publishedAt: edition.publishedAt.toISOString(),
    url,
    markdown: toMarkdown(edition.document),
    document: edition.document,
    passages: passagesOf(edition.document).map(({ id, text, about }) => ({
      id,
      text,
      recommendations: about.flatMap((one) => ('theme' in one ? [] : [{ report: one.report, number: one.number }])),
      themes: about.flatMap((one) => ('theme' in one ? [one.theme] : [])),
      url: `${url}#p-${id}`,
    })),
  }
}
