import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { now } from '@/lib/clock'
import { accepted, type Coding, compress, SMALL, WELL } from '@/lib/coding'
import { isFresh, strongEtag, tagIn } from '@/lib/etag'
import { varyByCoding } from './answer'
import { isPage, mayBeKept, nameOf, plain } from './keepable'

const MEMORY = 64 * 1024 * 1024
const LARGEST = 16 * 1024 * 1024
/** Pages also depend on the clock (over, closing, "not this year"): none outlives this, nor the turn of a minute. */
const LIFE = 20_000
const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

/** Called with the whole answer, headers and status set; keeps it where that is allowed and then sends it. */
export type Keep = (body: Buffer) => Promise<boolean>

interface Options {
  /** The version of what everybody may see, read after the call. */
  version: () => Promise<string>
  /** Off while developing: sources change there, and no version says so. */
  isOn?: boolean
  memory?: number
  /** Until which instant an answer may be given whose making began at this one; both in milliseconds. */
  lifeFrom?: (instant: number) => number
}

/** Of what the clock changes, the feeds hold a window of dates alone, which moves when a day of UTC is over. */
export const untilMidnight = (instant: number) => (Math.floor(instant / DAY) + 1) * DAY

/**
 * Finished answers, given again while nothing changed: never a stale one. An answer is kept under the version that
 * was read before it was made, and given only where a reading that began after the request came says the same
 * version. So any commit that was there before the request is in the answer, whichever process made either.
 */
export function keeper({ version, isOn = true, memory = MEMORY, lifeFrom = untilSoon }: Options) {
  const kept = new Map<string, Kept>()
  const making = new Map<string, { version: string; made: Promise<Kept | undefined> }>()
  let current: string | undefined
  let bytes = 0

  /** Answers from what is kept, or has `make` answer; `make` is given `keep` where others may have the same. */
  async function answer(request: IncomingMessage, response: ServerResponse, make: (keep?: Keep) => void) {
    const name = isOn ? nameOf(request) : undefined
    const said = name === undefined ? undefined : await version().catch(() => undefined)
    // Without the database nothing is known to be true: the page that is made then says so.
    if (name === undefined || said === undefined) return make()
    if (said !== current) drop(said)

    const known = find(name)
    if (known) return give(known, request, response)
    // Begun before this request, but under the version that was read after it came: as fresh as one made now.
    const other = making.get(name)
    const made = other?.version === said ? await other.made : undefined
    if (made && isAlive(made)) return give(made, request, response)
    begin(name, said, request, response, make)
  }

  function drop(said: string) {
    kept.clear()
    bytes = 0
    current = said
  }

  function find(name: string) {
    const one = kept.get(name)
    if (!one) return undefined
    kept.delete(name)
    if (!isAlive(one)) {
      bytes -= one.size
      return undefined
    }
    kept.set(name, one) // the last one used is the last in the map
    return one
  }

  function begin(name: string, said: string, request: IncomingMessage, response: ServerResponse, make: (keep?: Keep) => void) {
    const { promise, resolve } = Promise.withResolvers<Kept | undefined>()
    const mine = { version: said, made: promise }
    const until = lifeFrom(now().getTime())
    const asked = { headers: request.headers }
    const settle = (one?: Kept) => {
      if (making.get(name) === mine) making.delete(name)
      resolve(one)
    }
    making.set(name, mine)
    response.once('close', () => settle())
    plain(request)
    make(async (body) => {
      if (!mayBeKept(response, body)) {
        settle()
        return false
      }
      const one = take(response, body, until)
      if (current === said && one.size <= LARGEST) store(name, one)
      settle(one)
      await give(one, asked, response)
      return true
    })
  }

  function store(name: string, one: Kept) {
    const before = kept.get(name)
    if (before) bytes -= before.size
    kept.delete(name)
    kept.set(name, one)
    bytes += one.size
    for (const [oldest, { size }] of kept) {
      if (bytes <= memory) break
      kept.delete(oldest)
      bytes -= size
    }
  }

  return { answer, size: () => ({ answers: kept.size, bytes }) }
}

const untilSoon = (instant: number) => Math.min(instant + LIFE, (Math.floor(instant / MINUTE) + 1) * MINUTE)

interface Kept {
  until: number
  size: number
  headers: [string, string][]
  tag: string
  lastModified: Date | undefined
  body: Buffer
  /** By coding, made when first asked for. */
  forms: Partial<Record<Coding | 'identity', Promise<Form> | Form>>
}

/** What leaves, as it leaves. Each coding has a tag of its own: a strong one promises the same bytes. */
interface Form {
  tag: string
  body: Buffer
  whole: string[]
  unchanged: string[]
}

const isAlive = ({ until }: Kept) => now().getTime() < until

const LEFT_OUT = ['x-middleware-rewrite', 'connection', 'keep-alive', 'date', 'transfer-encoding', 'content-length', 'content-encoding', 'etag']

function take(response: ServerResponse, body: Buffer, until: number): Kept {
  if (body.length >= SMALL) varyByCoding(response)
  // Next forbids to store pages that it makes anew; these have a tag by which a reader's copy is found to be good.
  if (isPage(response)) response.setHeader('Cache-Control', 'private, no-cache')
  const headers = Object.entries(response.getHeaders())
    .filter(([name]) => !LEFT_OUT.includes(name))
    .flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)]))
  const modified = response.getHeader('last-modified')
  const words = headers.flat().reduce((sum, text) => sum + text.length, 0)
  return {
    until,
    // Both codings are counted before they are made; of a text they never come to as much as itself.
    size: 2 * body.length + 3 * words + 1000,
    headers,
    tag: strongEtag(body),
    lastModified: modified === undefined ? undefined : new Date(String(modified)),
    body,
    forms: {},
  }
}

async function give(kept: Kept, { headers }: { headers: IncomingHttpHeaders }, response: ServerResponse) {
  const coding = (kept.body.length >= SMALL && accepted(headers['accept-encoding'])) || 'identity'
  const known = (kept.forms[coding] ??= formOf(kept, coding))
  const form = known instanceof Promise ? (kept.forms[coding] = await known) : known
  // Whoever made it has set them on the response already.
  for (const name of response.getHeaderNames()) response.removeHeader(name)
  const isConditional = headers['if-none-match'] !== undefined || headers['if-modified-since'] !== undefined
  if (isConditional && isFresh(headers, form.tag, kept.lastModified)) {
    response.writeHead(304, form.unchanged)
    response.end()
  } else {
    response.writeHead(200, form.whole)
    response.end(form.body)
  }
}

async function formOf({ body, tag, headers }: Kept, coding: Coding | 'identity'): Promise<Form> {
  const packed = coding === 'identity' ? body : await compress(body, coding, WELL)
  const own = tagIn(coding === 'identity' ? undefined : coding, tag)
  const encoding = coding === 'identity' ? [] : ['Content-Encoding', coding]
  const still = headers.filter(([name]) => !/^(content-|link$)/.test(name))
  return {
    tag: own,
    body: packed,
    whole: [...headers.flat(), 'ETag', own, ...encoding, 'Content-Length', String(packed.length)],
    unchanged: [...still.flat(), 'ETag', own],
  }
}
