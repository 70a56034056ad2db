// The one door: `node server/start.mjs [start | dev | build | admin … | prisma … | test]`. It installs what is missing, then
// goes on in server/launch.ts under the Node that the packages bring.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { atLeast, install, isInstalled, isRecent, nodeToUse } from './install.mjs'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const [command = 'start'] = process.argv.slice(2)

process.chdir(root)
if (!atLeast(process.versions.node, 20, 19)) {
  stop(`Node ${process.versions.node} is too old: Parlons-en needs Node 20.19 or later.`)
}
await installIfNeeded()
endWithNpm()
const node = nodeToUse(root)
if (!node) {
  stop(`Node ${process.versions.node} runs here and the packages bring none for this machine: install Node 22.18 or later.`)
} else if (isRecent(process.versions.node)) {
  if (existsSync('.env')) process.loadEnvFile('.env')
  await import('tsx')
  await import('./launch.ts')
} else {
  goOnUnder(node)
}

async function installIfNeeded() {
  if (isInstalled(root)) return
  // A command whose output is read by a program keeps its stdout clean.
  const say = (text) => (command === 'admin' ? process.stderr : process.stdout).write(text)
  const begun = Date.now()
  say('Installing the packages (about a minute the first time) …')
  const trouble = await install(root)
  if (trouble) {
    say('\n')
    console.error(trouble)
    stop('The packages could not be installed: the lines above are what npm said. Is the npm registry within reach?')
  }
  say(` ${((Date.now() - begun) / 1000).toFixed(1)} s\n`)
}

/** npm stops its shell and not us, and nobody where it is killed: we look whether both are still there. */
function endWithNpm() {
  if (!process.env.npm_lifecycle_event) return
  const ancestors = () => [process.ppid, parentOf(process.ppid)].join()
  const first = ancestors()
  const watch = setInterval(() => {
    if (ancestors() === first) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 250)
  watch.unref()
}

/** The second field after the name, which may hold anything and is closed by the last parenthesis (proc(5)). */
function parentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ')[1]
  } catch {
    return undefined
  }
}

function goOnUnder(node) {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' })
  // A signal sent to this process alone must reach the one that works; twice does no harm.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]))
}

function stop(sentence) {
  console.error(sentence)
  if (command === 'test') console.log('0 passed, 1 failed')
  process.exit(1)
}
