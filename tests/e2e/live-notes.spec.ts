import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, expect, type Page, test } from '@playwright/test'
import pg from 'pg'
import { freePort } from '@/server/ports'
import { runningPostgres } from '@/server/postgres'
import { type App, startApp } from '@/tests/support/app'
import { kill } from '@/tests/support/crash'
import { inDays } from '@/tests/support/house'
import { send } from '@/tests/support/http'
import { logIn } from '@/tests/support/rooms'
import { startSmtp } from '@/tests/support/smtp'

test.setTimeout(180_000)

const people = ['anne', 'basile', 'chloe'] as const

test('three people write in one document, one loses the network, the program is killed: every word is in every tab and in the database, once', async ({ browser }) => {
  const smtp = await startSmtp()
  const port = await freePort()
  const dataDir = await mkdtemp(join(tmpdir(), 'parlons-en-live-'))
  await chmod(dataDir, 0o711)
  const begin = () => startApp({ SEED: 'none', PORT: String(port), DATA_DIR: dataDir, SMTP_URL: smtp.url, RATE_LIMITS: 'off' })
  let app = await begin()
  const contexts: BrowserContext[] = []
  try {
    const slug = await anEvent(app)
    const mail = { count: () => Promise.resolve(smtp.received.length), next: smtp.next }
    const pages: Page[] = []
    for (const name of people) {
      await app.admin('organiser', `${name}@example.org`)
      const context = await browser.newContext({ baseURL: app.url })
      contexts.push(context)
      const page = await context.newPage()
      await logIn(page, mail, `${name}@example.org`, 'code', `/organiser/rendez-vous/${slug}/notes`)
      await expect(page.getByRole('textbox', { name: 'Notes de la séance' })).toBeVisible()
      pages.push(page)
    }
    const [anne, , chloe] = pages
    const text = (page: Page) => page.getByRole('textbox', { name: 'Notes de la séance' })

    // Each in a paragraph of their own, at the same time.
    for (const [i, page] of pages.entries()) {
      await text(page).click()
      await page.keyboard.press('Control+End')
      if (i > 0) await page.keyboard.press('Enter')
      await page.keyboard.type(`${people[i]}:`)
      for (const other of pages) await expect(text(other)).toContainText(`${people[i]}:`)
    }
    const type = (page: Page, what: string) => page.keyboard.type(words(people[pages.indexOf(page)], what), { delay: 15 })
    await Promise.all(pages.map((page) => type(page, 'ensemble')))

    await contexts[2].setOffline(true)
    await Promise.all(pages.map((page) => type(page, 'séparés')))
    await type(chloe, 'seule')
    await kill(app, 'program')
    const up = begin()
    await type(anne, 'pendant')
    app = await up
    await type(chloe, 'encore')
    await contexts[2].setOffline(false)

    const said = [...people.flatMap((name) => ['ensemble', 'séparés'].map((what) => words(name, what))), words('chloe', 'seule'), words('anne', 'pendant'), words('chloe', 'encore')].flatMap((line) => line.trim().split(' '))
    const once = (all: string) => said.filter((word) => all.split(word).length !== 2)
    for (const page of pages) await expect.poll(async () => once(await text(page).innerText()), { timeout: 30_000 }).toEqual([])
    await expect.poll(async () => once(await storedNotes(dataDir)), { timeout: 10_000 }).toEqual([])
    const [first, ...others] = await Promise.all(pages.map((page) => text(page).innerText()))
    expect(others).toEqual([first, first])
    for (const page of pages) await expect(page.getByRole('status').filter({ hasText: /[Ee]nregistré/ })).toBeAttached()
  } finally {
    for (const context of contexts) await context.close()
    await app.stop()
    await smtp.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
})

/** Words that stand nowhere else: who, when, and which. */
const words = (name: string, what: string) => Array.from({ length: 6 }, (_, i) => ` ${name}-${what}-${i}.`).join('')

async function anEvent(app: App) {
  await app.admin('organiser', 'anne@example.org')
  const token = (await app.admin('token', 'anne@example.org', 'tests')).lastLine
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const body = JSON.stringify({ title: 'À plusieurs', startsAt: `${inDays(1)}T09:00`, endsAt: `${inDays(1)}T10:00`, timeZone: 'Europe/Paris', mode: 'online' })
  const { slug } = JSON.parse((await send(`${app.url}/api/v1/events`, { method: 'POST', headers, body })).text) as { slug: string }
  return slug
}

async function storedNotes(dataDir: string) {
  const client = new pg.Client({ connectionString: await runningPostgres(dataDir) })
  await client.connect()
  const { rows } = await client.query<{ document: string }>('SELECT document::text FROM "Notes"')
  await client.end()
  return rows.map((row) => row.document).join()
}
