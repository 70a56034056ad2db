import { createServer, type Socket } from 'node:net'
import { ImapFlow } from 'imapflow'
import { type Backend, dovecot } from './dovecot'

export type TestMailbox = Awaited<ReturnType<typeof startImap>>

type Hoodiecrow = { createClient: (socket: Socket) => void }

/**
 * A real IMAP server with one mailbox: Dovecot where the machine has it or Debian's package can be had, else Hoodiecrow,
 * which comes with the packages; `is` says which. Both say IDLE. `keepsMarks: false` makes it one (a Hoodiecrow) that
 * remembers no words of clients, as Exchange does.
 */
export async function startImap({ keepsMarks = true, only }: { keepsMarks?: boolean; only?: 'hoodiecrow' } = {}) {
  const access = { user: 'answers@parlons-en.example', password: 'se:cr/et@' }
  const found = keepsMarks && only === undefined ? dovecot(access) : null
  const backend = found ?? (await hoodiecrow(access, keepsMarks))
  const sockets = new Set<Socket>()
  const state = { deaf: false, logIns: 0 }

  const server = createServer((socket) => {
    sockets.add(socket)
    state.logIns++
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
    if (!state.deaf) backend.serve(socket)
  })
  const listen = (port: number) => new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', () => resolve()))
  await listen(0)
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const drop = () => sockets.forEach((socket) => socket.destroy())

  return {
    is: found ? 'dovecot' : 'hoodiecrow',
    port,
    url: `imap://${encodeURIComponent(access.user)}:${encodeURIComponent(access.password)}@127.0.0.1:${port}/INBOX`,
    /** Connections so far. */
    connections: () => state.logIns,
    /** As a mail server does: at the end of the mailbox. Gives its UID. */
    deliver: (raw: string | Buffer, flags: string[] = [], at?: Date) =>
      asClient(async (client) => {
        const made = await client.append('INBOX', Buffer.from(raw), flags, at)
        if (!made || made.uid === undefined) throw new Error('The mailbox took no message')
        return made.uid
      }),
    messages: () =>
      asClient(async (client) => {
        if (client.mailbox && client.mailbox.exists === 0) return []
        const all = await client.fetchAll('1:*', { uid: true, flags: true, source: true })
        return all.map(({ uid, flags, source }) => ({ uid, flags: [...(flags ?? [])].filter((flag) => flag !== '\\Recent').sort(), raw: String(source) }))
      }),
    flag: (uid: number, flags: string[]) => asClient((client) => client.messageFlagsAdd(String(uid), flags, { uid: true })),
    set password(next: string) {
      access.password = next
    },
    /** Cuts every connection, without a word. */
    drop,
    /** From now on it takes connections and says nothing. */
    set deaf(on: boolean) {
      state.deaf = on
    },
    /** Those that are open hear nothing more and are not closed: as where a cable was pulled. */
    freeze: () => sockets.forEach((socket) => socket.unpipe().removeAllListeners('data').pause().write = () => true),
    /** Ends, with its connections; what it holds is there again when it begins anew, on the same port. */
    async end() {
      drop()
      await new Promise((resolve) => server.close(resolve))
    },
    begin: () => listen(port),
    async stop() {
      drop()
      await new Promise((resolve) => server.close(resolve))
      backend.stop()
    },
  }

  async function asClient<Value>(work: (client: ImapFlow) => Promise<Value>) {
    const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, auth: { user: access.user, pass: access.password }, logger: false, disableAutoIdle: true })
    client.on('error', () => {})
    await client.connect()
    try {
      await client.mailboxOpen('INBOX')
      return await work(client)
    } finally {
      await client.logout().catch(() => {})
    }
  }
}

async function hoodiecrow(access: { user: string; password: string }, keepsMarks: boolean): Promise<Backend> {
  const { default: create } = (await import('hoodiecrow-imap' as string)) as { default: (options: object) => Hoodiecrow }
  const users = { [access.user]: access }
  const plugins = ['ID', 'IDLE', 'UIDPLUS', 'LITERALPLUS', 'NAMESPACE', 'UNSELECT']
  const server = create({ plugins, users, storage: { INBOX: { uidvalidity: 1_790_000_000, allowPermanentFlags: keepsMarks, messages: [] }, '': { folders: {} } } })
  return { serve: (socket) => server.createClient(socket), stop: () => {} }
}
