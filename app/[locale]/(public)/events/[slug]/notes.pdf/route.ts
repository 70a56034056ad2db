import { editionAsked, fileHeaders, pdfFacts, pdfOf } from '@/app/[locale]/(public)/events/[slug]/notes/edition-file'
import { isAway } from '@/app/api/v1/is-away'
import { isFresh, strongEtag } from '@/lib/etag'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ locale: string; slug: string }> }

/** A restitution on paper, for whoever may read it on its page. */
export async function GET(request: Request, { params }: Context) {
  const { locale: language, slug } = await params
  const locale = language === 'en' ? 'en' : 'fr'
  try {
    const found = await editionAsked(request, slug, locale)
    if (found instanceof Response) return found
    const { facts, key } = await pdfFacts(found, locale)
    const headers = { ...fileHeaders(found, 'pdf', 'application/pdf'), ETag: strongEtag(key) }
    if (isFresh(request.headers, headers.ETag)) return new Response(null, { status: 304, headers })
    const pdf = await pdfOf(key, facts)
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(pdf), { headers: { ...headers, 'Content-Length': String(pdf.length) } })
  } catch (error) {
    if (isAway(error)) return new Response(null, { status: 503, headers: { 'Retry-After': '60' } })
    throw error
  }
}

export const HEAD = GET
