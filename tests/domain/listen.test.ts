import { once } from 'node:events'
import { createServer } from 'node:net'
import { connect } from 'node:tls'
import { createTransport } from 'nodemailer'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { db } from '@/lib/db'
import { capability } from '@/lib/ids'
import type { FileMail } from '@/lib/inbox/file'
import { listen } from '@/lib/inbox/listen'
import { largestMail } from '@/lib/inbox/reading'
import { doctorsAddress } from '@/lib/inbox/recipient'
import type { Envelope } from '@/lib/inbox/reading'
import { log } from '@/lib/log'
import { anEvent, must, signUp } from '@/tests/support/events'
import { allow, cleanUps, portOf, useServer } from '@/tests/support/mail'
import { greeted, talk } from '@/tests/support/smtp-talk'

// Our own door for answers, on real sockets, before a real Postgres.

const domain = 'answers.theatre.example'
const message = 'From: anne@theatre.example\r\nSubject: Hello\r\n\r\nWords.\r\n'

beforeEach(() => {
  vi.stubEnv('MAIL_FROM', 'Parlons-en <bonjour@theatre.example>')
  vi.stubEnv('REPLY_DOMAIN', domain)
  useServer(undefined)
})
afterEach(() => {
  vi.unstubAllEnvs()
  useServer(undefined)
})

type Came = { raw: string; envelope: Envelope }

/** The listener on a port of its own, with what reached the filing. */
async function door(over: Partial<Parameters<typeof listen>[0]> = {}) {
  const came: Came[] = []
  const file: FileMail = async (raw, envelope) => {
    came.push({ raw: raw.toString(), envelope })
    return { id: 'x', outcome: 'words', again: false }
  }
  const listener = await listen({ port: 0, host: '127.0.0.1', file, silence: 2_000, closing: 1_000, ...over })
  cleanUps.push(listener.stop)
  return { ...listener, came }
}

async function rsvp() {
  const { slug } = await anEvent()
  return `rsvp+${capability('reply', must(await signUp(slug, 'anne@theatre.example')).registrationId)}@${domain}`
}

async function hand(port: number, to: string, raw = message) {
  const client = await greeted(port)
  try {
    const from = await client.say('MAIL FROM:<anne@theatre.example>')
    const recipient = from.startsWith('250') ? await client.say(`RCPT TO:<${to}>`) : from
    if (!recipient.startsWith('250')) return recipient
    await client.say('DATA')
    return await client.say(`${raw}.`)
  } finally {
    client.end()
  }
}

describe('whom it takes mail for', () => {
  test('a registration’s address, in whatever case a mail hop wrote it; the message is filed as it came, with its envelope', async () => {
    const { port, came } = await door()
    const to = await rsvp()
    expect(await hand(port, to.toUpperCase(), 'Subject: é\r\n\r\n..dot\r\n')).toMatch(/^250/)
    expect(came).toEqual([{ raw: 'Subject: é\r\n\r\n.dot\r\n', envelope: { way: 'smtp', sender: 'anne@theatre.example', recipients: [to] } }])
  })

  test('bounces, the doctor, the sender of our letters where it lives there, and those that every domain must have', async () => {
    const { port, came } = await door()
    const bounce = `bounce+${capability('bounce', 'x')}@${domain}`
    for (const to of [bounce, doctorsAddress(), `postmaster@${domain}`, 'Postmaster', `rsvp@${domain}`, `abuse@${domain}`]) expect([to, await hand(port, to)]).toEqual([to, expect.stringMatching(/^250/)])
    expect(came).toHaveLength(6)
    expect(await hand(port, 'bonjour@theatre.example')).toMatch(/^550/)
    vi.stubEnv('MAIL_FROM', `Parlons-en <Bonjour@${domain}>`)
    useServer(undefined)
    expect(await hand(port, `bonjour@${domain}`)).toMatch(/^250/)
  })

  test('nobody else: neither a token that is nobody’s, nor another domain, nor a path to one', async () => {
    const { port, came } = await door()
    const to = await rsvp()
    for (const other of [to.replace(/\+./, (begin) => (begin === '+z' ? '+y' : '+z')), to.replace(domain, 'theatre.example'), `anne@${domain}`, `rsvp+x@${domain}`, `${to.replace('@', '%')}@other.example`, `"${to}"@other.example`, `rsvp+${'a'.repeat(32)}@${domain}`, 'anne@theatre.example'])
      expect([other, await hand(port, other)]).toEqual([other, expect.stringMatching(/^5(50 5\.1\.1|01)/)])
    expect(came).toEqual([])
  })

  test('an empty sender, as reports of servers have', async () => {
    const { port, came } = await door()
    const client = await greeted(port)
    expect(await client.say('MAIL FROM:<> SIZE=100')).toMatch(/^250/)
    expect(await client.say(`RCPT TO:<${doctorsAddress()}>`)).toMatch(/^250/)
    await client.say('DATA')
    expect(await client.say(`${message}.`)).toMatch(/^250/)
    expect(came[0].envelope.sender).toBe('')
    client.end()
  })

  test('a mail program of another make hands its message over', async () => {
    const { port, came } = await door()
    const to = await rsvp()
    for (const tls of [{ ignoreTLS: true }, { requireTLS: true, tls: { rejectUnauthorized: false } }]) {
      const transport = createTransport({ host: '127.0.0.1', port, secure: false, ...tls })
      await transport.sendMail({ from: 'anne@theatre.example', to, subject: 'Été', text: 'Bonjour', envelope: { from: 'anne@theatre.example', to: [to, doctorsAddress()] } })
      transport.close()
    }
    expect(came.map(({ envelope }) => envelope.recipients)).toEqual([[to, doctorsAddress()], [to, doctorsAddress()]])
    // The one was encrypted, the other was not.
    expect(vi.mocked(log.info).mock.calls.map(([, fields]) => fields?.encrypted)).toEqual([false, true])
  })

  test('what was said before the encryption counts for nothing after it', async () => {
    const { port } = await door()
    const client = await greeted(port)
    await client.say('MAIL FROM:<eve@theatre.example>')
    client.write(`STARTTLS\r\nRCPT TO:<${doctorsAddress()}>\r\n`)
    expect(await client.hear()).toMatch(/^220/)
    const secure = connect({ socket: client.socket, rejectUnauthorized: false })
    await once(secure, 'secureConnect')
    secure.write('DATA\r\n')
    expect(String((await once(secure, 'data'))[0])).toMatch(/^503/)
    secure.destroy()
  })
})

describe('what it promises', () => {
  test('250 only once the message is kept', async () => {
    const [begun, kept] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const { port } = await door({
      file: async () => {
        begun.resolve()
        await kept.promise
        return { id: 'x', outcome: 'words', again: false }
      },
    })
    let said = ''
    const handing = hand(port, doctorsAddress()).then((answer) => (said = answer))
    await begun.promise
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(said).toBe('')
    kept.resolve()
    expect(await handing).toMatch(/^250/)
  })

  test('451 where it cannot be kept, or not in time: the sender’s server comes again, and the diary names nobody', async () => {
    const warned = allow('warn')
    let away = true
    const { port } = await door({ file: async () => (away ? Promise.reject(new Error('no database at anne@theatre.example')) : { id: 'x', outcome: 'words', again: false }) })
    expect(await hand(port, doctorsAddress())).toMatch(/^451 4\.3\.0/)
    away = false
    expect(await hand(port, doctorsAddress())).toMatch(/^250/)
    const slow = await door({ filing: 100, file: () => new Promise(() => {}) })
    expect(await hand(slow.port, doctorsAddress())).toMatch(/^451 4\.3\.0/)
    expect(JSON.stringify(warned.mock.calls)).not.toContain('@')
    expect(JSON.stringify(vi.mocked(log.info).mock.calls)).not.toContain('@')
  })

  test('451 to a recipient while the database is away', async () => {
    allow('warn')
    const { port, came } = await door()
    const to = await rsvp()
    const away = vi.spyOn(db.registration, 'count').mockRejectedValue(new Error('away'))
    expect(await hand(port, to)).toMatch(/^451 4\.3\.0/)
    away.mockRestore()
    expect(await hand(port, to)).toMatch(/^250/)
    expect(came).toHaveLength(1)
  })

  test('what breaks off in the middle is not filed', async () => {
    const { port, came } = await door()
    const client = await greeted(port)
    await client.say('MAIL FROM:<anne@theatre.example>')
    await client.say(`RCPT TO:<${doctorsAddress()}>`)
    await client.say('DATA')
    client.write('From: anne@theatre.example\r\n\r\nThe first ha')
    await new Promise((resolve) => setTimeout(resolve, 50))
    client.end()
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(came).toEqual([])
    expect(await hand(port, doctorsAddress())).toMatch(/^250/)
  })

  test('several messages over one connection, said without waiting for answers, are each answered in turn', async () => {
    const { port, came } = await door()
    const client = await greeted(port)
    const one = (n: number) => `MAIL FROM:<anne@theatre.example>\r\nRCPT TO:<${doctorsAddress()}>\r\nDATA\r\nSubject: ${n}\r\n\r\n.\r\n`
    client.write(one(1) + one(2))
    const answers = []
    for (let n = 0; n < 8; n++) answers.push((await client.hear()).slice(0, 3))
    expect(answers).toEqual(['250', '250', '354', '250', '250', '250', '354', '250'])
    expect(came.map(({ raw }) => raw)).toEqual(['Subject: 1\r\n\r\n', 'Subject: 2\r\n\r\n'])
    client.end()
  })
})

describe('what it bears', () => {
  test('a message larger than allowed is refused when announced, and when it comes; the next one over the same connection is taken', async () => {
    const { port, came } = await door()
    const client = await greeted(port)
    expect(await client.say('EHLO sender.example')).toContain(`SIZE ${largestMail}`)
    expect(await client.say(`MAIL FROM:<anne@theatre.example> SIZE=${largestMail + 1}`)).toMatch(/^552 5\.3\.4/)
    await client.say('MAIL FROM:<anne@theatre.example>')
    await client.say(`RCPT TO:<${doctorsAddress()}>`)
    await client.say('DATA')
    client.write(`${'x'.repeat(998)}\r\n`.repeat(1200))
    expect(await client.say('.')).toMatch(/^552 5\.3\.4/)
    expect(came).toEqual([])
    await client.say('MAIL FROM:<anne@theatre.example>')
    await client.say(`RCPT TO:<${doctorsAddress()}>`)
    await client.say('DATA')
    expect(await client.say(`${message}.`)).toMatch(/^250/)
    client.end()
  })

  test('fifty at once, some of whom must come again: each message is filed once', async () => {
    const { port, came } = await door({ connectionsOfNetwork: 20 })
    let sentAway = 0
    const insist = async (n: number): Promise<void> => {
      const answer = await hand(port, doctorsAddress(), `Subject: ${n}\r\n\r\n`).catch((error: Error) => error.message)
      if (answer.startsWith('250')) return
      expect(answer).toMatch(/421/)
      sentAway++
      await new Promise((resolve) => setTimeout(resolve, 100 + Math.random() * 200))
      return insist(n)
    }
    await Promise.all(Array.from({ length: 50 }, (_, n) => insist(n)))
    expect(new Set(came.map(({ raw }) => raw)).size).toBe(50)
    expect(came).toHaveLength(50)
    expect(sentAway).toBeGreaterThan(0)
  })

  test('when everybody’s connections are taken, a relay of ours still comes in', async () => {
    const { port } = await door({ connections: 2, connectionsOfNetwork: 50 })
    const idle = [await greeted(port), await greeted(port)]
    expect(await hand(port, doctorsAddress()).catch((error: Error) => error.message)).toMatch(/421/)
    vi.stubEnv('TRUSTED_PROXIES', '127.0.0.0/8')
    useServer(undefined)
    expect(await hand(port, doctorsAddress())).toMatch(/^250/)
    for (const line of idle) line.end()
  })

  test('never more are read at once than can be read in time', async () => {
    let now = 0
    let most = 0
    const { port } = await door({ filed: 3, connectionsOfNetwork: 50, file: async () => {
      most = Math.max(most, ++now)
      await new Promise((resolve) => setTimeout(resolve, 30))
      now--
      return { id: 'x', outcome: 'words', again: false }
    } })
    expect((await Promise.all(Array.from({ length: 15 }, () => hand(port, doctorsAddress())))).every((answer) => answer.startsWith('250'))).toBe(true)
    expect(most).toBe(3)
  })

  test('a network that sends without end, or guesses at addresses, is told to wait; a relay of ours is not', async () => {
    const { port } = await door()
    const many = async (count: number, to: string) => {
      const client = await greeted(port)
      const answers: string[] = []
      for (let n = 0; n < count; n++) {
        if (!(await client.say('MAIL FROM:<anne@theatre.example>')).startsWith('250')) return [...answers, 'refused']
        answers.push(await client.say(`RCPT TO:<${to}>`))
        if (answers.at(-1)?.startsWith('421')) return answers
        await client.say('RSET')
      }
      client.end()
      return answers
    }
    const guesses = await many(80, `rsvp+${'a'.repeat(32)}@${domain}`)
    expect(guesses.filter((answer) => answer.startsWith('550'))).toHaveLength(60)
    expect(guesses.at(-1)).toMatch(/^421/)
    expect((await many(600, doctorsAddress())).at(-1)).toBe('refused')
    expect(await hand(port, doctorsAddress())).toMatch(/^450/)
    vi.stubEnv('TRUSTED_PROXIES', '127.0.0.0/8')
    useServer(undefined)
    expect(await hand(port, doctorsAddress())).toMatch(/^250/)
  })

  test('more recipients than anybody has who answers', async () => {
    const { port } = await door()
    const client = await greeted(port)
    await client.say('MAIL FROM:<anne@theatre.example>')
    const answers: string[] = []
    for (let n = 0; n < 12; n++) answers.push(await client.say(`RCPT TO:<bounce+${capability('bounce', String(n))}@${domain}>`))
    expect(answers.map((answer) => answer.slice(0, 3))).toEqual([...Array<string>(10).fill('250'), '452', '452'])
    client.end()
  })

  test('who says nothing, talks before being greeted, speaks the web’s language or a log-in’s, or words without end', async () => {
    const { port } = await door({ silence: 300, connection: 1_500 })
    const silent = await greeted(port)
    expect(await silent.hear()).toMatch(/^421/)
    const early = await talk(port)
    early.write('EHLO early.example\r\n')
    expect(await early.hear()).toMatch(/^421/)
    const web = await greeted(port)
    expect(await web.say('POST / HTTP/1.1')).toMatch(/^421/)
    const account = await greeted(port)
    expect(await account.say('AUTH PLAIN AGEAYg==')).toMatch(/^5/)
    expect(await account.say('VRFY <anne@theatre.example>')).not.toMatch(/^250/)
    const endless = await greeted(port)
    endless.write('MAIL FROM:<'.padEnd(100_000, 'x'))
    expect(await endless.hear()).toMatch(/^421/)
    // A byte now and then keeps nobody in for ever.
    const dripping = await greeted(port)
    const drip = setInterval(() => dripping.write('N'), 100)
    const begun = Date.now()
    while ((await dripping.hear(5_000)) !== 'over');
    clearInterval(drip)
    expect(Date.now() - begun).toBeLessThan(3_000)
  })
})

describe('when it ends', () => {
  test('what is being handed over is filed and answered; the idle are sent away at once; nobody new is let in', async () => {
    const kept = Promise.withResolvers<void>()
    const { port, stop } = await door({ closing: 4_000, file: () => kept.promise.then(() => ({ id: 'x', outcome: 'words', again: false })) })
    const idle = await greeted(port)
    const handing = hand(port, doctorsAddress())
    await new Promise((resolve) => setTimeout(resolve, 300))
    const stopped = stop()
    expect(await idle.hear(1_000)).toMatch(/^421/)
    await expect(greeted(port)).rejects.toThrow()
    kept.resolve()
    expect(await handing).toMatch(/^250/)
    const begun = Date.now()
    await stopped
    expect(Date.now() - begun).toBeLessThan(2_000)
  })

  test('who does not finish is cut off', async () => {
    const { port, stop } = await door({ closing: 300, file: () => new Promise(() => {}) })
    const handing = hand(port, doctorsAddress())
    await new Promise((resolve) => setTimeout(resolve, 300))
    const begun = Date.now()
    await stop()
    expect(Date.now() - begun).toBeLessThan(1_500)
    expect(await handing).toMatch(/^(421|over)/)
  })

  test('a port that is taken is said at once', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    cleanUps.push(() => other.close())
    await expect(door({ port: portOf(other) })).rejects.toThrow('EADDRINUSE')
  })
})
