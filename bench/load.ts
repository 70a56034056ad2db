import { connect } from 'node:net'

export interface Load {
  port: number
  connections: number
  /** The next request as it goes over the wire, undefined where there is none any more. */
  next: () => Buffer | undefined
}

export interface Answers {
  count: number
  seconds: number
  statuses: Record<number, number>
  /** Milliseconds from request to whole answer. */
  median: number
  slowest: number
}

/**
 * Asks over kept-alive connections, one request at a time on each, until `next` has no more. Reads no more of an
 * answer than it must: on few processors, whoever measures takes from whom is measured.
 */
export async function load({ port, connections, next }: Load): Promise<Answers> {
  const times: number[] = []
  const statuses: Record<number, number> = {}
  const begun = performance.now()
  await Promise.all(Array.from({ length: connections }, () => converse(port, next, times, statuses)))
  const seconds = (performance.now() - begun) / 1000
  times.sort((a, b) => a - b)
  return { count: times.length, seconds, statuses, median: times[times.length >> 1] ?? 0, slowest: times.at(-1) ?? 0 }
}

function converse(port: number, next: Load['next'], times: number[], statuses: Record<number, number>) {
  return new Promise<void>((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true })
    let head: Buffer | undefined
    let missing = -1 // octets of the body that are still to come; -1 while the head is
    let since = 0

    const ask = () => {
      const request = next()
      if (!request) return socket.end(resolve)
      since = performance.now()
      socket.write(request)
    }
    socket.once('connect', ask)
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('The server closed a connection in the middle')))
    socket.on('data', (chunk) => {
      if (missing === -1) {
        const text: Buffer = head ? Buffer.concat([head, chunk]) : chunk
        const end = text.indexOf('\r\n\r\n')
        if (end === -1) {
          head = text
          return
        }
        head = undefined
        const said = text.toString('latin1', 0, end)
        const status = Number(said.slice(9, 12))
        statuses[status] = (statuses[status] ?? 0) + 1
        missing = status === 304 || status === 204 ? 0 : lengthOf(said)
        missing -= text.length - end - 4
      } else {
        missing -= chunk.length
      }
      if (missing > 0) return
      missing = -1
      times.push(performance.now() - since)
      ask()
    })
  })
}

function lengthOf(head: string) {
  const length = /^content-length: *(\d+)/im.exec(head)?.[1]
  if (length === undefined) throw new Error(`An answer without a length:\n${head}`)
  return Number(length)
}

/** A request as it goes over the wire. */
export function request(method: string, path: string, headers: Record<string, string> = {}, body = '') {
  const length = body ? { 'content-length': String(Buffer.byteLength(body)) } : {}
  const lines = Object.entries({ host: 'localhost', ...headers, ...length }).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
}

/** The same request again and again, for so many seconds. */
export function during(seconds: number, one: Buffer): Load['next'] {
  let end: number | undefined
  return () => (performance.now() < (end ??= performance.now() + seconds * 1000) ? one : undefined)
}

/** Each of these once. */
export function each(all: Buffer[]): Load['next'] {
  let index = 0
  return () => all[index++]
}
