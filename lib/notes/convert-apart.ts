import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { log } from '@/lib/log'
import { type Conversions, conversions } from './conversions'

/** From so many bytes or characters on, notes are long: what is done with them here would be noticed by others. */
const long = 48 * 1024
const limits = { milliseconds: 15_000, toStart: 30_000, waiting: 30, memory: 512 }

type Told = { value?: unknown; fault?: string }
type Waiting = { work: { name: keyof Conversions; input: unknown }; settle: (value: unknown) => void; fail: (error: Error) => void }

/** As in clean-apart.ts: the thread needs the loader that the server has, and both are found from where the program stands. */
const thread = `
const { parentPort, workerData } = require('node:worker_threads')
import(workerData.loader).then(({ register }) => {
  register()
  return import(workerData.conversions)
}).then(({ conversions }) => {
  parentPort.on('message', ({ name, input }) => {
    try {
      parentPort.postMessage({ value: conversions[name](input) })
    } catch (error) {
      parentPort.postMessage({ fault: String(error) })
    }
  })
  parentPort.postMessage({})
})
`

/** Next bundles its own copy of this file beside the server's: one thread serves both. */
type Shared = { running: Promise<Worker> | null; busy: boolean; queue: Waiting[] }
const home = globalThis as typeof globalThis & { parlonsEnConverting?: Shared }
const shared: Shared = (home.parlonsEnConverting ??= { running: null, busy: false, queue: [] })

/**
 * A conversion of notes; where they are long (`size`, in bytes or characters), beside the server's own work: in one
 * thread, one after the other. Where no thread can be started it is done here. Throws where it takes more than 15
 * seconds, or where too many wait already.
 */
export async function convertApart<Name extends keyof Conversions>(name: Name, size: number, input: Parameters<Conversions[Name]>[0]): Promise<ReturnType<Conversions[Name]>> {
  const here = conversions[name] as (given: typeof input) => ReturnType<Conversions[Name]>
  if (size < long || !(await canStart())) return here(input)
  if (shared.queue.length >= limits.waiting) throw new Error('Too many long notes are being converted.')
  return new Promise((settle, fail) => {
    shared.queue.push({ work: { name, input }, settle: (value) => settle(value as ReturnType<Conversions[Name]>), fail })
    if (!shared.busy) void workOff()
  })
}

/** How long notes are, as far as it matters here: what is done with them grows with their paragraphs. */
export const sizeOf = (document: { content: unknown[] }) => {
  let size = 0
  const waiting: unknown[] = [...document.content]
  for (let node = waiting.pop(); node && size < long; node = waiting.pop()) {
    const { content, text } = node as { content?: unknown[]; text?: string }
    size += 100 + (text?.length ?? 0)
    for (const one of content ?? []) waiting.push(one)
  }
  return size
}

async function canStart() {
  try {
    await (shared.running ??= start())
    return true
  } catch (error) {
    shared.running = null
    log.warn('no thread for long notes', { error: error instanceof Error ? error.name : 'unknown' })
    return false
  }
}

async function workOff() {
  shared.busy = true
  for (let next = shared.queue.shift(); next !== undefined; next = shared.queue.shift()) {
    const { work, settle, fail } = next
    await one(work).then(settle, fail)
  }
  shared.busy = false
}

async function one(work: Waiting['work']): Promise<unknown> {
  const worker = await (shared.running ??= start())
  worker.ref()
  const over = new AbortController()
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(limits.milliseconds)])
  try {
    worker.postMessage(work)
    const [told]: Told[] = await Promise.race([once(worker, 'message', { signal }), once(worker, 'exit', { signal }).then(() => [{ fault: 'The thread for long notes ended.' }])])
    if (told.fault !== undefined) throw new Error(told.fault)
    return told.value
  } catch (error) {
    if (!signal.aborted) throw error
    // Nobody knows where it is: the next one gets a new thread.
    shared.running = null
    await worker.terminate()
    throw new Error('Long notes took too long to be converted.', { cause: error })
  } finally {
    over.abort()
    worker.unref()
  }
}

async function start(): Promise<Worker> {
  const loader = pathToFileURL(createRequire(join(process.cwd(), 'package.json')).resolve('tsx/esm/api')).href
  const worker = new Worker(thread, {
    eval: true,
    execArgv: [],
    workerData: { loader, conversions: pathToFileURL(join(process.cwd(), 'lib/notes/conversions.ts')).href },
    resourceLimits: { maxOldGenerationSizeMb: limits.memory },
  })
  try {
    await once(worker, 'message', { signal: AbortSignal.timeout(limits.toStart) })
  } catch (error) {
    await worker.terminate()
    throw error
  }
  worker.once('exit', () => (shared.running = null)).on('error', () => {})
  worker.unref()
  return worker
}
