import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { unopened } from './read'
import { type Reading } from './reading'

type Told = { reading?: Reading; fault?: string }
type Waiting = { raw: Buffer; within: number; settle: (reading: Reading) => void; fail: (error: unknown) => void }

const withinUsually = 2000
const toStart = 20_000

/** Our files are TypeScript and name each other without an ending: the thread needs the loader that the server has. */
const thread = `
const { parentPort, workerData } = require('node:worker_threads')
import(workerData.loader).then(({ register }) => {
  register()
  return import(workerData.reader)
}).then(({ readMail }) => {
  parentPort.on('message', (octets) => readMail(Buffer.from(octets)).then(
    (reading) => parentPort.postMessage({ reading }),
    (error) => parentPort.postMessage({ fault: String(error) }),
  ))
  parentPort.postMessage({})
})
`

let running: Promise<Worker> | null = null
let busy = false
const queue: Waiting[] = []

/**
 * The same as readMail, beside the server's own work: one thread, one message after the other, each within so many
 * milliseconds (2 s). What takes longer, or brings the thread down, is read as `too-slow`, and a new thread takes
 * the next. Rejects only where no thread can be started; an idle thread keeps no process alive.
 */
export function readApart(raw: Buffer, { within = withinUsually } = {}): Promise<Reading> {
  return new Promise((settle, fail) => {
    queue.push({ raw, within, settle, fail })
    if (!busy) void workOff()
  })
}

async function workOff() {
  busy = true
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) await readOne(next).then(next.settle, next.fail)
  busy = false
}

async function readOne({ raw, within }: Waiting): Promise<Reading> {
  const worker = await (running ??= start())
  worker.ref()
  const reading = await answerOf(worker, raw, within)
  worker.unref()
  if (reading !== null) return reading
  running = null
  await worker.terminate()
  return unopened(raw, 'too-slow')
}

/** Null where none comes in time, or ever will. */
async function answerOf(worker: Worker, raw: Buffer, within: number): Promise<Reading | null> {
  const over = new AbortController()
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(within)])
  const octets = new Uint8Array(raw)
  worker.postMessage(octets, [octets.buffer])
  try {
    const [told]: Told[] = await Promise.race([once(worker, 'message', { signal }), once(worker, 'exit', { signal }).then(() => [{}])])
    return told.reading ?? null
  } catch {
    return null
  } finally {
    over.abort()
  }
}

async function start(): Promise<Worker> {
  const worker = new Worker(thread, {
    eval: true,
    execArgv: [],
    workerData: { loader: import.meta.resolve('tsx/esm/api'), reader: new URL('./read.ts', import.meta.url).href },
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  })
  const forget = () => {
    running = null
  }
  try {
    await once(worker, 'message', { signal: AbortSignal.timeout(toStart) })
  } catch (error) {
    forget()
    await worker.terminate()
    throw error
  }
  // It may come down between two messages: the next one starts another.
  worker.once('exit', forget).on('error', () => {})
  return worker
}
