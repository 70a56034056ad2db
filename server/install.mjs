// Runs on whatever Node the machine has, before anything is installed: plain JavaScript, nothing but node: imports.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** True where node_modules holds exactly what package-lock.json asks for; nothing is asked of the network. */
export function isInstalled(root) {
  const wanted = packages(join(root, 'package-lock.json'))
  const present = packages(join(root, 'node_modules/.package-lock.json'))
  if (!wanted || !present) return false
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.link) return true
    if (!present[path]) return entry.optional === true
    return present[path].version === entry.version
  })
}

/** Resolves to npm's last words where it failed, to undefined where all went well. */
export function install(root) {
  // NODE_ENV=production would leave out what the build needs.
  const words = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm, ...words]] : ['npm', words]
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, shell: process.platform === 'win32' && command === 'npm' })
    // Whoever ends us now ends npm too; half an installation is noticed, and done again, at the next start.
    const end = () => {
      child.kill()
      process.exit(130)
    }
    for (const signal of SIGNALS) process.once(signal, end)
    let said = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk))
    child.on('error', (error) => resolve(error.message))
    child.on('close', (code) => {
      for (const signal of SIGNALS) process.off(signal, end)
      resolve(code === 0 ? undefined : said.trim() || `npm ended with ${code}`)
    })
  })
}

/** The Node that the packages bring (24), or the one that runs now where it is recent enough. */
export function nodeToUse(root) {
  const brought = join(root, 'node_modules/.bin', process.platform === 'win32' ? 'node.exe' : 'node')
  if (isRecent(process.versions.node)) return process.execPath
  return existsSync(brought) ? brought : undefined
}

export function isRecent(version) {
  return atLeast(version, 22, 18)
}

export function atLeast(version, major, minor) {
  const [left, right] = version.split('.').map(Number)
  return left > major || (left === major && right >= minor)
}

function packages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}
