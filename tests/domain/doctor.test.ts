import { createServer } from 'node:net'
import { createTransport } from 'nodemailer'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { config } from '@/lib/config'
import { db } from '@/lib/db'
import { fileMail } from '@/lib/inbox/file'
import { listen } from '@/lib/inbox/listen'
import { doctorsAddress } from '@/lib/inbox/recipient'
import { deliverDue } from '@/lib/mail/deliver'
import { type Complaint, doctor, type Examined, examine } from '@/server/doctor'
import { startDns, type Zone } from '@/tests/support/dns'
import { startImap } from '@/tests/support/imap'
import { allow, cleanUps, compose, deafPort, portOf, smtp, useServer, write } from '@/tests/support/mail'
import { startSmtp } from '@/tests/support/smtp'

const key = `v=DKIM1; k=rsa; p=${Buffer.alloc(294, 7).toString('base64')}`
const healthy: Zone = {
  'theatre.example': { mx: [[10, 'mx1.provider.example'], [20, 'mx2.provider.example']], txt: ['v=spf1 include:_spf.provider.example -all', 'something-verification=1'] },
  'answers.theatre.example': { mx: [[10, 'mx1.provider.example']], txt: ['v=spf1 include:_spf.provider.example -all'] },
  's1._domainkey.theatre.example': { txt: [key] },
  's1._domainkey.answers.theatre.example': { txt: [key] },
  '_dmarc.theatre.example': { txt: ['v=DMARC1; p=quarantine; rua=mailto:dmarc@theatre.example'] },
}

beforeEach(() => {
  vi.stubEnv('APP_URL', 'https://parlons-en.theatre.example')
  vi.stubEnv('MAIL_FROM', 'Parlons-en <bonjour@theatre.example>')
  vi.stubEnv('REPLY_DOMAIN', 'answers.theatre.example')
  vi.stubEnv('DATA_DIR', '.')
})
afterEach(() => {
  vi.unstubAllEnvs()
  useServer(undefined)
})

async function found(zone: Zone, complaint: Complaint = {}) {
  const dns = await startDns(zone)
  cleanUps.push(dns.stop)
  const said: Examined[] = []
  for await (const one of examine({ selector: 's1', dnsServers: [dns.server], patienceMs: 3_000, ...complaint })) said.push(one)
  return { said, wrong: said.filter(({ level }) => level === 'wrong').map(({ says }) => says), about: (about: string) => said.filter((one) => one.about === about) }
}

/** A server that takes one account. */
async function withAccounts(options: { hidesTls?: boolean } = {}) {
  const server = new SMTPServer({
    disabledCommands: options.hidesTls ? ['STARTTLS'] : [],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, callback) => (username === 'us' && password === 'right' ? callback(null, { user: 'us' }) : callback(new Error('Wrong password'))),
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUps.push(() => new Promise<void>((resolve) => server.close(resolve)))
  return portOf(server.server)
}

describe('where all is well', () => {
  test('nothing is wrong, each part is named, and a letter leaves', async () => {
    const { received } = await smtp()
    const delivering = setInterval(() => void deliverDue(compose), 200)
    cleanUps.push(() => clearInterval(delivering))
    const { wrong, said } = await found(healthy, { address: 'anne@theatre.example' })
    expect(wrong).toEqual([])
    expect([...new Set(said.map(({ about }) => about))]).toEqual(['The settings', 'The database', 'The disk', 'The mail server', 'The domains', 'The outbox', 'A letter'])
    expect(said.filter(({ says }) => /DKIM key stands|SPF:|DMARC record|receives mail/.test(says))).toHaveLength(8)
    expect(said.at(-2)?.says).toMatch(/took a letter to anne@theatre.example/)
    expect(said.at(-1)?.says).toMatch(/No answer to it is waited for/)
    expect(received.map(({ subject, recipients }) => [subject, recipients])).toEqual([['Un message d’essai', ['anne@theatre.example']]])
  })

  test('the command says it in words and answers by its exit code', async () => {
    const lines: string[] = []
    vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line))
    await smtp()
    vi.stubEnv('MAIL_FROM', '')
    vi.stubEnv('REPLY_DOMAIN', '')
    vi.stubEnv('APP_URL', '')
    useServer(undefined)
    expect(await doctor([])).toBe(0)
    expect(lines.join('\n')).toMatch(/note {3}SMTP_URL is not set[^]*Nothing wrong was found/)
    vi.stubEnv('APP_URL', 'http://theatre.example')
    useServer(undefined)
    expect(await doctor([])).toBe(1)
    expect(lines.join('\n')).toMatch(/WRONG {2}APP_URL is http:\/\/theatre.example, without encryption/)
    await expect(doctor(['anne@theatre.example, eve@theatre.example'])).rejects.toThrow('no address')
    await expect(doctor(['--selector'])).rejects.toThrow('Say doctor')
  })
})

describe('the domains', () => {
  beforeEach(async () => void (await smtp()))

  test('that are not there: each record that is missing is said, with what to publish', async () => {
    const { wrong } = await found({})
    expect(wrong).toHaveLength(8)
    expect(wrong.join('\n')).toMatch(/neither MX nor address[^]*no SPF record[^]*no DKIM key[^]*publish a TXT record at _dmarc.theatre.example/)
  })

  test('one of which has a slip: that alone is wrong', async () => {
    const { wrong } = await found({ ...healthy, 'theatre.example': { ...healthy['theatre.example'], txt: ['v=spf1 mx +all'] } })
    expect(wrong).toEqual([expect.stringContaining('lets anybody send in its name')])
  })

  test('without a selector the key is not guessed at', async () => {
    const { about } = await found(healthy, { selector: undefined })
    expect(about('The domains').filter(({ level, says }) => level === 'note' && says.includes('--selector'))).toHaveLength(2)
  })

  test('of which the DNS says nothing: that is said, and nothing is made up', async () => {
    const { about } = await found(healthy, { dnsServers: [`127.0.0.1:${await deafPort()}`] })
    expect(about('The domains').map(({ level, says }) => [level, /does not answer about/.test(says)])).toEqual([['wrong', true], ['wrong', true]])
  }, 40_000)
})

describe('the mail server', () => {
  const server = async (url: string) => {
    useServer(url)
    return (await found(healthy)).about('The mail server').map(({ level, says }) => `${level}: ${says}`).join('\n')
  }

  test('that is not there, or is none, waits for nobody’s letters in vain: it is said', async () => {
    expect(await server(`smtp://127.0.0.1:${await deafPort()}`)).toMatch(/^wrong: 127.0.0.1, port \d+, does not answer/)
    const web = createServer((line) => line.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'))
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
    cleanUps.push(() => web.close())
    expect(await server(`smtp://127.0.0.1:${portOf(web)}`)).toMatch(/^wrong: .*does not answer as a mail server/)
  })

  test('that refuses our log-in, takes it, or has a certificate that nobody vouches for', async () => {
    // The package warns that its certificate is known to everybody: that is what is wanted.
    vi.spyOn(console, 'error').mockImplementation(() => {})
    const plain = await withAccounts({ hidesTls: true })
    expect(await server(`smtp://us:wrong@127.0.0.1:${plain}`)).toMatch(/wrong: It refuses our log-in: .*Wrong password/)
    expect(await server(`smtp://us:right@127.0.0.1:${plain}`)).toMatch(/note: The connection is not encrypted[^]*good: It takes our log-in/)
    expect(await server(`smtp://us:right@127.0.0.1:${await withAccounts()}`)).toMatch(/^wrong: .*certificate/i)
    expect(await server(`smtp://us:right@127.0.0.1:${await withAccounts()}/?tls.rejectUnauthorized=false`)).toMatch(/good: The connection is encrypted[^]*good: It takes our log-in/)
  })
})

describe('the outbox and the letter', () => {
  test('letters that nobody sends are noticed, and what was refused for good', async () => {
    await smtp()
    await write({ dueAt: new Date(Date.now() - 3_600_000) })
    await write()
    await db.letter.updateMany({ where: { dueAt: { gt: new Date(Date.now() - 60_000) } }, data: { status: 'failed' } })
    const { about } = await found(healthy)
    expect(about('The outbox').map(({ level, says }) => [level, says])).toEqual([
      ['wrong', expect.stringMatching(/1 letters are due, the first since 60 minutes/)],
      ['note', expect.stringMatching(/^1 of the last seven days/)],
    ])
  })

  test('a letter that nobody takes, that is refused, or that cannot leave yet, is told from one that left', async () => {
    await smtp()
    const letter = async () => (await found(healthy, { address: 'anne@theatre.example', patienceMs: 900 })).about('A letter')[0]
    expect((await letter()).says).toMatch(/Nobody took the letter/)
    allow('warn')
    useServer(`smtp://127.0.0.1:${await deafPort()}`)
    const delivering = setInterval(() => void deliverDue(compose), 200)
    cleanUps.push(() => clearInterval(delivering))
    expect((await letter()).says).toMatch(/has not left yet: .*ECONNREFUSED/)
  })
})

describe('the ways in', () => {
  beforeEach(async () => void (await smtp()))

  async function ways(variables: Record<string, string>, complaint: Complaint = {}) {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
    useServer(config().smtpUrl)
    const { about } = await found(healthy, complaint)
    return (group: string) => about(group).map(({ level, says }) => `${level}: ${says}`).join('\n')
  }

  test('where none is set nothing is said of them, and invitations ask for no answer', async () => {
    const say = await ways({})
    expect(say('The ways in')).toBe('')
    expect(say('The settings')).toMatch(/note: Answers of calendars are not read/)
  })

  test('a listener that is there takes what is ours; one that is not, or is another’s program, is said', async () => {
    const listener = await listen({ port: 0, file: fileMail })
    cleanUps.push(listener.stop)
    expect((await ways({ INBOUND_SMTP_PORT: String(listener.port) }))('The ways in')).toBe(`good: The listener on port ${listener.port} takes what is addressed to us.`)
    expect((await ways({ INBOUND_SMTP_PORT: String(await deafPort()) }))('The ways in')).toMatch(/^wrong: The listener on port \d+ does not answer \(.*is the server running/)
    const { url } = await startSmtp().then((other) => (cleanUps.push(other.stop), other))
    expect((await ways({ INBOUND_SMTP_PORT: new URL(url).port }))('The ways in')).toMatch(/wrong: .*does not refuse what is addressed to nobody here/)
  })

  test('a mailbox that opens, refuses us, lacks the folder, or is not there', async () => {
    const box = await startImap()
    cleanUps.push(box.stop)
    await box.deliver('Subject: x\r\n\r\nWords\r\n')
    expect((await ways({ IMAP_URL: box.url }))('The ways in')).toMatch(/^good: The mailbox at 127\.0\.0\.1:\d+, folder INBOX, opens; 1 messages wait to be filed\.$/)
    expect((await box.messages())[0].flags).toEqual([])
    expect((await ways({ IMAP_URL: box.url.replace('INBOX', 'Answers') }))('The ways in')).toMatch(/^wrong: .*folder Answers, has no such folder/)
    expect((await ways({ IMAP_URL: box.url.replace('se%3A', 'xx') }))('The ways in')).toMatch(/^wrong: .*refuses our log-in/)
    expect((await ways({ IMAP_URL: `imap://a:b@127.0.0.1:${await deafPort()}` }))('The ways in')).toMatch(/^wrong: .*does not answer/)
  })

  test('a letter to ourselves that comes back is seen, and one that does not', async () => {
    const server = await smtp()
    const listener = await listen({ port: 0, file: fileMail })
    cleanUps.push(listener.stop)
    const delivering = setInterval(() => void deliverDue(compose), 200)
    cleanUps.push(() => clearInterval(delivering))
    vi.stubEnv('INBOUND_SMTP_PORT', String(listener.port))
    useServer(server.url)
    // The provider's relay, which leads mail to our domain here.
    const relayed = server.next(({ recipients }) => recipients[0] === doctorsAddress()).then(async ({ raw, sender }) => {
      const transport = createTransport({ host: '127.0.0.1', port: listener.port, tls: { rejectUnauthorized: false } })
      await transport.sendMail({ envelope: { from: sender, to: [doctorsAddress()] }, raw })
      transport.close()
    })
    const { about } = await found(healthy, { address: 'anne@theatre.example', patienceMs: 8_000 })
    await relayed
    expect(about('Its answer').map(({ level, says }) => `${level}: ${says}`)).toEqual([expect.stringMatching(/^good: .*came back by the listener\.$/)])
    expect(await db.incomingMail.findMany({ select: { awaits: true, outcome: true } })).toEqual([{ awaits: false, outcome: 'automatic' }])

    const lost = await found(healthy, { address: 'anne@theatre.example', patienceMs: 1_500 })
    expect(lost.about('Its answer').map(({ level, says }) => `${level}: ${says}`)).toEqual([expect.stringMatching(/^wrong: .*has not come back within 2 seconds: does mail to answers\.theatre\.example lead here/)])
  })
})
