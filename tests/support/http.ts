import { request } from 'node:http'

export type Sending = { method?: string; headers?: Record<string, string>; body?: string | Buffer; path?: string; chunked?: boolean }

/** One request over a connection of its own, byte for byte: nothing is followed, and no address is put in order. */
export function send(address: string, { method = 'GET', headers = {}, body, path, chunked }: Sending = {}) {
  const url = new URL(address)
  return new Promise<{ status: number; headers: Headers; text: string }>((resolve, reject) => {
    const asking = request(
      {
        host: url.hostname,
        port: url.port,
        method,
        path: path ?? url.pathname + url.search,
        agent: false,
        headers: { ...headers, ...(body === undefined || chunked ? {} : { 'Content-Length': Buffer.byteLength(body) }) },
      },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          const told = new Headers()
          for (const [name, value] of Object.entries(answer.headers)) for (const one of [value ?? []].flat()) told.append(name, one)
          resolve({ status: answer.statusCode ?? 0, headers: told, text: Buffer.concat(chunks).toString() })
        })
      },
    )
    asking.on('error', reject)
    asking.end(body)
  })
}

/** Fields as a form sends them; text is taken as it is, so that a test can send what no browser would. */
export const formBody = (fields: Record<string, string> | string) =>
  typeof fields === 'string' ? fields : new URLSearchParams(fields).toString()

/** The cookies that a browser would send next: those kept before, replaced by those that came. */
export function keepCookies(before: string, headers: Headers) {
  const pairs = [...before.split('; '), ...headers.getSetCookie().map((one) => one.split(';')[0])].filter(Boolean)
  const kept = new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair]))
  return [...kept.values()].join('; ')
}

/** What a reader sees of a page: scripts and tags gone, marks decoded, spaces folded (those that do not break too). */
export function wordsOf(page: string) {
  const text = page.replace(/<(script|style|head)\b[^]*?<\/\1>/g, ' ').replace(/<!--[^]*?-->/g, '').replace(/<\/?(p|div|li|h\d|section|br|label|form|a|button)\b[^>]*>/g, ' ').replace(/<[^>]+>/g, '')
  return unescapeHtml(text).replace(/[\s\u00A0\u202F]+/g, ' ').trim()
}

export function unescapeHtml(text: string) {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00A0' }
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) =>
    name ? (named[name] ?? whole) : String.fromCodePoint(Number.parseInt(hex ?? decimal ?? '', hex ? 16 : 10)),
  )
}

/** The value that a page's field was filled with; null where there is no such field. */
export function fieldValue(page: string, name: string) {
  const [tag] = page.match(new RegExp(`<input\\b[^>]*\\bname="${name}"[^>]*>`)) ?? []
  return tag === undefined ? null : unescapeHtml(/\bvalue="([^"]*)"/.exec(tag)?.[1] ?? '')
}
