import { db } from '@/lib/db'
import { log } from '@/lib/log'
import type { FileMail } from './file'
import { type Mailbox, openMailbox, type Place, placeOf, type Trouble, troubleOf } from './mailbox'
import { largestMail } from './reading'
import { takeTurn, type Turn } from './take-turn'

/** `stands-by`: another process reads the mailbox. */
export type PollState = 'begins' | 'reads' | 'stands-by' | 'no-database' | Trouble

const usual = {
  /** Milliseconds between two looks where nothing is heard meanwhile. */
  every: 60_000,
  /** Between two tries to be the one that reads. */
  turns: 20_000,
  /** After the first failure and, doubled each time, at most. */
  pause: 1_000,
  longestPause: 60_000,
  /** A log-in that is refused again and again locks accounts. */
  refusedPause: 300_000,
  /** Between tries of one message, and how many there are before it is left where it is. */
  retry: 60_000,
  tries: 5,
  socketTimeout: 45_000,
}

/**
 * Reads a mailbox for answers, for ever: as soon as the server tells of a new message (IDLE), and every minute. A message
 * is marked, and read, once it is filed; one that cannot be stays unread, and is flagged and left after some tries.
 * Nothing is ever deleted. Of several processes one reads, the others stand by. Trouble is said once, when it begins.
 */
export function poll({ url, file, ...over }: { url: string; file: FileMail } & Partial<typeof usual>) {
  const most = { ...usual, ...over }
  const place = placeOf(url)
  const tries = new Map<string, { count: number; next: number }>()
  /** What was done with messages whose mark may not hold: they are marked again, and not read again. */
  const done = new Map<string, 'filed' | 'left'>()
  const bell = ringing()
  let open: Mailbox | null = null
  let state: PollState = 'begins'
  let stops = false

  const running = (async () => {
    while (!stops) {
      const turn = await takeTurn(nameOf(place)).catch(() => undefined)
      if (turn) {
        await readInTurn(turn).finally(turn.end)
      } else {
        tell(turn === null ? 'stands-by' : 'no-database')
      }
      await pause(most.turns)
    }
  })()

  /** Until the turn is lost. */
  async function readInTurn(turn: Turn) {
    for (let failures = 0; !stops && (await turn.holds()); ) {
      try {
        await readMailbox(turn, () => (failures = 0))
      } catch (error) {
        if (stops) return
        const trouble = troubleOf(error)
        tell(trouble)
        await pause(trouble === 'refused' ? most.refusedPause : Math.min(most.longestPause, most.pause * 2 ** failures++))
      }
    }
  }

  /** One connection, until it ends. */
  async function readMailbox(turn: Turn, onRead: () => void) {
    const mailbox = await openMailbox(place, { socketTimeout: most.socketTimeout })
    open = mailbox
    // What an old connection still says is no news.
    mailbox.onNews(() => void (open === mailbox && bell.ring()))
    try {
      while (!stops && (await turn.holds())) {
        bell.hush()
        if (!(await take(mailbox))) {
          tell('no-database')
          return await pause(most.longestPause)
        }
        onRead()
        tell('reads')
        if (stops) return
        void mailbox.client.idle().catch(() => {})
        await bell.wait(most.every)
        if (!mailbox.client.usable) throw new Error('The connection ended')
      }
    } finally {
      open = null
      await leave(mailbox)
    }
  }

  /** Whatever rang before; only the end wakes it. */
  async function pause(ms: number) {
    bell.hush()
    if (!stops) await bell.wait(ms)
  }

  /** All that waits; false where the database is away, which is no fault of any message. */
  async function take(mailbox: Mailbox): Promise<boolean> {
    for (const uid of await mailbox.waiting()) {
      if (stops) return true
      const name = `${mailbox.folder.uidValidity}/${uid}`
      const before = done.get(name)
      if (before) {
        await mark(mailbox, uid, before)
        continue
      }
      const tried = tries.get(name)
      if (tried && tried.next > performance.now()) continue
      const message = await mailbox.client.fetchOne(String(uid), { uid: true, size: true }, { uid: true })
      if (!message) continue // Somebody took it away meanwhile.
      if ((message.size ?? 0) > largestMail) {
        await finish(mailbox, uid, name, 'left')
        log.warn('mailbox', { left: 'too large' })
        continue
      }
      const full = await mailbox.client.fetchOne(String(uid), { uid: true, source: { maxLength: largestMail + 1 } }, { uid: true })
      if (!full || !full.source) continue
      const filed = await tryToFile(full.source, (tried?.count ?? 0) + 1)
      if (filed === true) {
        await finish(mailbox, uid, name, 'filed')
        continue
      }
      if (!(await databaseAnswers())) return false
      if (filed < most.tries) {
        tries.set(name, { count: filed, next: performance.now() + most.retry * filed })
      } else {
        await finish(mailbox, uid, name, 'left')
        log.warn('mailbox', { left: 'could not be filed' })
      }
    }
    return true
  }

  /** True, or how often it was tried in vain. */
  async function tryToFile(source: Buffer, count: number): Promise<true | number> {
    try {
      const { outcome, again } = await file(source, { way: 'imap', sender: senderOf(source), recipients: [] })
      log.info('mail in', { way: 'imap', outcome, again, size: source.length })
      return true
    } catch (error) {
      log.warn('mail in', { way: 'imap', error: (error as NodeJS.ErrnoException).code ?? (error as Error).name, tries: count })
      return count
    }
  }

  /** What is left stays where it is, unread, flagged for whoever looks there. */
  async function finish(mailbox: Mailbox, uid: number, name: string, how: 'filed' | 'left') {
    tries.delete(name)
    done.set(name, how)
    if (done.size > 10_000) done.delete([...done.keys()][0])
    await mark(mailbox, uid, how)
  }

  function tell(next: PollState) {
    if (next === state) return
    if (next === 'reads' || next === 'stands-by') log.info('mailbox', { state: next })
    else log.warn('mailbox', { state: next })
    state = next
  }

  return {
    state: () => state,
    /** Lets the message in hand be filed and marked, and leaves. */
    async stop() {
      stops = true
      bell.ring()
      await running
    },
  }
}

const mark = (mailbox: Mailbox, uid: number, how: 'filed' | 'left') => (how === 'filed' ? mailbox.markFiled(uid) : mailbox.markLeft(uid))

/** Different mailboxes are read at the same time; the password is not part of which one it is. */
const nameOf = ({ host, port, auth, folder }: Place) => `${auth.user}@${host}:${port}/${folder}`

/** The sender of the envelope as the server that delivered it wrote it down (RFC 5321 4.4); null where it wrote nothing. */
export function senderOf(raw: Buffer): string | null {
  const end = raw.indexOf('\r\n\r\n')
  const head = raw.subarray(0, end === -1 ? 65_536 : Math.min(end, 65_536)).toString('latin1')
  return /^Return-Path:\s*<([^<>\r\n]*)>/im.exec(head)?.[1].trim().toLowerCase() ?? null
}

async function leave({ client }: Mailbox) {
  const late = new Promise((resolve) => setTimeout(resolve, 2_000).unref())
  if (client.usable) await Promise.race([client.logout().catch(() => {}), late])
  client.close()
}

const databaseAnswers = () => db.$queryRaw`SELECT 1`.then(() => true, () => false)

/** Somebody who waits, and is woken by what rings meanwhile or has rung since it was hushed. */
function ringing() {
  let rung = false
  let wake: (() => void) | undefined
  return {
    ring() {
      rung = true
      wake?.()
    },
    hush() {
      rung = false
    },
    async wait(ms: number) {
      if (rung) return
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
      wake = undefined
    },
  }
}
