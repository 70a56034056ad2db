import { fork } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What the floor answers: these bytes, or what the statement says. */
export type Told =
  | { status: number; headers: Record<string, string>; body: string }
  | { databaseUrl: string; statement: string; values: unknown[]; own: (string | null)[]; connections: number }

/** Starts bench/floor.mjs; resolves to its port and how to end it. */
export async function startFloor(told: Told) {
  const directory = await mkdtemp(join(tmpdir(), 'parlons-en-bench-'))
  const file = join(directory, 'told.json')
  await writeFile(file, JSON.stringify(told))
  const child = fork('bench/floor.mjs', [file], { execArgv: [] })
  const port = await new Promise<number>((resolve, reject) => {
    child.once('message', (message: { port: number }) => resolve(message.port))
    child.once('exit', () => reject(new Error('The floor did not start')))
  })
  await rm(directory, { recursive: true })
  return { port, stop: () => child.disconnect() }
}
