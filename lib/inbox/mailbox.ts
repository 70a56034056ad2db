import { ImapFlow, type ImapFlowError, type MailboxObject, type SearchObject } from 'imapflow'
import { now } from '@/lib/clock'

/** What marks a message that was filed, and one that is left where it is because it never could be. */
const filed = '$ParlonsFiled'
const left = '$ParlonsLeft'

/** Messages that somebody opened before we came are looked for so many days back; unread ones without end. */
const openedDays = 30

const patience = { connectionTimeout: 20_000, greetingTimeout: 15_000, socketTimeout: 45_000 }

export type Place = { host: string; port: number; secure: boolean; auth: { user: string; pass: string }; folder: string }

/** What stands in IMAP_URL: `imaps://user:password@host:993/Folder`, each part percent-encoded where it needs to be. */
export function placeOf(url: string): Place {
  const { protocol, hostname, port, username, password, pathname } = new URL(url)
  const secure = protocol === 'imaps:'
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (secure ? 993 : 143)),
    secure,
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    folder: decodeURIComponent(pathname.replace(/^\/|\/$/g, '')) || 'INBOX',
  }
}

export type Mailbox = {
  client: ImapFlow
  /** Raised where a message may have come, or the connection ended. */
  onNews: (wake: () => void) => void
  /** UIDs, the oldest first, of what was neither filed nor left. */
  waiting: () => Promise<number[]>
  markFiled: (uid: number) => Promise<boolean>
  markLeft: (uid: number) => Promise<boolean>
  /** Does the server remember marks of ours? Where it does not, "read" has to mean "filed". */
  keepsMarks: boolean
  isEncrypted: boolean
  folder: MailboxObject
}

/** Logs in and opens the folder. Rejects where that cannot be; `troubleOf` puts a word to it. Never deletes: no message is ever expunged. */
export async function openMailbox(place: Place, over: Partial<typeof patience> = {}): Promise<Mailbox> {
  const { folder: path, ...account } = place
  const client = new ImapFlow({ ...account, ...patience, ...over, logger: false, disableAutoIdle: true, clientInfo: { name: 'Parlons-en' } })
  const wakes: (() => void)[] = []
  const news = () => wakes.forEach((wake) => wake())
  for (const event of ['exists', 'close', 'mailboxClose']) client.on(event, news)
  client.on('error', news)
  try {
    await client.connect()
    const folder = await client.mailboxOpen(path).catch((error: ImapFlowError) => {
      // The server answered, and not with the folder.
      throw error.responseStatus ? Object.assign(error, { code: 'NO_FOLDER' }) : error
    })
    if (folder.readOnly) throw Object.assign(new Error('The folder cannot be written to'), { code: 'READ_ONLY' })
    const keepsMarks = ['\\*', filed].some((flag) => folder.permanentFlags?.has(flag))
    const mark = (uid: number, flags: string[]) => client.messageFlagsAdd(String(uid), keepsMarks ? flags : flags.filter((flag) => flag.startsWith('\\')), { uid: true })
    return {
      client,
      folder,
      keepsMarks,
      isEncrypted: client.secureConnection,
      onNews: (wake) => wakes.push(wake),
      waiting: async () => {
        const found = await client.search(keepsMarks ? unmarked() : { seen: false, flagged: false, deleted: false }, { uid: true })
        if (!found) throw Object.assign(new Error('No answer to a search'), { code: 'SEARCH' })
        return found.toSorted((a, b) => a - b)
      },
      markFiled: (uid) => mark(uid, ['\\Seen', filed]),
      markLeft: (uid) => mark(uid, ['\\Flagged', left]),
    }
  } catch (error) {
    client.close()
    throw error
  }
}

/** Somebody who looks into the mailbox must not hide an answer from us; what was read there long ago is not ours. */
const unmarked = (): SearchObject => ({
  deleted: false,
  unKeyword: filed,
  not: { keyword: left },
  or: [{ seen: false }, { since: new Date(now().getTime() - openedDays * 86_400_000) }],
})

export type Trouble = 'refused' | 'no-folder' | 'read-only' | 'not-secure' | 'unreachable'

/** What is wrong, as a word for the diary: the server's own sentences may quote the account. */
export function troubleOf(error: unknown): Trouble {
  const { authenticationFailed, code, tlsFailed } = error as Omit<ImapFlowError, 'code'> & { code?: string }
  if (authenticationFailed) return 'refused'
  if (code === 'NO_FOLDER') return 'no-folder'
  if (code === 'READ_ONLY') return 'read-only'
  return tlsFailed || /CERT|SSL|TLS/.test(code ?? '') ? 'not-secure' : 'unreachable'
}
