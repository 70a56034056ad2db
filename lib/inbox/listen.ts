import type { Socket } from 'node:net'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { db } from '@/lib/db'
import { log } from '@/lib/log'
import { allow, networkOf } from '@/lib/rate-limit'
import { selfSigned } from '@/lib/self-signed'
import type { FileMail } from './file'
import { largestMail } from './reading'
import { recipientOf } from './recipient'

/** A client that goes on long after being told too much is cut off. */
const drained = 20 * largestMail

/** What one network may do; those of TRUSTED_PROXIES, as a relay of ours, are not counted. */
const messages = { most: 600, seconds: 600 }
const unknown = { most: 60, seconds: 3600 }
/** The addresses that everybody can guess: what comes there is looked at by people. */
const guessable = { most: 60, seconds: 3600 }

/** Connections beyond those of everybody. */
const leftForRelays = 20

const usual = {
  /** Connections at once, of everybody and of one network. */
  connections: 100,
  connectionsOfNetwork: 20,
  recipients: 10,
  /** Messages filed at once: each is read apart, within a time that a crowd would spoil. */
  filed: 4,
  /** Milliseconds: without a word, of a whole connection, of filing, and of those under way when it closes. */
  silence: 60_000,
  connection: 600_000,
  filing: 120_000,
  closing: 8_000,
}

/**
 * Our own door for answers: an SMTP server (RFC 5321) that takes what is addressed to us, and says 250 only when it is
 * kept. Where it cannot be kept just now it says 451, and the sender's server comes again. It needs no log-in, and
 * offers encryption (STARTTLS) with a certificate of its own making, new at each start, as those who hand mail over do
 * not ask whose it is. Rejects where the port is taken.
 */
export async function listen({ port, host, file, ...over }: { port: number; host?: string; file: FileMail } & Partial<typeof usual>) {
  const most = { ...usual, ...over }
  const sockets = new Map<Socket, { network: string; timer: NodeJS.Timeout }>()
  const filing = lanes(most.filed)
  const busy = new Set<string>()
  let closes = false

  const server = new SMTPServer({
    name: config().replyDomain,
    ...selfSigned(config().replyDomain, now()),
    minVersion: 'TLSv1.2',
    disabledCommands: ['AUTH', 'XCLIENT', 'XFORWARD', 'WIZ', 'SHELL', 'KILL'],
    disableReverseLookup: true,
    hideENHANCEDSTATUSCODES: false,
    logger: false,
    size: largestMail,
    rejectOversized: true,
    maxClients: most.connections + leftForRelays,
    maxRecipients: most.recipients,
    maxCommandLength: 2048,
    socketTimeout: most.silence,
    closeTimeout: most.closing,
    onConnect({ remoteAddress }, callback) {
      const network = networkOf(remoteAddress)
      const count = [...sockets.values()].filter((one) => one.network === network).length
      // Some are left for a relay of ours, however many others come.
      const isFull = sockets.size > most.connections || count > most.connectionsOfNetwork
      callback(isFull && !isTrusted(remoteAddress) ? refusal(421, 'Too many connections, try again in a moment') : null)
    },
    onMailFrom: (_address, session, callback) => void answer(() => mayWrite(session)).then(callback),
    onRcptTo: ({ address }, session, callback) => void answer(() => isRecipient(address, session)).then(callback),
    onData(stream, session, callback) {
      busy.add(session.id)
      void answer(() => take(stream, session)).then((error) => {
        busy.delete(session.id)
        callback(error)
        if (closes) setImmediate(dismiss)
      })
    },
  })

  async function take(stream: SMTPServerDataStream, { id, envelope, secure }: SMTPServerSession) {
    const { mailFrom, rcptTo } = envelope
    const raw = await collect(stream, () => connectionOf(id)?.send(421, 'Too much'))
    if (!raw) return null // The server itself says 552.
    const recipients = rcptTo.map(({ address }) => address.toLowerCase())
    const sender = mailFrom ? mailFrom.address.toLowerCase() : ''
    const { outcome, again } = await filing(() => within(most.filing, file(raw, { way: 'smtp', sender, recipients })))
    log.info('mail in', { way: 'smtp', encrypted: secure, outcome, again, size: raw.length })
    return null
  }

  const connectionOf = (id: string) => [...server.connections].find((one) => one.id === id)

  /** When it closes: everybody who is not just handing something over is asked to come again. */
  function dismiss() {
    for (const connection of [...server.connections]) if (!busy.has(connection.id)) connection.send(421, 'Closing, come again')
  }

  server.server.on('connection', (socket) => {
    const timer = setTimeout(() => socket.destroy(), most.connection).unref()
    sockets.set(socket, { network: networkOf(socket.remoteAddress ?? ''), timer })
    socket.on('close', () => {
      clearTimeout(timer)
      sockets.delete(socket)
    })
  })

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port, host, backlog: 511 }, () => {
      server.off('error', reject)
      resolve()
    })
  })
  server.on('error', (error: NodeJS.ErrnoException) => {
    // A client that hangs up or talks nonsense is its own affair.
    if (error.syscall === 'accept' || error.syscall === 'listen') log.error('mail listener', { error: error.code })
  })

  const bound = server.server.address()
  return {
    port: typeof bound === 'object' && bound ? bound.port : port,
    /** Takes nobody new, lets those who are handing something over finish, and sends the others away. */
    stop: () =>
      new Promise<void>((resolve) => {
        closes = true
        server.close(() => {
          for (const socket of sockets.keys()) socket.destroy()
          resolve()
        })
        dismiss()
      }),
  }
}

/** Null: go on. An answer that the sender's server hears otherwise; a surprise (the database is away) is a 451. */
async function answer(work: () => Promise<Error | null>): Promise<Error | null> {
  try {
    return await work()
  } catch (error) {
    const { name, code } = error as NodeJS.ErrnoException
    // Whoever hung up in the middle comes again; that is no trouble of ours.
    if (code !== 'ECONNECTION' && code !== 'ERR_STREAM_PREMATURE_CLOSE') log.warn('mail in', { way: 'smtp', error: code ?? name })
    return refusal(451, 'It cannot be kept just now, try again later')
  }
}

async function mayWrite({ remoteAddress }: SMTPServerSession) {
  if (isTrusted(remoteAddress)) return null
  const allowed = await allow('mail-in', networkOf(remoteAddress), messages)
  return allowed.ok ? null : refusal(450, `Too many messages from your network, try again in ${allowed.retryAfter} seconds`)
}

async function isRecipient(address: string, { remoteAddress }: SMTPServerSession) {
  const recipient = recipientOf(address)
  if (recipient?.is === 'house') {
    const allowed = isTrusted(remoteAddress) ? { ok: true } : await allow('mail-in-house', networkOf(remoteAddress), guessable)
    return allowed.ok ? null : refusal(450, 'Too many messages for this address, try again in an hour')
  }
  if (recipient && recipient.is !== 'rsvp') return null
  if (recipient && (await db.registration.count({ where: { replyHash: recipient.hash } })) === 1) return null
  const allowed = isTrusted(remoteAddress) ? { ok: true } : await allow('mail-in-unknown', networkOf(remoteAddress), unknown)
  return allowed.ok ? refusal(550, 'There is no such address here') : refusal(421, 'Too many unknown addresses')
}

/** The whole message; null where it is larger than allowed, read to its end all the same. Throws where it breaks off. */
async function collect(stream: SMTPServerDataStream, tooMuch: () => void): Promise<Buffer | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size <= largestMail) chunks.push(chunk)
    else chunks.length = 0
    if (size > drained) tooMuch()
  }
  return size <= largestMail ? Buffer.concat(chunks) : null
}

/** Lets so many work at once, the others wait for their turn. */
function lanes(most: number) {
  const waiting: (() => void)[] = []
  let working = 0
  return async <Value>(work: () => Promise<Value>): Promise<Value> => {
    if (working >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else working++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else working--
    }
  }
}

/** A sender's server waits ten minutes for our word (RFC 5321 4.5.3.2.6); what is kept after all is known again then. */
function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('no end'), { code: 'LATE' })), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

const refusal = (responseCode: number, words: string) => Object.assign(new Error(words), { responseCode })

const isTrusted = (address: string) => {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  return config().trustedProxies.check(plain, plain.includes(':') ? 'ipv6' : 'ipv4')
}
