import type { IncomingMessage, OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { log } from '@/lib/log'

const brotli = promisify(brotliCompress)
const gunzippable = promisify(gzip)

/** Types whose answers are held back until they are whole, and compressed. Anything else passes through. */
const TEXT = /^(text\/(?!event-stream)|application\/([\w.-]+\+)?(json|xml|javascript|manifest)|image\/svg)/
const SMALL = 1024
const KEPT_BYTES = 16 * 1024 * 1024

interface Hooks {
  /** Called when the headers of the route are known and nothing has left yet. */
  onHead: () => void
  /** Called with a whole page, which it may change; it may still set headers. */
  onPage: (html: string) => string | Promise<string>
}

/**
 * Puts itself between Next and the client: an answer of text is collected, and leaves compressed, in one piece, with
 * its length.
 */
export function collect(request: IncomingMessage, response: ServerResponse, { onHead, onPage }: Hooks) {
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
      const type = String(response.getHeader('content-type') ?? '')
      decided = TEXT.test(type) && !response.hasHeader('content-encoding') ? 'collect' : 'pass'
      if (decided === 'pass') {
        Object.assign(response, original)
        onHead()
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
    onHead()
    leave(request, response, Buffer.concat(chunks), onPage)
      .catch((error: unknown) => {
        log.error('answer', { error: String(error) })
        response.destroy()
      })
      .finally(() => callback(given)?.())
    return response
  }) as typeof response.end
}

async function leave(request: IncomingMessage, response: ServerResponse, whole: Buffer, onPage: Hooks['onPage']) {
  const isPage = String(response.getHeader('content-type')).startsWith('text/html')
  const body = isPage && whole.length > 0 ? Buffer.from(await onPage(whole.toString())) : whole
  response.removeHeader('transfer-encoding')
  if (body.length === 0) {
    // The answer to HEAD, 204 or 304: a length already said is the length of what GET would bring.
    response.end()
    return
  }
  if (body.length >= SMALL) response.appendHeader('Vary', 'Accept-Encoding')
  const coding = body.length < SMALL ? undefined : accepted(String(request.headers['accept-encoding'] ?? ''))
  const packed = coding ? await pack(request, response, body, coding) : body
  if (coding) {
    response.setHeader('Content-Encoding', coding)
    weaken(response)
  }
  response.setHeader('Content-Length', packed.length)
  response.end(packed)
}

/** Scripts and styles carry their hash in their name: packed once, well, and kept. */
async function pack(request: IncomingMessage, response: ServerResponse, body: Buffer, coding: 'br' | 'gzip') {
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

function compress(body: Buffer, coding: 'br' | 'gzip', quality: number): Promise<Buffer> {
  return coding === 'br'
    ? brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } })
    : gunzippable(body, { level: Math.min(quality, 6) })
}

function accepted(header: string) {
  const codings = new Map(
    header.split(',').map((part) => {
      const [name, ...parameters] = part.trim().toLowerCase().split(/\s*;\s*/)
      return [name, parameters.some((one) => /^q=0(\.0*)?$/.test(one)) ? 0 : 1] as const
    }),
  )
  return (['br', 'gzip'] as const).find((coding) => (codings.get(coding) ?? codings.get('*') ?? 0) > 0)
}

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
