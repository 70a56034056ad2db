import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { Sentence } from './sentence'

/** How to start a program of Postgres: which words to put before it, and whose files it needs. */
export interface Account {
  before: string[]
  uid?: number
  gid?: number
}

/**
 * Postgres refuses to run as root. As root it runs under the account `postgres` (created where the machine has none,
 * `nobody` where that cannot be). A clone in a directory that only root may enter (/root, `mktemp -d`) is out of
 * that account's reach: it is then given the one capability of entering directories.
 */
export function accountFor(binary: string, dataDir: string): Account {
  if (process.getuid?.() !== 0) return { before: [] }
  const found = lookUp('postgres') ?? create('postgres') ?? lookUp('nobody')
  if (!found) throw new Sentence('This machine has no account for PostgreSQL: start as another user than root.')

  const { uid, gid } = found
  const plain = { ...found, before: setpriv(uid, gid) }
  if (reaches(plain, binary, dataDir)) return plain
  for (const capability of ['dac_read_search', 'dac_override']) {
    const helped = { uid, gid, before: setpriv(uid, gid, capability) }
    if (reaches(helped, binary, dataDir)) return helped
  }
  throw new Sentence(
    `The account that runs PostgreSQL cannot enter ${dataDir}: put the clone where every account may enter, ` +
      'for example /srv, or start as another user than root.',
  )
}

function lookUp(name: string) {
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((one) => one.startsWith(`${name}:`))
  if (!line) return undefined
  const [, , uid, gid] = line.split(':')
  return { uid: Number(uid), gid: Number(gid) }
}

function create(name: string) {
  spawnSync('useradd', ['--system', '--user-group', '--no-create-home', name])
  return lookUp(name)
}

function setpriv(uid: number, gid: number, capability?: string) {
  const words = ['setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups']
  if (!capability) return [...words, '--']
  // Without no_setuid_fixup, access(2), with which Postgres looks for its own files, ignores the capability.
  return [...words, `--inh-caps=+${capability}`, `--ambient-caps=+${capability}`, '--securebits=+no_setuid_fixup', '--']
}

function reaches({ before: [command, ...words] }: Account, binary: string, dataDir: string) {
  const runs = spawnSync(command, [...words, binary, '--version']).status === 0
  return runs && spawnSync(command, [...words, 'test', '-x', dataDir]).status === 0
}
