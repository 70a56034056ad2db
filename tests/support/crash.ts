import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { chmod, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from '@/server/ports'
import { runningPostgres } from '@/server/postgres'
import { type App, startApp } from './app'
import { formBody, send } from './http'
import { startSmtp } from './smtp'

export type Plan = {
  people: number
  kills: number
  /** Decides the moments and what is killed. */
  seed: number
  /** A letter that was on its way is leased for a minute: true lets that minute be over at once. */
  hurry?: boolean
  say?: (line: string) => void
}

export type Report = Awaited<ReturnType<typeof crash>>

const atOnce = 12
const kinds = ['program', 'postgres', 'both'] as const
/** Letters that leave within this before a kill were on their way: their mark was perhaps not written. */
const onTheWay = 5_000

/**
 * People register by form and API; now and then the program, its Postgres or both are killed (SIGKILL) and started anew.
 * Then it is counted what became of every answer and of every letter.
 */
export async function crash({ people, kills, seed, hurry = false, say = () => {} }: Plan) {
  const random = randomOf(seed)
  const smtp = await startSmtp()
  const port = await freePort()
  const dataDir = await mkdtemp(join(tmpdir(), 'parlons-en-crash-'))
  await chmod(dataDir, 0o711)
  const begin = () => startApp({ SEED: 'none', PORT: String(port), DATA_DIR: dataDir, SMTP_URL: smtp.url, RATE_LIMITS: 'off' })
  let app = await begin()
  try {
    const seats = Math.floor(people * 0.8)
    const { slug, token } = await anEvent(app, seats)
    const moments = Array.from({ length: kills }, () => Math.floor(people * (0.05 + 0.9 * random()))).sort((a, b) => a - b)
    const killedAt: number[] = []
    const answered = new Map<string, string>()
    const lost: string[] = []
    const queue = Array.from({ length: people }, (_, n) => n)
    let begun = 0
    let up: Promise<unknown> = Promise.resolve()

    const restart = async (kind: (typeof kinds)[number]) => {
      killedAt.push(Date.now())
      await kill(app, kind, Math.floor(random() * 400))
      app = await begin()
      say(`${kind} killed after ${answered.size} answers, up again in ${Date.now() - killedAt.at(-1)!} ms`)
    }
    const somebody = async () => {
      for (let n = queue.shift(); n !== undefined; n = queue.shift()) {
        await up
        if (moments.length > 0 && begun >= moments[0]) {
          moments.shift()
          // Not at once: the request that follows is on its way when it happens.
          up = new Promise((resolve) => setTimeout(resolve, random() * 60)).then(() => restart(kinds[Math.floor(random() * kinds.length)]))
        }
        begun++
        const address = `crash-${n}@example.org`
        const answer = await register(app.url, slug, n, address)
        // Nobody was reached: this person comes again when the door is open.
        if (answer === 'unreached') queue.push(n)
        else if (answer === 'lost') lost.push(address)
        else answered.set(address, answer)
        if (answer === 'unreached') await new Promise((resolve) => setTimeout(resolve, 50))
      }
    }
    await Promise.all(Array.from({ length: atOnce }, somebody))
    await up
    const since = Date.now()
    if (hurry) await overLeases(dataDir, killedAt.at(-1) ?? since)
    const rows = await registered(app, slug, token)
    const expected = new Set(rows.filter(({ status }) => status === 'confirmed' || status === 'waitlisted').map(({ email }) => email))
    const seconds = await untilAllReached(smtp, expected, since)
    const violations = (await app.admin('check')).stdout.trim()

    const copies = Map.groupBy(smtp.received.map((mail) => ({ id: mail.messageId ?? '', to: mail.recipients[0], at: mail.at })), ({ to }) => to)
    const repeats = [...copies.values()].flatMap((letters) => [...Map.groupBy(letters, ({ id }) => id).values()].filter((same) => same.length > 1))
    const missing = [...answered.keys()].filter((address) => !rows.some(({ email, status }) => email === address && status === answered.get(address)))
    return {
      answered: answered.size,
      cutOff: lost.length,
      registered: rows.length,
      confirmed: rows.filter(({ status }) => status === 'confirmed').length,
      seats,
      kills: killedAt.length,
      /** Promised and not there. Must be none. */
      missing,
      /** Seconds from the last start until the last letter had arrived; null where one never did. */
      seconds,
      unreached: [...expected].filter((address) => !copies.has(address)),
      repeated: repeats.length,
      /** Repeated though they had left long before any kill. Must be none. */
      needless: repeats.filter(([first]) => !killedAt.some((at) => first.at >= at - onTheWay && first.at <= at + onTheWay)).map(([{ to }]) => to),
      /** Told under two Message-IDs. Must be none. */
      twice: [...copies].filter(([, letters]) => new Set(letters.map(({ id }) => id)).size > 1).map(([to]) => to),
      violations,
    }
  } finally {
    await app.stop()
    await smtp.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function anEvent(app: App, capacity: number) {
  await app.admin('organiser', 'camille@example.org')
  const token = (await app.admin('token', 'camille@example.org', 'crash')).lastLine
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const day = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10)
  const body = JSON.stringify({ title: 'Une panne', startsAt: `${day}T09:00`, endsAt: `${day}T10:00`, timeZone: 'Europe/Paris', mode: 'online', capacity, waitlist: true })
  const made = await send(`${app.url}/api/v1/events`, { method: 'POST', headers, body })
  const { slug } = JSON.parse(made.text) as { slug: string }
  await send(`${app.url}/api/v1/events/${slug}/publish`, { method: 'POST', headers })
  return { slug, token }
}

/** By API or by form, in turns; `lost` where the connection broke or the answer was no yes: nothing was promised. */
async function register(url: string, slug: string, n: number, email: string): Promise<string> {
  const person = { name: `Personne ${n}`, email }
  try {
    if (n % 2 === 0) {
      const { status, text } = await send(`${url}/api/v1/events/${slug}/registrations`, { method: 'POST', body: JSON.stringify(person), headers: { 'Content-Type': 'application/json' } })
      return status === 201 ? (JSON.parse(text) as { status: string }).status : 'lost'
    }
    const { status, headers } = await send(`${url}/rendez-vous/${slug}/inscription`, { method: 'POST', body: formBody(person), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })
    // Any other word says that it was not taken, and keeps what was typed.
    const said = /[?&]reponse=(confirmed|waitlisted)\b/.exec(headers.get('location') ?? '')?.[1]
    return status === 303 && said ? said : 'lost'
  } catch (error) {
    return (error as { code?: string }).code === 'ECONNREFUSED' ? 'unreached' : 'lost'
  }
}

/** Kills the program, its Postgres or both with SIGKILL; resolves when they are gone. */
export async function kill(app: App, kind: (typeof kinds)[number], pause = 0) {
  const postmaster = Number.parseInt(readFileSync(join(app.dataDir, 'postgres/postmaster.pid'), 'utf8'), 10)
  const program = app.pid === undefined ? [] : [app.pid, ...childrenOf(app.pid, /server\.ts/)]
  if (kind !== 'program') end(postmaster)
  // Without its database the program answers for a moment still.
  if (kind === 'postgres') await new Promise((resolve) => setTimeout(resolve, pause))
  for (const pid of program) end(pid)
  await app.stop('SIGKILL')
  for (const begun = Date.now(); Date.now() - begun < 20_000 && isAlive(postmaster); ) await new Promise((resolve) => setTimeout(resolve, 20))
}

function childrenOf(parent: number, what: RegExp): number[] {
  const lines = spawnSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).stdout.trim().split('\n')
  return lines.flatMap((line) => {
    const [pid, ppid, ...words] = line.trim().split(/\s+/)
    return Number(ppid) === parent && what.test(words.join(' ')) ? [Number(pid)] : []
  })
}

function end(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It was quicker.
  }
}

function isAlive(pid: number) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function registered(app: App, slug: string, token: string) {
  const { text } = await send(`${app.url}/api/v1/events/${slug}/registrations`, { headers: { Authorization: `Bearer ${token}` } })
  return (JSON.parse(text) as { data: { email: string; status: string }[] }).data
}

/** What the dead held is free: their leases of a minute were taken before the last of them was killed. */
async function overLeases(dataDir: string, killedAt: number) {
  const client = new pg.Client({ connectionString: await runningPostgres(dataDir) })
  await client.connect()
  await client.query(`UPDATE "Letter" SET "leaseUntil" = now() - interval '1 second' WHERE status = 'sending' AND "leaseUntil" < $1`, [new Date(killedAt + 60_000)])
  await client.end()
}

async function untilAllReached(smtp: { received: { recipients: string[] }[] }, expected: Set<string>, since: number) {
  for (; Date.now() - since < 120_000; await new Promise((resolve) => setTimeout(resolve, 100))) {
    const reached = new Set(smtp.received.flatMap(({ recipients }) => recipients))
    if ([...expected].every((address) => reached.has(address))) return (Date.now() - since) / 1000
  }
  return null
}

/** Mulberry32: small, and the same everywhere. */
export function randomOf(seed: number) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
