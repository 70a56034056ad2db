import { describe, expect, test, vi } from 'vitest'
import { db } from '@/lib/db'
import type { FileMail } from '@/lib/inbox/file'
import { largestMail } from '@/lib/inbox/reading'
import { poll } from '@/lib/inbox/poll'
import type { Envelope } from '@/lib/inbox/reading'
import { log } from '@/lib/log'
import { startImap } from '@/tests/support/imap'
import { allow, cleanUps } from '@/tests/support/mail'

// A mailbox that is read for answers, on a real IMAP server: Dovecot where it can be had, and always Hoodiecrow, which
// comes with the packages.

const quick = { every: 500, turns: 200, pause: 50, longestPause: 200, refusedPause: 200, retry: 50, tries: 3 }
const filed = ['$ParlonsFiled', '\\Seen']
const letter = (subject: string, more = '') => `Return-Path: <Anne@theatre.example>\r\nFrom: anne@theatre.example\r\nTo: rsvp@answers.example\r\n${more}Subject: ${subject}\r\n\r\nWords of ${subject}.\r\n`

type Came = { subject: string; envelope: Envelope }
type Options = Parameters<typeof startImap>[0]

async function mailbox(options: Options = {}) {
  const box = await startImap(options)
  cleanUps.push(box.stop)
  return box
}

/** Reads the mailbox as the program does, and keeps what reached the filing. */
function reader(url: string, { file, ...over }: { file?: (subject: string) => Promise<void> } & Partial<typeof quick> & { socketTimeout?: number } = {}) {
  const came: Came[] = []
  const keep: FileMail = async (raw, envelope) => {
    const subject = /^Subject: (.*)$/m.exec(raw.toString())?.[1].trim() ?? ''
    await file?.(subject)
    came.push({ subject, envelope })
    return { id: 'x', outcome: 'words', again: false }
  }
  const polling = poll({ url, file: keep, ...quick, ...over })
  cleanUps.push(polling.stop)
  return { ...polling, came, subjects: () => came.map(({ subject }) => subject) }
}

const soon = <Value>(read: () => Value | Promise<Value>) => expect.poll(read, { timeout: 8_000, interval: 30 })

/** Where the best server to be had is the one of the packages, there is nothing to try it against. */
const best = await startImap()
await best.stop()
process.stdout.write(`IMAP server of these tests: ${best.is}\n`)
const servers: [string, Options][] = [['the best server to be had', {}], ...(best.is === 'hoodiecrow' ? [] : [['the server that comes with the packages', { only: 'hoodiecrow' }] as [string, Options]])]

describe.each(servers)('with %s', (_name, options) => {
  test('what waits is filed and marked as read, and nothing is taken away', async () => {
    const box = await mailbox(options)
    await box.deliver(letter('first'))
    await box.deliver(letter('second'))
    const { subjects, came, stop } = reader(box.url)
    await soon(subjects).toEqual(['first', 'second'])
    expect(came[0].envelope).toEqual({ way: 'imap', sender: 'anne@theatre.example', recipients: [] })
    await soon(async () => (await box.messages()).map(({ flags }) => flags)).toEqual([filed, filed])
    await stop()
    expect((await box.messages()).map(({ raw }) => raw)).toEqual([letter('first'), letter('second')])
    expect(subjects()).toHaveLength(2)
  })

  test('what comes is filed at once, because the server tells', async () => {
    const box = await mailbox(options)
    const { subjects, state } = reader(box.url, { every: 60_000 })
    await soon(state).toBe('reads')
    for (const subject of ['one', 'two', 'three']) {
      const begun = Date.now()
      await box.deliver(letter(subject))
      await soon(() => subjects().at(-1)).toBe(subject)
      expect(Date.now() - begun).toBeLessThan(4_000)
    }
  })

  test('what somebody opened before we came is filed too, what was read long ago is not', async () => {
    const box = await mailbox(options)
    await box.deliver(letter('old and read'), ['\\Seen'], new Date(Date.now() - 90 * 86_400_000))
    await box.deliver(letter('old and unread'), [], new Date(Date.now() - 90 * 86_400_000))
    await box.deliver(letter('thrown away'), ['\\Deleted'])
    await box.deliver(letter('opened'), ['\\Seen'])
    const { subjects } = reader(box.url)
    await soon(subjects).toEqual(['old and unread', 'opened'])
    await soon(async () => (await box.messages()).map(({ flags }) => flags.includes('$ParlonsFiled'))).toEqual([false, true, false, true])
  })

  test('what cannot be filed stays unread, is tried again, and is flagged and left; its neighbours are filed', async () => {
    const warned = allow('warn')
    const box = await mailbox(options)
    await box.deliver(letter('bad'))
    await box.deliver(letter('good'))
    let tries = 0
    const { subjects } = reader(box.url, {
      file: async (subject) => {
        if (subject === 'bad' && ++tries) throw new Error('of anne@theatre.example')
      },
    })
    await soon(async () => (await box.messages()).map(({ flags }) => flags)).toEqual([['$ParlonsLeft', '\\Flagged'], filed])
    expect([tries, subjects()]).toEqual([3, ['good']])
    await new Promise((resolve) => setTimeout(resolve, 1_200))
    expect(tries).toBe(3)
    expect(JSON.stringify([warned.mock.calls, vi.mocked(log.info).mock.calls])).not.toContain('@')
  })

  test('a message larger than answers are is not fetched: it is flagged and left', async () => {
    allow('warn')
    const box = await mailbox(options)
    await box.deliver(`${letter('large')}${'x'.repeat(998).concat('\r\n').repeat(Math.ceil(largestMail / 1000))}`)
    await box.deliver(letter('small'))
    const { subjects } = reader(box.url)
    await soon(async () => (await box.messages()).map(({ flags }) => flags)).toEqual([['$ParlonsLeft', '\\Flagged'], filed])
    expect(subjects()).toEqual(['small'])
  })

  test('the server may end and begin anew, cut the line, or fall silent', async () => {
    const warned = allow('warn')
    const box = await mailbox(options)
    const { subjects, state } = reader(box.url, { socketTimeout: 1_000 })
    await soon(state).toBe('reads')

    await box.end()
    await soon(state).toBe('unreachable')
    await new Promise((resolve) => setTimeout(resolve, 600))
    await box.begin()
    await box.deliver(letter('after its end'))
    await soon(subjects).toEqual(['after its end'])
    // Trouble is said when it begins, however long it lasts.
    expect(warned.mock.calls).toEqual([['mailbox', { state: 'unreachable' }]])

    box.drop()
    await box.deliver(letter('after a cut'))
    await soon(() => subjects().at(-1)).toBe('after a cut')

    box.freeze()
    await box.deliver(letter('after silence'))
    await soon(() => subjects().at(-1)).toBe('after silence')

    box.deaf = true
    box.drop()
    await soon(state).toBe('unreachable')
    box.deaf = false
    box.drop()
    await soon(state).toBe('reads')
    await soon(async () => (await box.messages()).map(({ flags }) => flags)).toEqual([filed, filed, filed])
    expect(subjects()).toHaveLength(3)
  }, 60_000)

  test('a line that is cut before the mark: the message is marked later, and not filed again', async () => {
    allow('warn')
    const box = await mailbox(options)
    await box.deliver(letter('cut'))
    const { subjects } = reader(box.url, { file: async () => box.drop() })
    await soon(async () => (await box.messages()).map(({ flags }) => flags)).toEqual([filed])
    expect(subjects()).toEqual(['cut'])
  })

  test('a log-in that is refused is said once, without the account, and tried until it is taken', async () => {
    const warned = allow('warn')
    const box = await mailbox(options)
    box.password = 'another'
    const { subjects, state } = reader(box.url)
    await soon(state).toBe('refused')
    await soon(box.connections).toBeGreaterThan(2)
    expect(warned.mock.calls).toEqual([['mailbox', { state: 'refused' }]])
    box.password = 'se:cr/et@'
    await box.deliver(letter('let in'))
    await soon(subjects).toEqual(['let in'])

    // Later too it is asked at its pace, whatever the server told before.
    box.password = 'another'
    box.drop()
    await soon(state).toBe('refused')
    const before = box.connections()
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    expect(box.connections() - before).toBeLessThan(8)
  })

  test('a folder that is not there is told from a server that is not', async () => {
    allow('warn')
    const box = await mailbox(options)
    const { state } = reader(box.url.replace('INBOX', 'Answers'))
    await soon(state).toBe('no-folder')
  })
})

/** Of ourselves, whatever server it is. */
describe('with any server', () => {
  test('while the database is away nothing is counted against a message', async () => {
    allow('warn')
    const box = await mailbox()
    await box.deliver(letter('patient'))
    const away = vi.spyOn(db, '$queryRaw').mockRejectedValue(new Error('away'))
    let tries = 0
    let isAway = true
    const { subjects, state } = reader(box.url, {
      file: async () => {
        tries++
        if (isAway) throw new Error('away')
      },
    })
    await soon(() => tries).toBeGreaterThan(4)
    expect(state()).toBe('no-database')
    expect((await box.messages())[0].flags).toEqual([])
    isAway = false
    away.mockRestore()
    await soon(subjects).toEqual(['patient'])
    await soon(state).toBe('reads')
  })

  test('of several processes one reads; when it ends another goes on', async () => {
    const box = await mailbox()
    const first = reader(box.url)
    await soon(first.state).toBe('reads')
    const second = reader(box.url)
    await soon(second.state).toBe('stands-by')
    await box.deliver(letter('for the first'))
    await soon(first.subjects).toEqual(['for the first'])
    await first.stop()
    await box.deliver(letter('for the second'))
    await soon(second.subjects).toEqual(['for the second'])
    await soon(second.state).toBe('reads')
    expect(first.subjects()).toHaveLength(1)
  })

  test('who loses the database gives the mailbox up, and again one reads', async () => {
    allow('warn')
    const box = await mailbox()
    const both = [reader(box.url), reader(box.url)]
    const states = () => both.map(({ state }) => state()).sort()
    await soon(states).toEqual(['reads', 'stands-by'])
    const cut = await db.$queryRaw<unknown[]>`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND classid = 7275102 AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`
    expect(cut).toHaveLength(1)
    await soon(box.connections).toBeGreaterThan(1)
    await box.deliver(letter('after the cut'))
    await soon(states).toEqual(['reads', 'stands-by'])
    await soon(() => both.flatMap(({ subjects }) => subjects())).toEqual(['after the cut'])
  })

  test('the end waits for the message in hand, and for none after it', async () => {
    const box = await mailbox()
    await box.deliver(letter('in hand'))
    await box.deliver(letter('later'))
    const begun = Promise.withResolvers<void>()
    const { stop, subjects } = reader(box.url, {
      file: async () => {
        begun.resolve()
        await new Promise((resolve) => setTimeout(resolve, 300))
      },
    })
    await begun.promise
    await stop()
    expect(subjects()).toEqual(['in hand'])
    expect((await box.messages()).map(({ flags }) => flags)).toEqual([filed, []])
  })
})

test('a server that remembers no words of ours: what is read is filed, and what is flagged is left', async () => {
  allow('warn')
  const box = await mailbox({ keepsMarks: false })
  await box.deliver(letter('opened'), ['\\Seen'])
  await box.deliver(letter('unread'))
  await box.deliver(letter('bad'))
  let tries = 0
  const { subjects } = reader(box.url, {
    file: async (subject) => {
      if (subject === 'bad' && ++tries) throw new Error('no')
    },
  })
  await soon(async () => (await box.messages()).map(({ flags }) => flags)).toEqual([['\\Seen'], ['\\Seen'], ['\\Flagged']])
  expect([subjects(), tries]).toEqual([['unread'], 3])
})
