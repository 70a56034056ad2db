import { request as ask } from 'node:http'
import { startFloor } from './floor'
import { during, load, request } from './load'
import { median } from './table'

const CONNECTIONS = 32
const ROUNDS = 3
const SECONDS = 1.2

export interface Read {
  label: string
  path: string
  /** Ask with the tag of what we have. */
  unchanged?: boolean
}

/** One line of the table: rates in answers a second, and how long one takes that is made anew. */
export async function measureReading(port: number, { label, path, unchanged }: Read) {
  const headers: Record<string, string> = { 'accept-encoding': 'gzip, deflate, br' }
  const whole = await get(port, path, headers)
  if (unchanged) headers['if-none-match'] = whole.headers.etag
  const same = unchanged ? await get(port, path, headers) : whole
  if (same.status !== (unchanged ? 304 : 200)) throw new Error(`${path} answers ${same.status}`)

  const floor = await startFloor({ status: same.status, headers: onlyOfBody(same.headers), body: same.body.toString('base64') })
  const rates = { floor: [] as number[], ours: [] as number[] }
  const rate = async (at: number, seconds: number) => {
    const { count, seconds: took } = await load({ port: at, connections: CONNECTIONS, next: during(seconds, request('GET', path, headers)) })
    return count / took
  }
  await rate(floor.port, SECONDS / 3)
  await rate(port, SECONDS / 3)
  for (let round = 0; round < ROUNDS; round++) {
    rates.floor.push(await rate(floor.port, SECONDS))
    rates.ours.push(await rate(port, SECONDS))
  }
  floor.stop()
  return {
    label,
    kilobytes: same.body.length / 1000,
    floor: median(rates.floor),
    ours: median(rates.ours),
    ratio: median(rates.ours.map((one, index) => one / rates.floor[index])),
    anew: await measureAnew(port, path, headers),
  }
}

/** Median milliseconds of one answer after the other, each made for its reader alone: a session's cookie sees to that. */
async function measureAnew(port: number, path: string, headers: Record<string, string>) {
  const own = request('GET', path, { ...headers, cookie: 'parlons-en.session=nobody' })
  await load({ port, connections: 1, next: during(0.3, own) })
  return (await load({ port, connections: 1, next: during(1, own) })).median
}

/** The floor says of its bytes what they are, and nothing else. */
function onlyOfBody(headers: Record<string, string>) {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => ['content-type', 'content-encoding', 'content-length', 'etag'].includes(name)))
}

export function get(port: number, path: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: Record<string, string>; body: Buffer }>((resolve, reject) => {
    const asked = ask({ host: 'localhost', port, path, headers: { host: 'localhost', ...headers }, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers as Record<string, string>, body: Buffer.concat(chunks) }))
    })
    asked.on('error', reject)
    asked.end()
  })
}
