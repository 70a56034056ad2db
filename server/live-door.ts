import type { IncomingMessage } from 'node:http'
import { connect } from 'node:net'
import type { Duplex } from 'node:stream'
import type { BlockList } from 'node:net'
import { isSameOrigin } from '@/app/_session/same-origin'
import { now } from '@/lib/clock'
import { capability, isId, sameToken } from '@/lib/ids'
import { log } from '@/lib/log'
import { type Holder, holderOf, takeLive } from '@/lib/notes/hold-live'
import { networkOf } from '@/lib/rate-limit'
import { CLIENT_ADDRESS, nameClient } from './client-address'
import { bucket, counter, type LiveLimits } from './live-limits'

/** A process of ours that passes somebody on says so here, signed, with whom: nothing is passed on twice. */
const HOP = 'x-notes-hop'
const hopLife = 10_000
const toConnect = 3_000

export type Caller = { eventId: string; network: string }

/**
 * Lets upgrades in that ask for the notes of an event: from a page of ours, not too many of one network, and in the
 * process that has the document open. Whoever comes to another one is passed on there as they are, with all they said,
 * so that the same is asked of them again.
 */
export function liveDoor({ own, trusted, limits, isLimited, admit }: {
  own: Holder
  trusted: BlockList
  limits: LiveLimits
  isLimited: boolean
  admit: (request: IncomingMessage, socket: Duplex, head: Buffer, caller: Caller) => void
}) {
  const sockets = counter(limits.perNetwork)
  const comings = new Map<string, { take: (amount?: number) => boolean; at: number }>()

  async function come(request: IncomingMessage, socket: Duplex, head: Buffer) {
    socket.on('error', () => socket.destroy())
    nameClient(request, trusted)
    const eventId = eventOf(request.url)
    if (!eventId) return turnAway(socket, 404)
    if (!request.headers.origin || !isSameOrigin(told(request))) return turnAway(socket, 403)
    const hop = request.headers[HOP]
    const passedOn = hop === undefined ? undefined : readHop(String(hop), eventId)
    if (hop !== undefined && passedOn === undefined) return turnAway(socket, 400)
    const network = networkOf(passedOn ?? String(request.headers[CLIENT_ADDRESS]))
    if (isLimited && !mayCome(network)) return turnAway(socket, 429)

    const holder = await whereIs(eventId, passedOn !== undefined)
    if (holder === undefined) return turnAway(socket, 503)
    if (socket.destroyed) return
    if (isLimited && !sockets.add(network)) return turnAway(socket, 429)
    if (isLimited) socket.once('close', () => sockets.take(network))
    if (holder === null) return admit(request, socket, head, { eventId, network })
    passOn(request, socket, head, { eventId, holder })
  }

  function mayCome(network: string) {
    const at = performance.now()
    if (comings.size > 10_000) for (const [key, one] of comings) if (at - one.at > 60_000) comings.delete(key)
    const known = comings.get(network) ?? { take: bucket(limits.comings), at }
    known.at = at
    comings.set(network, known)
    return known.take()
  }

  /** Null: here. Undefined: nobody knows now. */
  async function whereIs(eventId: string, isPassedOn: boolean): Promise<Holder | null | undefined> {
    try {
      const holder = await holderOf(eventId)
      if (!holder || holder.holder === own.holder) return null
      // The process that had our address before us is no more.
      if (holder.address === own.address) return null
      return isPassedOn ? undefined : holder
    } catch {
      return undefined
    }
  }

  /** Octet by octet. A holder that does not answer is dead, and the document ours. */
  function passOn(request: IncomingMessage, socket: Duplex, head: Buffer, { eventId, holder }: { eventId: string; holder: Holder }) {
    const [host, port] = splitAddress(holder.address)
    const peer = connect({ host, port })
    const late = setTimeout(() => peer.destroy(new Error('late')), toConnect)
    let isThrough = false
    peer.once('connect', () => {
      clearTimeout(late)
      isThrough = true
      peer.write(requestOf(request, signHop(String(request.headers[CLIENT_ADDRESS]), eventId)))
      if (head.length > 0) peer.write(head)
      peer.pipe(socket)
      socket.pipe(peer)
    })
    peer.on('error', () => {
      clearTimeout(late)
      if (isThrough) return socket.destroy()
      log.info('notes taken over', { from: holder.address })
      takeLive(eventId, own, holder.holder).then(
        (taken) => (taken?.holder === own.holder ? admit(request, socket, head, { eventId, network: networkOf(String(request.headers[CLIENT_ADDRESS])) }) : turnAway(socket, 503)),
        () => turnAway(socket, 503),
      )
    })
    peer.on('close', () => isThrough && socket.destroy())
    socket.on('close', () => peer.destroy())
  }

  return { come }
}

function eventOf(url = '') {
  const id = /^\/collab\/([^/?]+)(?:\?.*)?$/.exec(url)?.[1]
  return isId(id) ? id.toLowerCase() : null
}

const told = ({ headers }: IncomingMessage) =>
  new Headers(['origin', 'sec-fetch-site', 'host'].flatMap((name): [string, string][] => (headers[name] ? [[name, String(headers[name])]] : [])))

function requestOf({ url, rawHeaders }: IncomingMessage, hop: string) {
  const lines = [`GET ${url} HTTP/1.1`]
  for (let i = 0; i < rawHeaders.length; i += 2) if (![HOP, CLIENT_ADDRESS].includes(rawHeaders[i].toLowerCase())) lines.push(`${rawHeaders[i]}: ${rawHeaders[i + 1]}`)
  return Buffer.from(`${[...lines, `${HOP}: ${hop}`].join('\r\n')}\r\n\r\n`, 'latin1')
}

function signHop(address: string, eventId: string) {
  const said = Buffer.from(JSON.stringify({ address, eventId, until: now().getTime() + hopLife })).toString('base64url')
  return `${said}.${capability('notes', `hop:${said}`)}`
}

/** The address of who was passed on, where one of ours did it just now, for this event. */
function readHop(text: string, eventId: string): string | undefined {
  const [said, signature] = text.slice(0, 1000).split('.')
  if (!said || !signature || !sameToken(signature, capability('notes', `hop:${said}`))) return undefined
  const hop = JSON.parse(Buffer.from(said, 'base64url').toString()) as { address: string; eventId: string; until: number }
  return hop.eventId === eventId && hop.until >= now().getTime() ? hop.address : undefined
}

/** `127.0.0.1:3000` or `[::1]:3000`. */
function splitAddress(address: string): [string, number] {
  const at = address.lastIndexOf(':')
  return [address.slice(0, at).replace(/^\[|\]$/g, ''), Number(address.slice(at + 1))]
}

const reasons: Record<number, string> = { 400: 'Bad Request', 403: 'Forbidden', 404: 'Not Found', 429: 'Too Many Requests', 503: 'Service Unavailable' }

export function turnAway(socket: Duplex, status: keyof typeof reasons & number) {
  if (socket.destroyed) return
  const wait = status === 429 || status === 503 ? 'Retry-After: 5\r\n' : ''
  socket.end(`HTTP/1.1 ${status} ${reasons[status]}\r\nConnection: close\r\n${wait}Content-Length: 0\r\n\r\n`)
}
