import { currentActor } from '@/app/_session/actor'
import { previewLetter } from '@/lib/registrations/preview-letters'

type Context = { params: Promise<{ locale: string; slug: string }> }

export const dynamic = 'force-dynamic'

// A letter says what people typed: no script, no form, no fetch, an origin of its own. Its styles stand on its elements,
// as mail programs want them, which is why this one answer allows them.
const policy = [
  'sandbox allow-popups allow-popups-to-escape-sandbox',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "frame-ancestors 'self'",
  "base-uri 'self'",
  "form-action 'none'",
].join('; ')

const privately = { 'Cache-Control': 'private, no-store', 'X-Robots-Tag': 'noindex, nofollow', 'Referrer-Policy': 'no-referrer' }

/** A letter's HTML as a page for the frame; its links open in a window of their own. Organisers only. */
export async function GET(request: Request, { params }: Context) {
  const { slug } = await params
  const asked = new URL(request.url).searchParams
  const outcome = await previewLetter(await currentActor(), decodeURIComponent(slug), asked.get('letter') ?? '', asked.get('in') === 'en' ? 'en' : 'fr')
  if (!outcome.ok) return new Response(null, { status: outcome.reason === 'forbidden' ? 403 : 404, headers: privately })
  const page = outcome.value.html.replace(/<head>/i, '<head><base target="_blank">')
  return new Response(page, { headers: { ...privately, 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy } })
}
