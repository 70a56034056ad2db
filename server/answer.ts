import type { IncomingMessage, OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { accepted, type Coding, compress, SMALL } from '@/lib/coding'
import { log } from '@/lib/log'
import type { Keep } from './kept'

/** Types whose answers are held back until they are whole, and compressed. Anything else passes through. */
const TEXT = /^(text\/(?!event-stream)|application\/([\w.-]+\+)?(json|xml|javascript|manifest)|image\/svg)/
const KEPT_BYTES = 16 * 1024 * 1024

interface Hooks {
  /** Called when the headers of the route are known and nothing has left yet. */
  onHead: () => void
  /** Called with a whole page, which it may change; it may still set headers. */
  onPage: (html: string) => string | Promise<string>
  /** Called with the whole answer; where it resolves to true, it has sent it. */
  keep?: Keep
}

/**
 * Puts itself between Next and the client: an answer of text is collected, and leaves compressed, in one piece, with
 * its length.
 */
export function collect(request: IncomingMessage, response: ServerResponse, hooks: Hooks) {
  const original = {
    write: response.write.bind(response),
    end: response.end.bind(response),
    writeHead: response.writeHead.bind(response),
    flushHeaders: response.flushHeaders.bind(response),
  }
  const chunks: Buffer[] = []
  let decided: 'collect' | 'pass' | undefined

  const decide = () => {
    if (decided === undefined) {
      restore(response)
      const type = String(response.getHeader('content-type') ?? '')
      decided = TEXT.test(type) && !response.hasHeader('content-encoding') ? 'collect' : 'pass'
      if (decided === 'pass') {
        Object.assign(response, original)
        hooks.onHead()
      }
    }
    return decided === 'collect'
  }

  response.writeHead = ((status: number, ...rest: unknown[]) => {
    response.statusCode = status
    if (typeof rest[0] === 'string') response.statusMessage = rest.shift() as string
    setAll(response, rest[0] as OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined)
    return decide() ? response : original.writeHead(status)
  }) as typeof response.writeHead
  response.flushHeaders = () => void (decide() || original.flushHeaders())
  response.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    if (!decide()) return original.write(chunk, ...(rest as []))
    chunks.push(toBuffer(chunk, rest[0]))
    callback(rest)?.()
    return true
  }) as typeof response.write
  response.end = ((...given: unknown[]) => {
    if (!decide()) return original.end(...(given as []))
    const chunk = given[0]
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) chunks.push(toBuffer(chunk, given[1]))
    Object.assign(response, original)
    hooks.onHead()
    leave(request, response, Buffer.concat(chunks), hooks)
      .catch((error: unknown) => {
        log.error('answer', { error: String(error) })
        response.destroy()
      })
      .finally(() => callback(given)?.())
    return response
  }) as typeof response.end
}

/** Next drops both of what a route says, for fear that it comes from another server; ours packs feeds itself, and says so in other words too. */
const DROPPED = { 'x-said-encoding': 'Content-Encoding', 'x-said-length': 'Content-Length' }

function restore(response: ServerResponse) {
  for (const [name, meant] of Object.entries(DROPPED)) {
    const said = response.getHeader(name)
    if (said === undefined) continue
    response.removeHeader(name)
    response.setHeader(meant, said)
  }
}

async function leave(request: IncomingMessage, response: ServerResponse, whole: Buffer, { onPage, keep }: Hooks) {
  const isPage = String(response.getHeader('content-type')).startsWith('text/html')
  const body = isPage && whole.length > 0 ? Buffer.from(await onPage(whole.toString())) : whole
  response.removeHeader('transfer-encoding')
  if (await keep?.(body)) return
  if (body.length === 0) {
    // The answer to HEAD, 204 or 304: a length already said is the length of what GET would bring.
    response.end()
    return
  }
  if (body.length >= SMALL) varyByCoding(response)
  const coding = body.length < SMALL ? undefined : accepted(request.headers['accept-encoding'])
  const packed = coding ? await pack(request, response, body, coding) : body
  if (coding) {
    response.setHeader('Content-Encoding', coding)
    weaken(response)
  }
  response.setHeader('Content-Length', packed.length)
  response.end(packed)
}

/** Some routes have said so themselves. */
export function varyByCoding(response: ServerResponse) {
  if (!/\baccept-encoding\b/i.test(String(response.getHeader('vary') ?? ''))) response.appendHeader('Vary', 'Accept-Encoding')
}

/** Scripts and styles carry their hash in their name: packed once, well, and kept. */
async function pack(request: IncomingMessage, response: ServerResponse, body: Buffer, coding: Coding) {
  const isForEver = response.statusCode === 200 && request.url?.startsWith('/_next/static/') === true
  if (!isForEver) return compress(body, coding, 4)
  const name = `${coding} ${request.url?.split('?')[0]}`
  const known = kept.get(name)
  if (known && known.of === body.length) return known.packed
  const packed = await compress(body, coding, 9)
  if (keptBytes + packed.length <= KEPT_BYTES) {
    kept.set(name, { of: body.length, packed })
    keptBytes += packed.length
  }
  return packed
}

const kept = new Map<string, { of: number; packed: Buffer }>()
let keptBytes = 0

/** A strong ETag promises the same bytes, which a compressed answer no longer has (RFC 9110, 8.8.1). */
function weaken(response: ServerResponse) {
  const tag = response.getHeader('etag')
  if (typeof tag === 'string' && !tag.startsWith('W/')) response.setHeader('ETag', `W/${tag}`)
}

function setAll(response: ServerResponse, headers: OutgoingHttpHeaders | OutgoingHttpHeader[] | undefined) {
  if (Array.isArray(headers)) {
    for (let index = 0; index + 1 < headers.length; index += 2) response.appendHeader(String(headers[index]), String(headers[index + 1]))
    return
  }
  for (const [name, value] of Object.entries(headers ?? {})) if (value !== undefined) response.setHeader(name, value)
}

function toBuffer(chunk: string | Uint8Array, encoding: unknown) {
  return typeof chunk === 'string'
    ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
    : Buffer.from(chunk)
}

function callback(given: unknown[]) {
  return given.find((one): one is () => void => typeof one === 'function')
}
