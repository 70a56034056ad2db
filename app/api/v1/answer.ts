import type { z } from 'zod'
import { actorOf } from '@/app/_session/bearer'
import { networkOf } from '@/app/_session/network'
import type { Locale } from '@/i18n/routing'
import { type Actor, guest } from '@/lib/actor'
import { fieldRefusals } from '@/lib/errors'
import { isFresh, strongEtag } from '@/lib/etag'
import { log } from '@/lib/log'
import { done, type FieldRefusal, type Outcome, refused } from '@/lib/outcome'
import { allow } from '@/lib/rate-limit'
import { isAway } from './is-away'
import { languageOf } from './language'
import { problem, statusOf } from './problem'
import { readBody } from './read-body'

/** A request at a machine's door. `actor` is a guest unless a token was sent, or `cookies` was said of the door. */
export type Asking = { request: Request; url: URL; params: Record<string, string>; actor: Actor; locale: Locale; network: string }

export type Answer = { status: number; body: unknown; /** Of a body that is no JSON: it leaves as it stands. */ type?: string; headers?: Record<string, string> }

type Reply = Outcome<Answer, string> & { retryAfter?: number }

export type Door = {
  /** `token`: for organisers' tokens alone. `public`: anybody, from any page of the web, and a token counts. */
  for: 'token' | 'public'
  /** A session's cookie counts too, from our own pages. */
  cookies?: boolean
  answer: (asking: Asking) => Promise<Reply>
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH'
type Context = { params?: Promise<Record<string, string | string[] | undefined>> }
type Handler = (request: Request, context: Context) => Promise<Response>

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/**
 * What a route exports: its doors, HEAD beside GET, OPTIONS, and 405 for all else. A refusal of a verb becomes a
 * problem document (RFC 9457) whose status follows from its reason; a surprise is logged without what was sent.
 */
export function doors(open: Partial<Record<Method, Door>>): Record<(typeof methods)[number], Handler> {
  const allowed = [...(open.GET ? ['GET', 'HEAD'] : []), ...Object.keys(open).filter((one) => one !== 'GET'), 'OPTIONS'].join(', ')
  const handlers = methods.map((method): [string, Handler] => {
    if (method === 'OPTIONS') return [method, async () => new Response(null, { status: 204, headers: { Allow: allowed, ...preflight(open.GET) } })]
    const door = method === 'HEAD' ? open.GET : method === 'DELETE' ? undefined : open[method]
    if (!door) return [method, async (request) => problem(languageOf(request.headers), 'method-not-allowed', { headers: { Allow: allowed } })]
    return [method, (request, context) => enter(door, request, context)]
  })
  return Object.fromEntries(handlers) as Record<(typeof methods)[number], Handler>
}

/** The value, said as JSON with a strong validator. */
export const json = (body: unknown, status = 200, headers?: Record<string, string>) => done<Answer>({ status, body, headers })

/** The value as it stands, of a type of its own (CSV, Markdown), with a strong validator. */
export const text = (body: string, type: string, headers?: Record<string, string>) => done<Answer>({ status: 200, body, type, headers })

/** What was sent, as the schema reads it. Refusals: those of the body (400, 413, 415), fields (400 or 422). */
export async function sent<Schema extends z.ZodType>({ request }: Asking, schema: Schema): Promise<Outcome<z.output<Schema>, string>> {
  const body = await readBody(request)
  if (!body.ok) return body
  const read = schema.safeParse(body.value)
  return read.success ? done(read.data) : refused('invalid', fieldRefusals(read.error))
}

/** The parameters of the address, as the schema reads them; all its refusals are 400. */
export function asked<Schema extends z.ZodType>({ url }: Asking, schema: Schema): Outcome<z.output<Schema>, 'bad-parameter'> {
  const read = schema.safeParse(Object.fromEntries(url.searchParams))
  return read.success ? done(read.data) : refused('bad-parameter', fieldRefusals(read.error))
}

async function enter(door: Door, request: Request, context: Context): Promise<Response> {
  const locale = languageOf(request.headers)
  const shared = door.for === 'public' && (request.method === 'GET' || request.method === 'HEAD')
  try {
    const network = networkOf(request.headers)
    const who = await whoAsks(door, request, network)
    const asking = { request, url: new URL(request.url), params: await paramsOf(context), locale, network }
    const reply = who.ok ? await reach(door, { ...asking, actor: who.value }) : who
    return reply.ok ? written(request, reply.value, shared) : refusal(locale, reply, shared)
  } catch (error) {
    if (isAway(error)) return problem(locale, 'unavailable', { headers: { 'Retry-After': '5', ...anyOrigin(shared) } })
    log.error('api', { error: error instanceof Error ? `${error.name}: ${error.stack?.split('\n').slice(1, 5).join(' ')}` : 'unknown' })
    return problem(locale, 'surprise', { headers: anyOrigin(shared) })
  }
}

/** What cannot be a slug names nothing, and is not asked of the database. */
async function reach(door: Door, asking: Asking): Promise<Reply> {
  const { slug } = asking.params
  return slug === undefined || /^[a-z0-9-]{1,120}$/.test(slug) ? door.answer(asking) : refused('not-found')
}

const limits = { badTokens: { most: 60, seconds: 600 }, writing: { most: 3000, seconds: 600 } }

/** Tokens are guessed slowly; a program with a good one writes as fast as a season needs. */
async function whoAsks(door: Door, request: Request, network: string): Promise<Outcome<Actor, string> & { retryAfter?: number }> {
  const hasToken = request.headers.has('authorization')
  const found = hasToken || door.cookies ? await actorOf(request) : done(guest)
  if (!found.ok && found.reason === 'bad-token') {
    const allowed = await allow('api-bad-token', network, limits.badTokens)
    return allowed.ok ? found : { ...refused('too-many-requests'), retryAfter: allowed.retryAfter }
  }
  if (!found.ok) return found
  if (door.for === 'token' && !(found.value.kind === 'person' && found.value.via === 'token')) return refused('no-token')
  if (hasToken && request.method !== 'GET' && request.method !== 'HEAD' && found.value.kind === 'person') {
    const allowed = await allow('api-writing', found.value.id, limits.writing)
    if (!allowed.ok) return { ...refused('too-many-requests'), retryAfter: allowed.retryAfter }
  }
  return found
}

async function paramsOf({ params }: Context): Promise<Record<string, string>> {
  const given = Object.entries((await params) ?? {})
  return Object.fromEntries(given.map(([name, value]) => [name, Array.isArray(value) ? value.join('/') : (value ?? '')]))
}

function written(request: Request, { status, body, type, headers }: Answer, shared: boolean): Response {
  const whole = type ? String(body) : `${JSON.stringify(body)}\n`
  const reading = request.method === 'GET' || request.method === 'HEAD'
  const common = {
    'Content-Type': type ?? 'application/json; charset=utf-8',
    'Cache-Control': shared && !request.headers.has('authorization') ? 'no-cache' : 'private, no-store',
    ...(shared ? { Vary: 'Authorization' } : {}),
    ...anyOrigin(shared),
    ...headers,
  }
  if (!reading) return new Response(whole, { status, headers: common })
  const etag = strongEtag(whole)
  if (isFresh(request.headers, etag)) return new Response(null, { status: 304, headers: { ...common, ETag: etag } })
  const length = { 'Content-Length': String(Buffer.byteLength(whole)) }
  return new Response(request.method === 'HEAD' ? null : whole, { status, headers: { ...common, ETag: etag, ...length } })
}

type Refused = { reason: string; fields?: FieldRefusal[]; retryAfter?: number }

function refusal(locale: Locale, { reason, fields, retryAfter }: Refused, shared: boolean): Promise<Response> {
  const status = statusOf(reason, fields)
  const headers = {
    ...(status === 401 ? { 'WWW-Authenticate': `Bearer realm="Parlons-en"${reason === 'bad-token' ? ', error="invalid_token"' : ''}` } : {}),
    ...(retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) }),
    ...anyOrigin(shared),
  }
  return problem(locale, reason, { fields, headers })
}

/** What everybody may read, any page of the web may: no cookie travels with it. */
function anyOrigin(shared: boolean): Record<string, string> {
  return shared ? { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'ETag, Last-Modified' } : {}
}

function preflight(get: Door | undefined): Record<string, string> {
  if (get?.for !== 'public') return {}
  const ours = { 'Access-Control-Allow-Methods': 'GET, HEAD', 'Access-Control-Allow-Headers': 'If-None-Match, Accept-Language' }
  return { 'Access-Control-Allow-Origin': '*', ...ours, 'Access-Control-Max-Age': '86400' }
}
