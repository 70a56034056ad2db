import { editionAsked, fileHeaders } from '@/app/[locale]/(public)/events/[slug]/notes/edition-file'
import { isAway } from '@/app/api/v1/is-away'
import { isFresh, strongEtag } from '@/lib/etag'
import { toMarkdown } from '@/lib/notes/markdown'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ locale: string; slug: string }> }

/** A restitution as Markdown, for whoever may read it on its page: what the API gives, and takes back. */
export async function GET(request: Request, { params }: Context) {
  const { locale: language, slug } = await params
  try {
    const found = await editionAsked(request, slug, language === 'en' ? 'en' : 'fr')
    if (found instanceof Response) return found
    const text = toMarkdown(found.edition.document)
    const headers = { ...fileHeaders(found, 'md', 'text/markdown; charset=utf-8'), 'Content-Language': found.reading.event.language, ETag: strongEtag(text) }
    if (isFresh(request.headers, headers.ETag)) return new Response(null, { status: 304, headers })
    return new Response(request.method === 'HEAD' ? null : text, { headers })
  } catch (error) {
    if (isAway(error)) return new Response(null, { status: 503, headers: { 'Retry-After': '60' } })
    throw error
  }
}

export const HEAD = GET
