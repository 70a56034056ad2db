import { spawn } from 'node:child_process'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { childVariables, noVariables } from '@/lib/config'
import { freePort } from '@/server/ports'

export type App = Awaited<ReturnType<typeof startApp>>

/**
 * Starts the whole program as `npm start` does (built, with an embedded database in a DATA_DIR of its own unless
 * `variables` say otherwise), waits until it is healthy, and stops it with all it started.
 */
export async function startApp(variables: Record<string, string> = {}, { within = 300_000 } = {}) {
  const port = Number(variables.PORT ?? (await freePort()))
  const dataDir = variables.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'parlons-en-app-')))
  if (!variables.DATA_DIR) await chmod(dataDir, 0o711) // Postgres runs under another account where we are root
  const env = childVariables({ ...noVariables(), PORT: String(port), DATA_DIR: dataDir, NODE_ENV: undefined, ...variables })
  const url = `http://localhost:${port}`

  const child = spawn(process.execPath, ['server/start.mjs'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(String(chunk)))
  const ended = new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? 1)))

  const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal)
    const code = await ended
    if (!variables.DATA_DIR) await rm(dataDir, { recursive: true, force: true })
    return code
  }
  const output = () => said.join('')

  try {
    await untilHealthy(`${url}/api/health`, ended, output, within)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, port, dataDir, pid: child.pid, output, stop, admin: (...words: string[]) => run(['admin', ...words], env) }
}

/** `npm run admin -- …` beside a running program. */
async function run(words: string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, ['server/start.mjs', ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err] = [[] as string[], [] as string[]]
  child.stdout.on('data', (chunk) => out.push(String(chunk)))
  child.stderr.on('data', (chunk) => err.push(String(chunk)))
  const code = await new Promise<number>((resolve) => child.on('close', (exit) => resolve(exit ?? 1)))
  const stdout = out.join('')
  return { code, stdout, stderr: err.join(''), lastLine: stdout.trimEnd().split('\n').at(-1) ?? '' }
}

async function untilHealthy(url: string, ended: Promise<number>, output: () => string, within: number) {
  let over = false
  let broken = 0
  void ended.then(() => (over = true))
  for (const end = Date.now() + within; Date.now() < end && !over; ) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    // 503 says which part is not there yet; anything else, again and again, is a program that will not come up.
    if (answer && answer.status !== 503 && ++broken > 50) break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`The program ${over ? 'ended' : 'did not become healthy'}. It said:\n${output()}`)
}
