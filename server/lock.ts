import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Sentence } from './sentence'

/** Two starts on one DATA_DIR would fight for the database in it: the second is refused. */
export async function lock(dataDir: string) {
  const file = join(dataDir, 'start.lock')
  for (let waited = 0; ; waited += 100) {
    const holder = holderOf(file)
    if (holder === undefined) break
    // The server of a start that was killed takes a moment to notice and to end.
    if (holder.isStart || waited >= 15_000) {
      throw new Sentence(`Parlons-en already runs on ${dataDir} (process ${holder.pid}): stop it, or set DATA_DIR to another directory.`)
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  rmSync(file, { force: true })
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx' })
  } catch {
    throw new Sentence(`Parlons-en is being started on ${dataDir} by another process: stop it, or set DATA_DIR to another directory.`)
  }
  return {
    /** The child that serves is part of the lock: it may outlive its start for a moment. */
    include: (pid: number) => writeFileSync(file, `${process.pid}\n${pid}\n`),
    release: () => rmSync(file, { force: true }),
  }
}

function holderOf(file: string) {
  if (!existsSync(file)) return undefined
  const pids = readFileSync(file, 'utf8').trim().split('\n').map(Number)
  const index = pids.findIndex((pid) => Number.isInteger(pid) && pid > 0 && pid !== process.pid && isOurs(pid))
  return index === -1 ? undefined : { pid: pids[index], isStart: index === 0 }
}

/** After a crash the number may belong to another program by now. */
function isOurs(pid: number) {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  if (!existsSync('/proc/self/cmdline')) return true
  try {
    return /server\/(start\.mjs|server\.ts)/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'))
  } catch {
    return false
  }
}
