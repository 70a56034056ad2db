import { isAway } from '@/app/api/v1/is-away'
import { sayingsIn } from '@/app/api/v1/language'
import { now } from '@/lib/clock'
import { accepted, compress, SMALL, unpack, WELL } from '@/lib/coding'
import { config } from '@/lib/config'
import { httpDate, isFresh, tagIn } from '@/lib/etag'
import { log } from '@/lib/log'
import { languageAsked } from './feed-address'

/** What is known of a feed before it is written: its tag, of the body as it is; how many octets that has; when it last became another. */
export type Validator = { etag: string; octets: number; modifiedAt: Date | undefined }

export type Feed = Validator & {
  type: string
  file: string
  isPersonal?: boolean
  /** Left out where the reader has it already. */
  body?: { whole: Buffer } | { packed: Uint8Array }
}

export type NoFeed = 404 | 410 | { status: 429; retryAfter: number }

/** Told a validator, says whether the reader of this request has that very body. */
export type Has = (validator: Validator) => boolean

/**
 * GET and HEAD of a feed: a strong validator of its content, Last-Modified, 304 where nothing changed, and never an
 * answer that somebody in between has kept for too long. Everybody's feeds may be read from any page of the web.
 */
export async function answerFeed(request: Request, isPersonal: boolean, find: (has: Has) => Promise<Feed | NoFeed>): Promise<Response> {
  try {
    // Nobody puts back what Next drops while sources are edited.
    const coding = (octets: number) => (octets < SMALL || config().developing ? undefined : accepted(request.headers.get('accept-encoding') ?? undefined))
    const has: Has = ({ etag, octets, modifiedAt }) => isFresh(request.headers, tagIn(coding(octets), etag), modifiedAt)
    const found = await find(has)
    if (typeof found === 'number') return refuse(request, found, isPersonal)
    if ('status' in found) return refuse(request, found.status, isPersonal, { 'Retry-After': String(found.retryAfter) })
    const mine = coding(found.octets)
    const headers = {
      ETag: tagIn(mine, found.etag),
      // A date that is still to come (the feed changed more than once in a second) would say of the next body that it is this one.
      ...(found.modifiedAt && found.modifiedAt <= now() ? { 'Last-Modified': httpDate(found.modifiedAt) } : {}),
      ...(found.octets < SMALL ? {} : { Vary: 'Accept-Encoding' }),
      ...(isPersonal ? personal : open),
    }
    if (has(found) || !found.body) return new Response(null, { status: 304, headers })
    const body = await encoded(found.body, mine)
    return new Response(request.method === 'HEAD' ? null : new Uint8Array(body), {
      headers: {
        ...headers,
        'Content-Type': found.type,
        // Next drops these two: server/answer.ts puts them back.
        ...(mine ? { 'Content-Encoding': mine, 'X-Said-Encoding': mine } : {}),
        'Content-Length': String(body.length),
        'X-Said-Length': String(body.length),
        'Content-Disposition': `inline; filename="${found.file}"`,
      },
    })
  } catch (error) {
    const away = isAway(error)
    if (!away) log.error('feed', { error: error instanceof Error ? `${error.name}: ${placesOf(error)}` : 'unknown' })
    return refuse(request, away ? 503 : 500, isPersonal)
  }
}

/** Where it happened; a message may hold what it was about, a secret address too. */
function placesOf({ message, stack = '' }: Error) {
  const places = stack.slice(stack.indexOf(message) + message.length)
  return places.split('\n').slice(1, 5).join(' ')
}

async function encoded(body: NonNullable<Feed['body']>, coding: 'br' | 'gzip' | undefined): Promise<Uint8Array> {
  if ('packed' in body && coding === 'gzip') return body.packed
  const whole = 'packed' in body ? await unpack(body.packed) : body.whole
  return coding ? compress(whole, coding, WELL) : whole
}

/** Subscribed programs ask with all sorts of methods before they ask with GET: none of them is a fault of ours. */
export const noSuchMethod = (request: Request) => refuse(request, 405, isPersonalPath(request))

/** What a page of another site asks before it asks with If-None-Match. One's own calendar is for no page. */
export function methodsOfFeeds(request: Request) {
  const may = { ...anyOrigin, 'Access-Control-Allow-Methods': allow, 'Access-Control-Allow-Headers': 'If-None-Match, If-Modified-Since', 'Access-Control-Max-Age': '86400' }
  return new Response(null, { status: 204, headers: { Allow: allow, 'Cache-Control': 'no-store', ...(isPersonalPath(request) ? {} : may) } })
}

const isPersonalPath = (request: Request) => new URL(request.url).pathname.startsWith('/feeds/me/')

const allow = 'GET, HEAD, OPTIONS'
const anyOrigin = { 'Access-Control-Allow-Origin': '*' }
const open = { 'Cache-Control': 'no-cache', ...anyOrigin, 'Access-Control-Expose-Headers': 'ETag, Last-Modified' }
const secret = { 'X-Robots-Tag': 'noindex', 'Referrer-Policy': 'no-referrer' }
const personal = { 'Cache-Control': 'private, no-cache', ...secret }

const reasons = { 404: 'not-found', 405: 'method-not-allowed', 410: 'gone', 429: 'too-many-requests', 500: 'surprise', 503: 'unavailable' }

async function refuse(request: Request, status: keyof typeof reasons, isPersonal: boolean, more: Record<string, string> = {}): Promise<Response> {
  const say = await sayingsIn(languageAsked(new URL(request.url).searchParams) ?? config().defaultLocale)
  const body = `${say.reason(isPersonal && status === 410 ? 'feed-gone' : reasons[status])}\n`
  return new Response(request.method === 'HEAD' ? null : body, {
    status,
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Length': String(Buffer.byteLength(body)),
      'Cache-Control': 'no-store',
      ...(isPersonal ? secret : { 'X-Robots-Tag': 'noindex', ...anyOrigin }),
      ...(status === 405 ? { Allow: allow } : status === 503 ? { 'Retry-After': '60' } : {}),
      ...more,
    },
  })
}
