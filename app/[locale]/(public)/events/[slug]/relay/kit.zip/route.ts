import { kitFiles, relayedEvent } from '@/app/[locale]/(public)/events/[slug]/relay/kit-files'
import { localeIn } from '@/app/[locale]/(public)/reports/[slug]/sheet'
import { networkOf } from '@/app/_session/network'
import { disposition } from '@/lib/file-kinds'
import { allow } from '@/lib/rate-limit'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ locale: string; slug: string }> }

/** The kit of « Chez moi aussi ». Five papers are drawn for it: who asks for hundreds waits. */
export async function GET(request: Request, { params }: Context) {
  const { locale, slug } = await params
  const event = await relayedEvent(slug)
  if (!event) return new Response(null, { status: 404, headers: { 'Cache-Control': 'no-store' } })
  const allowed = await allow('relay-kit', networkOf(request.headers), { most: 60, seconds: 600 })
  if (!allowed.ok) return new Response(null, { status: 429, headers: { 'Retry-After': String(allowed.retryAfter), 'Cache-Control': 'no-store' } })
  const name = `${event.slug}-${locale === 'en' ? 'at-my-place' : 'chez-moi-aussi'}.zip`
  return new Response(await kitFiles(event, localeIn(locale)), { headers: { 'Content-Type': 'application/zip', 'Content-Disposition': disposition(name, false), 'Cache-Control': 'no-cache' } })
}
