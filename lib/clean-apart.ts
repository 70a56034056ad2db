import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { Cleaned } from './clean-file'

type Waiting = { bytes: Uint8Array; settle: (cleaned: Cleaned | Promise<Cleaned>) => void }

const limits = { milliseconds: 25_000, memory: 700_000_000, waiting: 6, toStart: 30_000 }

/**
 * Our files are TypeScript and name each other without an ending: the thread needs the loader that the server has. Both
 * are found from where the program stands, because Next's bundle, in which this may run, stands elsewhere.
 */
const thread = `
const { parentPort, workerData } = require('node:worker_threads')
import(workerData.loader).then(({ register }) => {
  register()
  return import(workerData.cleaner)
}).then(({ cleanFile }) => {
  parentPort.on('message', (bytes) => cleanFile(bytes).then(
    (cleaned) => parentPort.postMessage({ cleaned }),
    () => parentPort.postMessage({ cleaned: { ok: false, reason: 'unreadable' } }),
  ))
  parentPort.postMessage({})
})
`

/** Next bundles its own copy of this file beside the server's: one thread serves both. */
type Shared = { running: Promise<Worker> | null; busy: boolean; queue: Waiting[] }
const home = globalThis as typeof globalThis & { parlonsEnCleaning?: Shared }
const shared: Shared = (home.parlonsEnCleaning ??= { running: null, busy: false, queue: [] })

/**
 * cleanFile beside the server's own work: one thread, one file after the other. What takes longer than 25 seconds is
 * `too-slow`, what takes 700 MB more of memory is `absurd`; the thread is ended, the next file gets a new one. Null where
 * too many wait already.
 */
export function cleanApart(bytes: Uint8Array): Promise<Cleaned | null> {
  if (shared.queue.length >= limits.waiting) return Promise.resolve(null)
  return new Promise((settle) => {
    shared.queue.push({ bytes, settle })
    if (!shared.busy) void workOff()
  })
}

async function workOff() {
  shared.busy = true
  for (let next = shared.queue.shift(); next !== undefined; next = shared.queue.shift()) {
    const { bytes, settle } = next
    await cleanOne(bytes).then(settle, (error) => settle(Promise.reject(error)))
  }
  shared.busy = false
}

async function cleanOne(bytes: Uint8Array): Promise<Cleaned> {
  const worker = await (shared.running ??= start())
  worker.ref()
  // A copy of its own: small Buffers share their memory with others.
  const own = new Uint8Array(bytes)
  worker.postMessage(own, [own.buffer])
  const over = new AbortController()
  const before = process.memoryUsage.rss()
  let reason: 'too-slow' | 'absurd' = 'too-slow'
  const watch = setInterval(() => {
    if (process.memoryUsage.rss() - before < limits.memory) return
    reason = 'absurd'
    over.abort()
  }, 50)
  const alarm = setTimeout(() => over.abort(), limits.milliseconds)
  try {
    const { signal } = over
    const [told]: { cleaned?: Cleaned }[] = await Promise.race([once(worker, 'message', { signal }), once(worker, 'exit', { signal }).then(() => [{}])])
    if (told.cleaned) return told.cleaned
    // It came down by itself: its own memory was not enough.
    reason = 'absurd'
  } catch {
    // Ended by the watch or the alarm.
  } finally {
    clearInterval(watch)
    clearTimeout(alarm)
    over.abort()
    worker.unref()
  }
  shared.running = null
  await worker.terminate()
  return { ok: false, reason }
}

async function start(): Promise<Worker> {
  const loader = pathToFileURL(createRequire(join(process.cwd(), 'package.json')).resolve('tsx/esm/api')).href
  const worker = new Worker(thread, {
    eval: true,
    execArgv: [],
    workerData: { loader, cleaner: pathToFileURL(join(process.cwd(), 'lib/clean-file.ts')).href },
    resourceLimits: { maxOldGenerationSizeMb: 512 },
  })
  try {
    await once(worker, 'message', { signal: AbortSignal.timeout(limits.toStart) })
  } catch (error) {
    shared.running = null
    await worker.terminate()
    throw error
  }
  worker.once('exit', () => (shared.running = null)).on('error', () => {})
  return worker
}
