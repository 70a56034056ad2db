import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { parseAddress } from '@/lib/address'
import { config } from '@/lib/config'
import { db } from '@/lib/db'
import type { Reading } from '@/lib/mail/domain-records'
import { greetServer } from '@/lib/mail/greet-server'
import { letterById, outboxState } from '@/lib/mail/queries'
import { writeTest } from '@/lib/mail/write-test'
import { examineWayBack, examineWaysIn } from './doctor-answers'
import { askDns, examineDomain } from './doctor-dns'
import { Sentence } from './sentence'

export type Examined = { about: string } & Reading

export type Complaint = {
  /** Where a letter is sent, to see that it leaves. */
  address?: string
  /** Under which the mail provider published its DKIM key. */
  selector?: string
  /** DNS servers, as `192.0.2.1:53`; those of the machine if not given. */
  dnsServers?: string[]
  /** How long a letter may take to leave. */
  patienceMs?: number
}

const marks = { good: 'ok   ', note: 'note ', wrong: 'WRONG' }

/** Says what it finds as it finds it. Exit code 1 if anything is wrong. */
export async function doctor(words: string[]): Promise<number> {
  let isWell = true
  let last = ''
  for await (const { about, level, says } of examine(readComplaint(words))) {
    if (about !== last) console.log(`${last ? '\n' : ''}${about}`)
    console.log(`  ${marks[level]}  ${says}`)
    last = about
    if (level === 'wrong') isWell = false
  }
  console.log(isWell ? '\nNothing wrong was found.' : '\nSomething is wrong: see the lines that say so.')
  return isWell ? 0 : 1
}

export async function* examine(complaint: Complaint): AsyncGenerator<Examined> {
  yield* all('The settings', examineSettings())
  yield* all('The database', await examineDatabase())
  yield* all('The disk', await examineDisk())
  yield* all('The mail server', await examineServer())
  yield* all('The ways in', await examineWaysIn())
  yield* all('The domains', await examineDomains(complaint))
  yield* all('The outbox', await examineOutbox())
  yield* all('A letter', await examineWayOut(complaint))
  if (complaint.address && config().answersRead) yield* all('Its answer', await examineWayBack(complaint.patienceMs ?? 60_000))
}

function* all(about: string, readings: Reading[]) {
  for (const reading of readings) yield { about, ...reading }
}

function readComplaint(words: string[]): Complaint {
  const rest = [...words]
  const at = rest.indexOf('--selector')
  const [, selector] = at >= 0 ? rest.splice(at, 2) : []
  if (rest.length > 1 || (at >= 0 && !/^[a-z0-9._-]{1,100}$/i.test(selector ?? ''))) throw new Sentence('Say doctor [<email>] [--selector <name>].')
  if (rest.length === 0) return { selector }
  const address = parseAddress(rest[0])
  if (!address.ok) throw new Sentence(`"${rest[0]}" is no address that can be written to: ${address.reason}.`)
  return { selector, address: address.address }
}

const good = (says: string): Reading => ({ level: 'good', says })
const note = (says: string): Reading => ({ level: 'note', says })
const wrong = (says: string): Reading => ({ level: 'wrong', says })
const isHome = (host: string) => host === 'localhost' || host.endsWith('.localhost') || /^(127\.|\[?::1\]?$)/.test(host)

function examineSettings(): Reading[] {
  const { appUrl, mailFrom, replyDomain, smtpUrl, rateLimits, answersRead } = config()
  const { protocol, hostname } = new URL(appUrl)
  return [
    isHome(hostname)
      ? note(`APP_URL is ${appUrl}: the links of letters work on this machine alone.`)
      : protocol === 'https:'
        ? good(`APP_URL is ${appUrl}.`)
        : wrong(`APP_URL is ${appUrl}, without encryption: links of letters open registrations, so put a proxy with TLS before it and say https://.`),
    mailFrom.address.endsWith('.localhost')
      ? (smtpUrl ? wrong : note)(`MAIL_FROM is not set: letters come from ${mailFrom.address}, which is nowhere.`)
      : good(`Letters come from ${mailFrom.name} <${mailFrom.address}>, invitations from rsvp+…@${replyDomain}.`),
    answersRead
      ? good(`Answers of calendars to ${replyDomain} are read.`)
      : note('Answers of calendars are not read: invitations ask for none and say so.'),
    ...(rateLimits ? [] : [wrong('RATE_LIMITS is off: anybody may fill the mailboxes of others. It is meant for load tests only.')]),
  ]
}

async function examineDatabase(): Promise<Reading[]> {
  const asked = Date.now()
  const rows = await db.$queryRaw<{ number: number; words: string; now: Date }[]>`
    SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS words, clock_timestamp() AS now`
  const answered = Date.now()
  const [{ number, words, now }] = rows
  const skew = Math.max(0, now.getTime() - answered, asked - now.getTime()) / 1000
  return [
    number >= 150_000 ? good(`PostgreSQL ${words.split(' ')[0]}.`) : wrong(`PostgreSQL ${words.split(' ')[0]}: version 15 or later is needed.`),
    skew < 1
      ? good('Its clock and ours agree.')
      : (skew < 30 ? note : wrong)(`Its clock and ours differ by ${Math.round(skew)} seconds: letters and reminders go by the one, offers and closings by the other. Keep both by NTP.`),
  ]
}

async function examineDisk(): Promise<Reading[]> {
  const { dataDir } = config()
  try {
    // With a database elsewhere the first start may not have needed it yet.
    const { bavail, bsize } = await statfs(existsSync(dataDir) ? dataDir : dirname(resolve(dataDir)))
    const megabytes = Math.floor((bavail * bsize) / 1e6)
    const says = `${megabytes.toLocaleString('en')} MB are free where DATA_DIR is (${dataDir}).`
    return [megabytes < 200 ? wrong(`Only ${says}`) : megabytes < 2_000 ? note(says) : good(says)]
  } catch (error) {
    return [wrong(`DATA_DIR (${dataDir}) cannot be looked at: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}.`)]
  }
}

async function examineServer(): Promise<Reading[]> {
  const { smtpUrl } = config()
  if (smtpUrl === undefined) return [note('SMTP_URL is not set: letters are kept in the built-in mailbox and reach nobody.')]
  const greeting = await greetServer(smtpUrl)
  const where = `${greeting.host}, port ${greeting.port},`
  if (!greeting.answers) return [wrong(`${where} does not answer as a mail server: ${greeting.why}. Letters wait until it does; none is lost.`)]
  const logIn = greeting.loggedIn
  return [
    good(`${where} answers.`),
    greeting.encrypted
      ? good('The connection is encrypted.')
      : isHome(greeting.host)
        ? note('The connection is not encrypted; it does not leave this machine.')
        : (logIn === null ? note : wrong)(`The connection is not encrypted: letters${logIn === null ? '' : ' and the password'} can be read on their way. Use smtps://, or a port that offers STARTTLS.`),
    logIn === null
      ? greeting.takesLogIns && !isHome(greeting.host)
        ? note('SMTP_URL holds no account, and the server takes log-ins: it may refuse to send for us.')
        : good('It needs no log-in.')
      : logIn
        ? good('It takes our log-in.')
        : wrong(`It refuses our log-in: ${greeting.refusal}. Letters wait until SMTP_URL is mended; none is lost.`),
  ]
}

async function examineDomains({ selector, dnsServers }: Complaint): Promise<Reading[]> {
  const { mailFrom, replyDomain, smtpUrl } = config()
  const domains = [...new Set([mailFrom.address.split('@')[1].toLowerCase(), replyDomain])].filter((domain) => !isHome(domain))
  if (domains.length === 0) return [(smtpUrl ? wrong : note)('No domain of mail is set: there is nothing to look up.')]
  const dns = askDns(dnsServers)
  return (await Promise.all(domains.map((domain) => examineDomain(domain, selector, dns)))).flat()
}

async function examineOutbox(): Promise<Reading[]> {
  const { due, later, retrying, oldest, failed } = await outboxState()
  return [
    oldest > 300
      ? wrong(`${due} letters are due, the first since ${Math.round(oldest / 60)} minutes: is the server running?`)
      : good(`${due} letters are due, ${later} wait for their time.`),
    ...(retrying > 0 ? [note(`${retrying} could not leave so far and are tried again.`)] : []),
    ...(failed > 0 ? [note(`${failed} of the last seven days were refused for good: each event's list says which, in the server's words.`)] : []),
  ]
}

async function examineWayOut({ address, patienceMs = 60_000 }: Complaint): Promise<Reading[]> {
  if (!address) return [note('None was sent: say an address to try it, as doctor anne@example.org.')]
  const id = await writeTest(address)
  const end = Date.now() + patienceMs
  let letter = await letterById(id)
  while (letter && ['queued', 'sending'].includes(letter.status) && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, 300))
    letter = await letterById(id)
  }
  if (letter?.status === 'failed') return [wrong(`The letter to ${address} was refused: ${letter.lastError}.`)]
  if (letter?.status !== 'sent') {
    return [wrong(letter?.lastError ? `The letter to ${address} has not left yet: ${letter.lastError}. It is tried again.` : `Nobody took the letter to ${address}: is the server running beside this command?`)]
  }
  if (config().smtpUrl === undefined) return [good('A letter was written; it is in the built-in mailbox.')]
  return [
    good(`The mail server took a letter to ${address}. Look whether it arrives, and not among the spam.`),
    ...(config().answersRead ? [] : [note('No answer to it is waited for: answers are not read here.')]),
  ]
}
