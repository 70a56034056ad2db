import type { IncomingMessage } from 'node:http'
import { type BlockList, isIP } from 'node:net'

/** The header in which the routes find who asks. Whatever a client writes there itself is replaced. */
export const CLIENT_ADDRESS = 'x-client-address'

const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'x-real-ip']

/**
 * Says who asks: the last address that one of our own proxies did not add. Forwarding headers of anybody else are
 * dropped, so that nothing further in can believe them.
 */
export function nameClient(request: IncomingMessage, trusted: BlockList) {
  const peer = plain(request.socket.remoteAddress ?? '')
  const chain = String(request.headers['x-forwarded-for'] ?? '').split(',').map((one) => plain(one.trim()))
  const believed = isTrusted(peer, trusted)
  if (!believed) for (const name of FORWARDED) delete request.headers[name]

  let client = peer
  for (let index = chain.length - 1; believed && index >= 0; index--) {
    if (isIP(chain[index]) === 0) break
    client = chain[index]
    if (!isTrusted(client, trusted)) break
  }
  request.headers[CLIENT_ADDRESS] = client
}

function isTrusted(address: string, trusted: BlockList) {
  const version = isIP(address)
  return version !== 0 && trusted.check(address, version === 6 ? 'ipv6' : 'ipv4')
}

/** An IPv4 address that arrives on an IPv6 socket is written `::ffff:192.0.2.1`. */
function plain(address: string) {
  return address.replace(/^::ffff:(?=\d+\.)/i, '')
}
