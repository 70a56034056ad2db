import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startPostgres } from '@/server/postgres'
import { migrate, prepareClient } from '@/server/prepare'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: string
  }
}

export const TEMPLATE = 'migrated'

/** Nothing here outlives the tests: no need to wait for the disk. */
const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200']

interface Shared {
  users: number
  begun: Promise<{ url: string; stop: () => Promise<void> }>
}
const shared = globalThis as typeof globalThis & { parlonsEnTestPostgres?: Shared }

/** Vitest's global set-up: one Postgres for all projects that ask, with a migrated template to clone. */
export default async function setUp(project: TestProject) {
  const postgres = (shared.parlonsEnTestPostgres ??= { users: 0, begun: begin() })
  postgres.users++
  const { url, stop } = await postgres.begun
  project.provide('postgres', url)
  return async () => {
    if (--postgres.users === 0) await stop()
  }
}

async function begin() {
  const directory = await mkdtemp(join(tmpdir(), 'parlons-en-test-'))
  await chmod(directory, 0o711)
  const postgres = await startPostgres(directory, FAST.flatMap((setting) => ['-c', setting]))
  const stop = async () => {
    await postgres.stop()
    await rm(directory, { recursive: true, force: true })
  }
  try {
    await prepareClient()
    const client = new pg.Client({ connectionString: postgres.url })
    await client.connect()
    await client.query(`CREATE DATABASE ${TEMPLATE}`)
    await client.end()
    await migrate(databaseUrl(postgres.url, TEMPLATE))
  } catch (error) {
    await stop()
    throw error
  }
  return { url: postgres.url, stop }
}

export function databaseUrl(url: string, name: string) {
  const target = new URL(url)
  target.pathname = `/${name}`
  return target.href
}
