import { createTransport, type Transporter } from 'nodemailer'
import { config } from '@/lib/config'
import { type ComposedLetter, messageOf, RecipientRefused } from './mime'

/** How many letters are on their way at once: a server that stalls on one connection does not hold the others. */
export const lanes = 5
/** All in all; below the lease, so that nobody else sends it meanwhile. */
const deadlineMs = 45_000

/** What came of it. `reply` is the server's own words; `replyCode` is missing where there was no answer at all. */
export type SendResult =
  | { sent: true }
  | { sent: false; refusedByUs: true; reply: string }
  | { sent: false; refusedByUs: false; reply: string; replyCode?: number; command?: string }

/** Sends one composed letter by SMTP. Never throws for what the server or the network did. */
export async function send(letter: ComposedLetter): Promise<SendResult> {
  try {
    const { node, envelope } = messageOf(letter)
    const raw = await node.build()
    await withDeadline(transport().sendMail({ envelope, raw }))
    return { sent: true }
  } catch (error) {
    return failureOf(error)
  }
}

/** Does the server answer? Asked while letters cannot leave, so that health tells when it is back. */
export async function serverAnswers(): Promise<boolean> {
  try {
    await withDeadline(transport().verify())
    return true
  } catch {
    return false
  }
}

export function closeTransport() {
  kept?.transporter.close()
  kept = undefined
}

let kept: { url: string; transporter: Transporter } | undefined

function transport() {
  const url = config().smtpUrl
  if (url === undefined) throw new Error('There is no SMTP_URL: letters stay in the built-in mailbox')
  if (kept?.url !== url) {
    closeTransport()
    kept = { url, transporter: createTransport({ url, pool: true, maxConnections: lanes, ...patience }) }
  }
  return kept.transporter
}

const patience = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000, dnsTimeout: 10_000 }

async function withDeadline<Value>(work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no end after ${deadlineMs / 1000} seconds`)), deadlineMs)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

function failureOf(error: unknown): SendResult {
  if (error instanceof RecipientRefused) return { sent: false, refusedByUs: true, reply: error.message }
  const { message, response, responseCode, command } = error as Error & { response?: string; responseCode?: number; command?: string }
  return { sent: false, refusedByUs: false, reply: (response ?? message).slice(0, 500), replyCode: responseCode, command }
}
