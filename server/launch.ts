import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { completeConfig, config, ConfigError } from '@/lib/config'
import { lock } from './lock'
import { isPortFree, whyNotFree } from './ports'
import { startPostgres } from './postgres'
import { build, migrate, prepareClient, seed } from './prepare'
import { step, toStderr } from './progress'
import { keptSecret } from './secret'
import { Sentence } from './sentence'
import { serve } from './serve'

const [command = 'start', ...args] = process.argv.slice(2)

try {
  if (command === 'start' || command === 'dev') await start(command === 'dev')
  else if (command === 'build') await buildAlone()
  else if (command === 'admin') process.exitCode = await besideTheServer((await import('./admin')).admin)
  else if (command === 'prisma') process.exitCode = await besideTheServer((await import('./prisma')).prisma)
  else if (command === 'test') process.exitCode = await (await import('@/tests/run')).run(args)
  else if (command === 'bench') process.exitCode = await (await import('@/bench/bench')).bench(args)
  else throw new Sentence(`There is no command "${command}": say start, dev, build, admin, prisma, test or bench.`)
} catch (error) {
  report(error)
  if (command === 'test') console.log('0 passed, 1 failed')
  process.exit(1)
}

async function start(dev: boolean) {
  const { port, inboundSmtpPort, hasDatabase } = config()
  const dataDir = ownDirectory()
  if (!(await isPortFree(port))) {
    throw new Sentence(`Port ${port} is taken by another program: stop it, or start with another PORT, for example PORT=${port + 1} npm start.`)
  }
  if (inboundSmtpPort !== undefined) await checkMailPort(inboundSmtpPort)
  const held = await lock(dataDir)
  const undo: (() => unknown)[] = [held.release]
  // A signal during the preparations ends what is running by then; the guard of Postgres does the rest.
  const interrupted = () => void undoAll(undo).then(() => process.exit(130))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupted)
  try {
    if (!hasDatabase) {
      const postgres = await step('Starting the database', () => startPostgres(dataDir))
      undo.unshift(postgres.stop)
      completeConfig({ databaseUrl: postgres.url, authSecret: config().hasSecret ? config().authSecret : keptSecret(dataDir) })
    }
    await prepareClient()
    await migrate(config().databaseUrl)
    await seed(config().databaseUrl)
    if (!dev) await build()
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(signal, interrupted)
    process.exitCode = await serve({ dev, onStart: held.include })
  } finally {
    await undoAll(undo)
  }
}

async function checkMailPort(port: number) {
  const why = await whyNotFree(port)
  if (why === null) return
  throw new Sentence(
    why === 'EACCES'
      ? `Port ${port} (INBOUND_SMTP_PORT) may not be opened by this account: take one above 1023, for example INBOUND_SMTP_PORT=2525, and let the mail server or the firewall lead there.`
      : `Port ${port} (INBOUND_SMTP_PORT) is taken by another program: stop it, or start with another INBOUND_SMTP_PORT.`,
  )
}

/** For an image: what a start would build, without a database. */
async function buildAlone() {
  await prepareClient()
  await build()
}

/** Commands for the running installation: they use its database, and start it for themselves where none runs. */
async function besideTheServer(work: (args: string[]) => Promise<number>) {
  toStderr()
  if (config().hasDatabase) {
    await prepareClient()
    return work(args)
  }
  const dataDir = ownDirectory()
  const { runningPostgres } = await import('./postgres')
  const running = await runningPostgres(dataDir)
  const started = running ? undefined : await startPostgres(dataDir)
  try {
    const databaseUrl = running ?? started?.url ?? ''
    completeConfig({ databaseUrl, authSecret: config().hasSecret ? config().authSecret : keptSecret(dataDir) })
    await prepareClient()
    if (command !== 'prisma') await migrate(databaseUrl)
    return await work(args)
  } finally {
    await started?.stop()
  }
}

function ownDirectory() {
  const dataDir = resolve(config().dataDir)
  try {
    // As root, Postgres runs under another account, which must be able to walk through.
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 })
  } catch (error) {
    throw new Sentence(`DATA_DIR must be a directory that this account may write to: ${(error as Error).message}.`)
  }
  return dataDir
}

async function undoAll(undo: (() => unknown)[]) {
  for (const one of undo.splice(0)) await one()
}

function report(error: unknown) {
  if (error instanceof ConfigError || error instanceof Sentence) console.error(error.message)
  else console.error(error)
}
