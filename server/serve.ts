import { spawn } from 'node:child_process'
import { childVariables, config } from '@/lib/config'
import { db } from '@/lib/db'
import { capability } from '@/lib/ids'
import { Sentence } from './sentence'

/** Runs server.ts as a child until it ends or a signal asks for the end. Resolves to the exit code. */
export async function serve({ dev, onStart }: { dev: boolean; onStart: (pid: number) => void }) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/server.ts', ...(dev ? ['dev'] : [])], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // In a group of its own, so that Ctrl-C reaches it once, through us, and it can drain.
    detached: process.platform !== 'win32',
    env: childVariables({ NODE_ENV: dev ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' }),
  })
  if (child.pid !== undefined) onStart(child.pid)

  let asked = false
  const end = () => {
    if (!asked) child.kill('SIGTERM')
    asked = true
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end)
  child.on('message', () => void printWelcome(dev))

  const code = await new Promise<number>((resolve) => child.on('exit', (exit) => resolve(exit ?? 1)))
  if (!asked && code !== 0) throw new Sentence('The server ended by itself: the lines above say why.')
  return asked ? 0 : code
}

async function printWelcome(dev: boolean) {
  const { appUrl, smtpUrl, adminEmail, rateLimits } = config()
  const demo = smtpUrl ? undefined : await demoOrganiser()
  const lines = [
    `Parlons-en is served at ${appUrl}${dev ? ' (development)' : ''}`,
    adminEmail
      ? `To organise: log in at ${appUrl}/connexion as ${adminEmail} (ADMIN_EMAIL).`
      : demo
        ? `To organise: log in at ${appUrl}/connexion as ${demo}, the organiser of the demonstration; the link comes to the mailbox below.`
        : `To organise: npm run admin -- organiser you@example.org, then log in at ${appUrl}/connexion with that address.`,
    smtpUrl
      ? `Outgoing mail goes through ${new URL(smtpUrl).host}.`
      : `Outgoing mail is kept, not sent; read it (the log-in link too) at ${appUrl}/dev/mailbox?key=${capability('mailbox', 'mailbox')}`,
    ...(rateLimits ? [] : ['RATE_LIMITS is off: for load tests only.']),
    'Ctrl-C stops everything.',
  ]
  process.stdout.write(`\n${lines.map((line) => `  ${line}\n`).join('')}\n`)
}

/** The invented organiser of the demonstration: a way in where mail stays in the house. */
async function demoOrganiser() {
  const person = await db.person.findFirst({ where: { role: 'organiser', address: { endsWith: '.example' } }, orderBy: { createdAt: 'asc' } }).catch(() => null)
  await db.$disconnect()
  return person?.address
}
