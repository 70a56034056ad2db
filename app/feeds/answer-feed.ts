import { isAway } from '@/app/api/v1/is-away'
import { sayingsIn } from '@/app/api/v1/language'
import { config } from '@/lib/config'
import { httpDate, isFresh, strongEtag } from '@/lib/etag'
import { log } from '@/lib/log'
import type { Locale } from '@/lib/text'

export type Feed = { text: string; type: string; updatedAt: Date | undefined; file: string; isPersonal?: boolean }

/** Feeds have no place for a language in their path: `?lang=` says it, else it is the house's. */
export function languageOf(url: URL): Locale {
  const asked = url.searchParams.get('lang')
  return asked === 'fr' || asked === 'en' ? asked : config().defaultLocale
}

/**
 * GET and HEAD of a feed: a strong validator of its content, Last-Modified, 304 where nothing changed, and never an
 * answer that somebody in between has kept for too long. Everybody's feeds may be read from any page of the web.
 */
export async function answerFeed(request: Request, find: () => Promise<Feed | 404 | 410>): Promise<Response> {
  try {
    const found = await find()
    if (typeof found === 'number') return refuse(request, found)
    const etag = strongEtag(found.text)
    const headers = {
      ETag: etag,
      ...(found.updatedAt ? { 'Last-Modified': httpDate(found.updatedAt) } : {}),
      ...(found.isPersonal ? personal : open),
    }
    if (isFresh(request.headers, etag, found.updatedAt)) return new Response(null, { status: 304, headers })
    return new Response(request.method === 'HEAD' ? null : found.text, {
      headers: {
        ...headers,
        'Content-Type': found.type,
        'Content-Length': String(Buffer.byteLength(found.text)),
        'Content-Disposition': `inline; filename="${found.file}"`,
      },
    })
  } catch (error) {
    const away = isAway(error)
    if (!away) log.error('feed', { error: error instanceof Error ? `${error.name}: ${error.stack?.split('\n').slice(1, 5).join(' ')}` : 'unknown' })
    return refuse(request, away ? 503 : 500)
  }
}

/** Subscribed programs ask with all sorts of methods before they ask with GET: none of them is a fault of ours. */
export const noSuchMethod = (request: Request) => refuse(request, 405)

export const methodsOfFeeds = () =>
  new Response(null, { status: 204, headers: { Allow: allow, ...anyOrigin, 'Access-Control-Allow-Methods': 'GET, HEAD', 'Access-Control-Allow-Headers': 'If-None-Match, If-Modified-Since' } })

const allow = 'GET, HEAD, OPTIONS'
const anyOrigin = { 'Access-Control-Allow-Origin': '*' }
const open = { 'Cache-Control': 'no-cache', ...anyOrigin, 'Access-Control-Expose-Headers': 'ETag, Last-Modified' }
const personal = { 'Cache-Control': 'private, no-cache', 'X-Robots-Tag': 'noindex', 'Referrer-Policy': 'no-referrer' }

const reasons = { 404: 'not-found', 405: 'method-not-allowed', 410: 'gone', 500: 'surprise', 503: 'unavailable' }

async function refuse(request: Request, status: keyof typeof reasons): Promise<Response> {
  const say = await sayingsIn(languageOf(new URL(request.url)))
  const more: Record<string, string> = status === 405 ? { Allow: allow } : status === 503 ? { 'Retry-After': '60' } : {}
  return new Response(request.method === 'HEAD' ? null : `${say.reason(reasons[status])}\n`, {
    status,
    headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex', ...anyOrigin, ...more },
  })
}
