import { spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { childVariables } from '@/lib/config'

type Programs = { doveconf: string; imap: string; libraries?: string }

/** Where a Dovecot is: the machine's own, or Debian's package unpacked beside it, which needs no rights and changes nothing; null where neither is to be had. */
function findDovecot(): Programs | null {
  const installed = { doveconf: '/usr/bin/doveconf', imap: '/usr/lib/dovecot/imap' }
  if (existsSync(installed.imap) && existsSync(installed.doveconf)) return installed
  const place = join(tmpdir(), `parlons-en-dovecot-${process.getuid?.() ?? 0}`)
  // A temporary directory is everybody's: what somebody else put there is not run.
  if (existsSync(place)) return isOurs(place) ? unpacked(place) : null
  return fetchDovecot(place)
}

const isOurs = (place: string) => statSync(place).uid === (process.getuid?.() ?? 0) && (statSync(place).mode & 0o022) === 0

const unpacked = (place: string): Programs => ({ doveconf: join(place, 'usr/bin/doveconf'), imap: join(place, 'usr/lib/dovecot/imap'), libraries: join(place, 'usr/lib/dovecot') })

function fetchDovecot(place: string): Programs | null {
  const work = mkdtempSync(`${place}-`)
  try {
    const fetched = spawnSync('apt-get', ['download', '-o', 'Acquire::Retries=0', 'dovecot-core', 'dovecot-imapd'], { cwd: work, timeout: 20_000 })
    if (fetched.status !== 0) return null
    const files = join(work, 'files')
    mkdirSync(files)
    for (const name of readdirSync(work).filter((one) => one.endsWith('.deb'))) {
      if (spawnSync('dpkg-deb', ['-x', join(work, name), files], { timeout: 60_000 }).status !== 0) return null
    }
    chmodSync(files, 0o755)
    if (!existsSync(place)) renameSync(files, place)
    return unpacked(place)
  } catch {
    return null // Another test unpacked it at this very moment, or there is no apt.
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Dovecot keeps no mail as root: then it runs under an account that may do nothing else. */
function account() {
  if (process.getuid?.() !== 0) return {}
  const [, , uid, gid] = readFileSync('/etc/passwd', 'utf8').split('\n').find((line) => line.startsWith('nobody:'))?.split(':') ?? []
  return uid ? { uid: Number(uid), gid: Number(gid) } : {}
}

/** Asked for once: where nothing can be fetched, that takes its time. */
let sought: { programs: Programs | null } | undefined

export type Backend = { serve: (socket: Socket) => void; stop: () => void }

/**
 * A real Dovecot without its log-in service, which wants its files in their usual place: one process of it for each
 * connection, on a maildir that outlives them. Only the greeting and LOGIN are said here. Null where there is none.
 */
export function dovecot(access: { user: string; password: string }): Backend | null {
  const programs = (sought ??= { programs: findDovecot() }).programs
  if (!programs) return null
  const home = mkdtempSync(join(tmpdir(), 'parlons-en-mail-'))
  const who = account()
  const mail = join(home, 'mail')
  mkdirSync(mail)
  chmodSync(home, 0o711)
  if (who.uid !== undefined && who.gid !== undefined) chownSync(mail, who.uid, who.gid)
  const settings = { base_dir: mail, state_dir: mail, log_path: '/dev/null', protocols: 'imap', ssl: 'no', first_valid_uid: '1', mail_location: `maildir:${mail}/Maildir`, ...(programs.libraries ? { libexec_dir: programs.libraries, mail_plugin_dir: join(programs.libraries, 'modules') } : {}) }
  const file = join(home, 'dovecot.conf')
  writeFileSync(file, Object.entries(settings).map(([name, value]) => `${name} = ${value}\n`).join(''))
  const start = () =>
    spawn(programs.doveconf, ['-f', 'service=imap', '-c', file, '-m', 'imap', '-e', programs.imap], {
      ...who,
      cwd: '/',
      env: childVariables({ USER: access.user, HOME: mail, LD_LIBRARY_PATH: programs.libraries }),
      stdio: ['pipe', 'pipe', 'ignore'],
    })
  const stop = () => rmSync(home, { recursive: true, force: true })
  if (!works(programs, file, who)) {
    stop()
    return null
  }
  return { serve: (socket) => void greet(socket, access, start), stop }
}

/** Are all its libraries here? */
function works({ doveconf, imap, libraries }: Programs, file: string, who: object) {
  const done = spawnSync(doveconf, ['-f', 'service=imap', '-c', file, '-m', 'imap', '-e', imap], { ...who, cwd: '/', input: 'a LOGOUT\r\n', env: childVariables({ USER: 'anne', HOME: '/', LD_LIBRARY_PATH: libraries }), encoding: 'utf8', timeout: 10_000 })
  return done.status === 0 && done.stdout.includes('* PREAUTH')
}

async function greet(socket: Socket, { user, password }: { user: string; password: string }, start: () => ReturnType<typeof spawn>) {
  socket.on('error', () => {})
  socket.write('* OK [CAPABILITY IMAP4rev1 ID] Dovecot ready.\r\n')
  const lines = createInterface({ input: socket })
  for await (const line of lines) {
    const [, tag, command = '', rest = ''] = /^(\S+) (\S+) ?(.*)$/.exec(line) ?? []
    const words = rest.split(' ').map((word) => word.replace(/^"(.*)"$/, '$1'))
    if (/^capability$/i.test(command)) socket.write(`* CAPABILITY IMAP4rev1 ID\r\n${tag} OK Done\r\n`)
    else if (/^(id|noop)$/i.test(command)) socket.write(`${tag} OK Done\r\n`)
    else if (/^logout$/i.test(command)) socket.end(`* BYE Bye\r\n${tag} OK Done\r\n`)
    else if (!/^login$/i.test(command)) socket.write(`${tag} BAD Log in first\r\n`)
    else if (words[0] !== user || words[1] !== password) socket.write(`${tag} NO [AUTHENTICATIONFAILED] Authentication failed.\r\n`)
    else return handOver(socket, tag, start())
  }
}

function handOver(socket: Socket, tag: string, child: ReturnType<typeof spawn>) {
  child.on('error', () => socket.destroy())
  child.on('exit', () => socket.end())
  socket.on('close', () => child.kill())
  child.stdin?.on('error', () => {})
  socket.removeAllListeners('data')
  child.stdout?.once('data', (first: Buffer) => {
    socket.write(first.toString('latin1').replace('* PREAUTH', `${tag} OK`), 'latin1')
    child.stdout?.pipe(socket)
    if (child.stdin) socket.pipe(child.stdin)
    socket.resume()
  })
}
