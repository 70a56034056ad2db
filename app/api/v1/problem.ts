import type { Locale } from '@/i18n/routing'
import type { FieldRefusal } from '@/lib/outcome'
import { sayingsIn } from './language'

/** The status of each reason that is not about a field's value. */
const statuses: Record<string, number> = {
  'body-unreadable': 400,
  'body-not-an-object': 400,
  'bad-parameter': 400,
  'no-token': 401,
  'bad-token': 401,
  forbidden: 403,
  'cross-origin': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  closed: 409,
  full: 409,
  'called-off': 409,
  'already-over': 409,
  'not-published': 409,
  gone: 410,
  'body-too-large': 413,
  'not-json': 415,
  invalid: 422,
  'too-many-requests': 429,
  'too-many-registrations': 429,
  surprise: 500,
  unavailable: 503,
}

/** What is wrong with the request itself, whatever its values mean. */
const misread = ['wrong-kind', 'unknown-field']

/**
 * The one rule: 400 where the request cannot be read as what this door takes (no JSON, a value of another kind, a
 * field or parameter that does not fit), 422 where it is read and a value is refused.
 */
export function statusOf(reason: string, fields: FieldRefusal[] = []): number {
  return reason === 'invalid' && fields.some((one) => misread.includes(one.reason)) ? 400 : (statuses[reason] ?? 409)
}

const mostFields = 50

/** A problem document (RFC 9457) in the reader's language, with the reason for programs and one line per field. */
export async function problem(
  locale: Locale,
  reason: string,
  { fields, headers }: { fields?: FieldRefusal[]; headers?: Record<string, string> } = {},
): Promise<Response> {
  const status = statusOf(reason, fields)
  const say = await sayingsIn(locale)
  const errors = fields?.slice(0, mostFields).map((one) => ({ ...one, detail: say.field(one) }))
  const detail = errors?.length === 1 ? errors[0].detail : say.reason(reason)
  const body = { type: 'about:blank', title: say.title(status), status, detail, reason, ...(errors ? { errors } : {}) }
  return new Response(`${JSON.stringify(body)}\n`, {
    status,
    headers: {
      'Content-Type': 'application/problem+json',
      'Content-Language': locale,
      'Cache-Control': 'no-store',
      Vary: 'Accept-Language',
      ...headers,
    },
  })
}
