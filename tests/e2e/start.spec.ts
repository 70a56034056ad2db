import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { childVariables, noVariables } from '@/lib/config'
import { freePort } from '@/server/ports'
import { startApp } from '@/tests/support/app'
import { expect, test } from '@/tests/support/e2e'

// The start itself: no browser, the program in directories of its own, with nothing in it.
test.describe.configure({ mode: 'serial', timeout: 180_000 })

let dataDir = ''

test.beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'parlons-en-start-'))
  await chmod(dataDir, 0o711)
})
test.afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

test('the first start says where to go, how to organise and where the mail is', async ({ request }) => {
  const app = await startApp({ DATA_DIR: dataDir, SEED: 'none' })
  try {
    // The welcome is printed once the server answers; who asked the server may be quicker.
    await expect.poll(() => app.output()).toContain(`Parlons-en is served at ${app.url}`)
    expect(app.output()).toContain('npm run admin -- organiser')
    expect(app.output()).toContain('Answers of calendars are not read')
    const mailbox = /http:\S+\/dev\/mailbox\?key=\S+/.exec(app.output())?.[0] ?? ''
    expect((await request.get(mailbox)).status()).toBe(200) // with its cookies, as a browser
    expect(await (await fetch(`${app.url}/api/health`)).json()).toEqual({ status: 'ok', database: 'ok', worker: 'ok', mail: 'ok' })
  } finally {
    expect(await app.stop('SIGINT')).toBe(0)
  }
  expect(processesOf(dataDir)).toEqual([])
})

test('the second start is quick, keeps all data, and the command line works beside it', async () => {
  const app = await startApp({ DATA_DIR: dataDir, SEED: 'none' }, { within: 20_000 })
  try {
    expect((await app.admin('organiser', 'anne@example.org')).code).toBe(0)
    const token = (await app.admin('token', 'anne@example.org', 'a test')).lastLine
    expect(token).toMatch(/^[\w-]{40,}$/)
    expect(await app.admin('check')).toMatchObject({ code: 0 })
    expect(await app.admin('nonsense')).toMatchObject({ code: 1, stderr: expect.stringContaining('admin -- check') })
  } finally {
    await app.stop()
  }
  const again = await startApp({ DATA_DIR: dataDir, SEED: 'none' }, { within: 20_000 })
  try {
    expect((await again.admin('token', 'anne@example.org', 'another')).code).toBe(0)
  } finally {
    await again.stop()
  }
})

test('a start after a crash repairs itself', async () => {
  const app = await startApp({ DATA_DIR: dataDir, SEED: 'none' })
  const postgres = Number.parseInt(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8'), 10)
  process.kill(postgres, 'SIGKILL')
  await app.stop('SIGKILL')
  await expect.poll(() => processesOf(dataDir)).toEqual([])

  const again = await startApp({ DATA_DIR: dataDir, SEED: 'none' })
  try {
    expect((await again.admin('token', 'anne@example.org', 'a third')).code).toBe(0)
  } finally {
    await again.stop()
  }
})

test('two starts on one directory: the second says so and leaves the first alone', async () => {
  const app = await startApp({ DATA_DIR: dataDir, SEED: 'none' })
  try {
    expect(refusal({ DATA_DIR: dataDir, PORT: String(await freePort()) })).toMatch(/^Parlons-en already runs on .*DATA_DIR.*\.$/)
    expect(refusal({ PORT: String(await freePort()), INBOUND_SMTP_PORT: String(app.port) })).toMatch(new RegExp(`^Port ${app.port} \\(INBOUND_SMTP_PORT\\) is taken .*\\.$`))
    expect(refusal({ PORT: String(app.port) })).toMatch(new RegExp(`^Port ${app.port} is taken .*PORT=${app.port + 1} npm start\\.$`))
    expect((await fetch(`${app.url}/api/health`)).status).toBe(200)
  } finally {
    await app.stop()
  }
})

test('a broken variable stops the start with one sentence', () => {
  expect(refusal({ PORT: 'http' })).toMatch(/^PORT must be a number/)
  expect(refusal({ PORT: '4100', INBOUND_SMTP_PORT: '4100' })).toMatch(/^INBOUND_SMTP_PORT must be another port than PORT/)
  expect(refusal({ DATABASE_URL: 'postgresql://u:p@127.0.0.1:5432/x' })).toMatch(/^AUTH_SECRET must be given/)
  const unreachable = { DATABASE_URL: 'postgresql://u:p@127.0.0.1:9/x', AUTH_SECRET: 'x'.repeat(32), DATA_DIR: dataDir }
  expect(refusal(unreachable)).toMatch(/^DATABASE_URL: no PostgreSQL answers at 127\.0\.0\.1:9 .*\.$/)
})

/** What a start says that refuses, which must be one line. */
function refusal(variables: Record<string, string>) {
  const env = childVariables({ ...noVariables(), NODE_ENV: undefined, ...variables })
  const done = spawnSync(process.execPath, ['server/start.mjs'], { env, encoding: 'utf8', timeout: 30_000 })
  expect(done.status).toBe(1)
  return done.stderr.trim()
}

function processesOf(directory: string) {
  const { stdout } = spawnSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
  return stdout.split('\n').filter((line) => line.includes(directory))
}
