import { type Letter, render } from '@/emails'
import { foldAddress } from '@/lib/address'
import { config } from '@/lib/config'
import { db } from '@/lib/db'
import { log } from '@/lib/log'
import { claim, giveBack, held, isFresh, type LetterRow, stillOurs } from './claim'
import { giveWay } from './give-way'
import { recipientProblem } from './mime'
import { unreachableAmong } from './queries'
import { isAboutUs, isAskedFor, isFinal, isSecret, pauseAfter, plainKind, withoutCapabilities } from './rules'
import { closeTransport, lanes, send, type SendResult } from './send'
import { heardFromServer, isServerAway, lookForServer, serverIsAway } from './watch-server'

export type { LetterRow } from './claim'

/** What a letter says, made when its turn comes from what is true then. */
export type Composed = {
  letter: Letter
  /** The house's own address if not given; an invitation comes from its ORGANIZER (RFC 5546 2.1.1). */
  from?: { name: string; address: string }
  calendar?: Invited
  /** The address that a mail program posts to where its reader wants no more of these (RFC 8058). */
  listUnsubscribe?: string
}

export type Invited = {
  method: 'REQUEST' | 'CANCEL'
  content: string
  /** What it is numbered, and the event's own part of that: kept with the letter, so that an answer tells which version it answers. */
  sequence: number
  eventSequence: number
  startsAt: Date
}

/** Null: nothing left to say (a seat confirmed, then cancelled before the letter left). */
export type Compose = (letter: LetterRow) => Promise<Composed | null>

const batch = 20
const lookEveryMs = 1_000
/** A letter that found no server is tried again when there is one, and not in this very moment. */
const breathMs = 5_000

/** Handles all letters that are due now; how many it handled. Safe to run in any number of processes at once. */
export async function deliverDue(compose: Compose): Promise<number> {
  await lookForServer({ atOnce: true })
  return drain(compose, serverIsAway)
}

/**
 * Delivers until stopped: at once while there is work, otherwise looks once a second. `healthy` is false while the
 * outbox cannot be read or the SMTP server does not answer. `stop` lets the letters under way finish.
 */
export function startDelivery(compose: Compose) {
  let stopping = false
  let wake = () => {}
  const running = (async () => {
    while (!stopping) {
      await lookForServer()
      const handled = await drain(compose, () => stopping || serverIsAway()).then(seen, unseen)
      if (handled === 0 && !stopping) await new Promise<void>((resolve) => setTimeout((wake = resolve), lookEveryMs))
    }
    closeTransport()
  })()
  return {
    stop: async () => {
      stopping = true
      wake()
      await running
    },
    healthy: () => !stopping && health.outbox && !serverIsAway(),
  }
}

const health = { outbox: true }

function seen(handled: number) {
  health.outbox = true
  return handled
}

function unseen(error: unknown) {
  if (health.outbox) log.error('outbox', { error: nameOf(error) })
  health.outbox = false
  return 0
}

async function drain(compose: Compose, stopping: () => boolean) {
  const taken: LetterRow[] = []
  let claiming: Promise<void> | undefined
  let handled = 0

  // One claim at a time; a lane that comes meanwhile waits for it and shares what it brings.
  const next = async () => {
    if (taken.length === 0 && !stopping()) {
      claiming ??= claim(batch)
        .then(stopUnreachable)
        .then((letters) => void taken.push(...letters))
        .finally(() => (claiming = undefined))
      await claiming
    }
    return stopping() ? undefined : taken.shift()
  }

  const lane = async () => {
    for (let letter = await next(); letter; letter = await next()) {
      await deliver(letter, compose)
      handled++
      await giveWay()
    }
  }
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane))
  await giveBack(taken)
  const broken = ended.find((one) => one.status === 'rejected')
  if (broken) throw broken.reason
  return handled
}

/**
 * The letters to addresses that cannot be reached stop here, uncomposed, as if they had never been taken. Whether such an
 * address is one still is asked again under its row's lock: whoever mends it finds every letter that was stopped for it.
 */
async function stopUnreachable(letters: LetterRow[]): Promise<LetterRow[]> {
  const addressed = letters.filter(({ kind }) => !isAskedFor(plainKind(kind)))
  const unreachable = await unreachableAmong(addressed.map(({ toAddress }) => foldAddress(toAddress)))
  if (unreachable.size === 0) return letters
  const stopped = new Set<string>()
  for (const letter of addressed.filter(({ toAddress }) => unreachable.has(foldAddress(toAddress)))) {
    const count = await db.$executeRaw`
      WITH known AS MATERIALIZED (SELECT 1 FROM "Unreachable" WHERE "addressFold" = ${foldAddress(letter.toAddress)} FOR SHARE)
      UPDATE "Letter" SET status = 'stopped', "leaseUntil" = NULL, attempts = attempts - 1 FROM known WHERE id = ${letter.id}::uuid AND ${held(letter)}`
    if (count === 1) stopped.add(letter.id)
  }
  return letters.filter(({ id }) => !stopped.has(id))
}

async function deliver(claimed: LetterRow, compose: Compose) {
  const ours = isFresh(claimed) ? claimed : await stillOurs(claimed)
  if (!ours) return
  let letter: LetterRow | null
  try {
    letter = ours.composedAt ? ours : await composeOnce(ours, compose)
  } catch (error) {
    log.error('letter not composed', { letter: ours.id, kind: ours.kind, error: nameOf(error) })
    return postpone(ours, `not composed: ${nameOf(error)}`)
  }
  if (!letter) return
  if (config().smtpUrl !== undefined) return settle(letter, await send(letter))
  // The built-in mailbox takes what a server would take, no more.
  const problem = recipientProblem(letter)
  await (problem === null ? markSent(letter, letter) : markFailed(letter, problem))
}

/** What was composed is kept before it leaves: whatever happens then, a second try sends the same. */
async function composeOnce(letter: LetterRow, compose: Compose): Promise<LetterRow | null> {
  const composed = await compose(letter)
  if (!composed) {
    await db.$executeRaw`
      UPDATE "Letter" SET status = 'overtaken', "leaseUntil" = NULL, "lastError" = NULL
      WHERE id = ${letter.id}::uuid AND ${held(letter)}`
    return null
  }
  const { calendar, from } = composed
  const said = {
    ...(await render(composed.letter, letter.locale)),
    fromName: from?.name ?? null,
    fromAddress: from?.address ?? null,
    calendar: calendar?.content ?? null,
    calendarMethod: calendar?.method ?? null,
    calendarSequence: calendar?.sequence ?? null,
    eventSequence: calendar?.eventSequence ?? null,
    calendarStartsAt: calendar?.startsAt ?? null,
    listUnsubscribe: composed.listUnsubscribe ?? null,
  }
  const [kept] = await db.$queryRaw<{ composedAt: Date }[]>`
    UPDATE "Letter" SET "composedAt" = clock_timestamp(), "fromName" = ${said.fromName}, "fromAddress" = ${said.fromAddress},
      subject = ${said.subject}, html = ${said.html}, text = ${said.text}, calendar = ${said.calendar}, "calendarMethod" = ${said.calendarMethod},
      "calendarSequence" = ${said.calendarSequence}, "eventSequence" = ${said.eventSequence}, "calendarStartsAt" = ${said.calendarStartsAt},
      "listUnsubscribe" = ${said.listUnsubscribe}
    WHERE id = ${letter.id}::uuid AND ${held(letter)}
    RETURNING "composedAt"`
  return kept ? { ...letter, ...said, composedAt: kept.composedAt } : null
}

async function settle(letter: LetterRow, result: SendResult) {
  if (result.sent) {
    heardFromServer()
    return markSent(letter, afterwards(letter))
  }
  const isOurs = !result.refusedByUs && (result.replyCode === undefined || isAboutUs(result))
  if (isOurs && (await isServerAway())) return waitForServer(letter, result.reply)
  log.warn('letter not sent', { letter: letter.id, kind: letter.kind, attempt: letter.attempts, code: result.refusedByUs ? 0 : result.replyCode })
  if (result.refusedByUs || isFinal(result)) return markFailed(letter, result.reply)
  return postpone(letter, result.reply)
}

type Bodies = Pick<LetterRow, 'html' | 'text' | 'calendar' | 'listUnsubscribe'>

/**
 * What stays of a letter that left by SMTP: its words and its invitation, for who asks later what was said, but no
 * link or address that acts; of a log-in letter, only that it was sent. The built-in mailbox keeps everything: there,
 * our rows are the mailbox.
 */
function afterwards(letter: LetterRow): Bodies {
  if (isSecret(letter.kind)) return { html: null, text: null, calendar: null, listUnsubscribe: null }
  return { html: null, text: letter.text && withoutCapabilities(letter.text), calendar: letter.calendar && withoutCapabilities(letter.calendar), listUnsubscribe: null }
}

async function markSent(letter: LetterRow, { html, text, calendar, listUnsubscribe }: Bodies) {
  await db.$executeRaw`
    UPDATE "Letter" SET status = 'sent', "leaseUntil" = NULL, "sentAt" = clock_timestamp(), "lastError" = NULL,
      facts = CASE WHEN ${isSecret(letter.kind)}::boolean THEN '{}'::jsonb ELSE facts END,
      html = ${html}, text = ${text}, calendar = ${calendar}, "listUnsubscribe" = ${listUnsubscribe}
    WHERE id = ${letter.id}::uuid AND ${held(letter)}`
}

async function markFailed(letter: LetterRow, reply: string) {
  const { html, text, calendar, listUnsubscribe } = afterwards(letter)
  await db.$executeRaw`
    UPDATE "Letter" SET status = 'failed', "leaseUntil" = NULL, "lastError" = ${reply},
      facts = CASE WHEN ${isSecret(letter.kind)}::boolean THEN '{}'::jsonb ELSE facts END,
      html = ${html}, text = ${text}, calendar = ${calendar}, "listUnsubscribe" = ${listUnsubscribe}
    WHERE id = ${letter.id}::uuid AND ${held(letter)}`
}

/** The server was not there: nothing was tried, and the letter keeps all its attempts. */
async function waitForServer(letter: LetterRow, reply: string) {
  await db.$executeRaw`
    UPDATE "Letter" SET status = 'queued', "leaseUntil" = NULL, attempts = attempts - 1, "lastError" = ${reply},
      "dueAt" = clock_timestamp() + make_interval(secs => ${breathMs / 1000}::double precision)
    WHERE id = ${letter.id}::uuid AND ${held(letter)}`
}

async function postpone(letter: LetterRow, reply: string) {
  const pause = pauseAfter(letter.attempts, Math.random())
  if (pause === null) return markFailed(letter, reply)
  await db.$executeRaw`
    UPDATE "Letter" SET status = 'queued', "leaseUntil" = NULL, "lastError" = ${reply},
      "dueAt" = clock_timestamp() + make_interval(secs => ${pause / 1000}::double precision)
    WHERE id = ${letter.id}::uuid AND ${held(letter)}`
}

/** For the diary: the kind of trouble, without the values it may quote. */
const nameOf = (error: unknown) => (error instanceof Error ? [error.name, (error as { code?: string }).code].filter(Boolean).join(' ') : 'unknown')
