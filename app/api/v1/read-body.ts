import { done, type Outcome, refused } from '@/lib/outcome'

/** Octets of a request's body; the longest event that its schema allows is far below. */
const largestBody = 64 * 1024

type Refusal = 'body-too-large' | 'not-json' | 'body-unreadable' | 'body-not-an-object'

/**
 * The JSON object that was sent; nothing at all counts as an empty one, for doors that need no input. Refusals:
 * `body-too-large` (413), whatever Content-Length says; `not-json` (415); `body-unreadable` (not UTF-8, not JSON);
 * `body-not-an-object`.
 */
export async function readBody(request: Request, most = largestBody): Promise<Outcome<Record<string, unknown>, Refusal>> {
  if (Number(request.headers.get('content-length') ?? 0) > most) return refused('body-too-large')
  const octets = await readAtMost(request.body, most)
  if (octets === null) return refused('body-too-large')
  if (octets.length === 0) return done({})
  if (!isJson(request.headers.get('content-type'))) return refused('not-json')
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(octets))
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
    return isObject ? done(value as Record<string, unknown>) : refused('body-not-an-object')
  } catch {
    return refused('body-unreadable')
  }
}

/** The text that was sent as it stands. Refusals: `body-too-large`; `body-unreadable` (not UTF-8). */
export async function readText(request: Request, most: number): Promise<Outcome<string, 'body-too-large' | 'body-unreadable'>> {
  if (Number(request.headers.get('content-length') ?? 0) > most) return refused('body-too-large')
  const octets = await readAtMost(request.body, most)
  if (octets === null) return refused('body-too-large')
  try {
    return done(new TextDecoder('utf-8', { fatal: true }).decode(octets))
  } catch {
    return refused('body-unreadable')
  }
}

async function readAtMost(body: ReadableStream<Uint8Array> | null, most: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = []
  let length = 0
  if (!body) return new Uint8Array()
  const reader = body.getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length
    if (length > most) {
      await reader.cancel()
      return null
    }
    chunks.push(part.value)
  }
  return Buffer.concat(chunks)
}

/** application/json, or a +json type, in UTF-8 (RFC 8259 section 8.1). */
function isJson(type: string | null) {
  const [media, ...parameters] = (type ?? '').toLowerCase().split(';').map((part) => part.trim())
  const charset = parameters.find((one) => one.startsWith('charset='))?.slice(8).replaceAll('"', '')
  return /^application\/([a-z0-9.-]+\+)?json$/.test(media) && (charset === undefined || charset === 'utf-8' || charset === 'utf8')
}
