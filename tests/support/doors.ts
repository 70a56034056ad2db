import { appoint } from '@/lib/people/appoint'
import { createToken } from '@/lib/people/create-token'
import { house, must } from './events'

type Handler = (request: Request, context: { params: Promise<never> }) => Promise<Response> | Response
type Route = Partial<Record<'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS', unknown>>

export type Call = {
  method?: string
  headers?: Record<string, string>
  params?: Record<string, string | string[]>
  token?: string
  /** Sent as JSON, unless it is a text or octets already. */
  body?: unknown
}

/** Knocks at a route as Next would: the method's handler, a request, and the address's parameters. */
export async function knock(route: Route, path: string, { method, headers = {}, params = {}, token, body }: Call = {}): Promise<Response> {
  const verb = method ?? (body === undefined ? 'GET' : 'POST')
  const handler = route[verb as keyof Route] as Handler
  const sent = body === undefined || typeof body === 'string' || body instanceof Uint8Array ? (body as BodyInit | undefined) : JSON.stringify(body)
  const request = new Request(`http://localhost:3000${path}`, {
    method: verb,
    headers: {
      'x-client-address': '192.0.2.1',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    body: sent,
  })
  return handler(request, { params: Promise.resolve(params) as Promise<never> })
}

/** An organiser's token. */
export async function aToken() {
  must(await appoint(house, { email: 'camille@example.org', role: 'organiser' }))
  return must(await createToken(house, { email: 'camille@example.org', name: 'tests' })).token
}

/** The body of a problem document, whose headers are checked on the way. */
export async function problemOf(response: Response) {
  if (response.headers.get('content-type') !== 'application/problem+json') throw new Error(`No problem document: ${response.status} ${await response.text()}`)
  const body = (await response.json()) as Problem
  if (body.status !== response.status || !body.title || !body.detail || !body.type) throw new Error(`Not RFC 9457: ${JSON.stringify(body)}`)
  return body
}

export type Problem = { type: string; title: string; status: number; detail: string; reason: string; errors?: { field: string; reason: string; detail: string }[] }
