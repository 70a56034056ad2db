import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, expect, type Locator, type Page, test } from '@playwright/test'
import pg from 'pg'
import { freePort } from '@/server/ports'
import { runningPostgres } from '@/server/postgres'
import { type App, startApp } from '@/tests/support/app'
import { kill } from '@/tests/support/crash'
import { send } from '@/tests/support/http'
import { logIn } from '@/tests/support/rooms'
import { startSmtp } from '@/tests/support/smtp'

test.setTimeout(300_000)

const people = ['anne', 'basile', 'chloe'] as const

test('three people write in one document, two lose the network and one her tab, the program is killed: every word is in every tab and in the database, once', async ({ browser }) => {
  const smtp = await startSmtp()
  const port = await freePort()
  const dataDir = await mkdtemp(join(tmpdir(), 'parlons-en-live-'))
  await chmod(dataDir, 0o711)
  const begin = () => startApp({ SEED: 'none', PORT: String(port), DATA_DIR: dataDir, SMTP_URL: smtp.url, RATE_LIMITS: 'off' })
  let app = await begin()
  const contexts: BrowserContext[] = []
  const broken: string[] = []
  const text = (page: Page) => page.getByRole('textbox', { name: 'Notes de la séance' })
  const open = async (context: BrowserContext, path: string) => {
    const page = await context.newPage()
    page.on('console', (message) => /Content Security Policy|hydrat/i.test(message.text()) && broken.push(message.text()))
    page.on('pageerror', (error) => broken.push(error.message))
    await page.goto(path)
    await expect(text(page)).toBeVisible({ timeout: 20_000 })
    return page
  }
  try {
    const slug = await anEvent(app)
    const room = `/organiser/rendez-vous/${slug}/notes`
    const mail = { count: () => Promise.resolve(smtp.received.length), next: smtp.next }
    for (let i = 0; i < people.length; i++) contexts.push(await browser.newContext({ baseURL: app.url }))
    for (const [i, name] of (['anne', 'basile'] as const).entries()) {
      await app.admin('organiser', `${name}@example.org`)
      const page = await contexts[i].newPage()
      await logIn(page, mail, `${name}@example.org`)
      await page.close()
    }
    const anne = await open(contexts[0], room)
    await anne.locator('summary').filter({ hasText: 'Qui écrit ?' }).click()
    await anne.getByLabel('L’équipe et les personnes inscrites').check()
    await anne.getByRole('button', { name: 'Enregistrer', exact: true }).click()
    await expect(anne.getByRole('status').filter({ hasText: 'C’est enregistré.' })).toBeVisible()
    const basile = await open(contexts[1], room)
    const seat = `${await aSeat(app, slug, smtp)}/notes`
    let chloe = await open(contexts[2], seat)
    const all = () => [anne, basile, chloe]

    // Each in a paragraph of their own, at the same time.
    for (const [i, page] of all().entries()) {
      await text(page).click()
      await page.keyboard.press('Control+End')
      if (i > 0) await page.keyboard.press('Enter')
      await page.keyboard.type(`${people[i]}:`)
      for (const other of all()) await expect(text(other)).toContainText(`${people[i]}:`)
    }
    const type = (page: Page, what: string) => page.keyboard.type(words(people[all().indexOf(page)], what), { delay: 15 })
    await Promise.all(all().map((page) => type(page, 'ensemble')))

    await Promise.all([contexts[1], contexts[2]].map((context) => context.setOffline(true)))
    await Promise.all(all().map((page) => type(page, 'séparés')))
    // Her tab dies: what it had not sent stands on her device.
    await type(chloe, 'seule')
    await expect(chloe.getByRole('status').filter({ hasText: 'est gardé sur cet appareil' })).toBeAttached()
    await chloe.close()
    await kill(app, 'program')
    const up = begin()
    await Promise.all([type(anne, 'pendant'), type(basile, 'seul')])
    app = await up
    await type(basile, 'encore')
    await Promise.all([contexts[1], contexts[2]].map((context) => context.setOffline(false)))
    chloe = await open(contexts[2], seat)

    const said = [
      ...people.flatMap((name) => ['ensemble', 'séparés'].map((what) => words(name, what))),
      words('anne', 'pendant'), words('basile', 'seul'), words('basile', 'encore'), words('chloe', 'seule'),
    ].flatMap((line) => line.trim().split(' '))
    const once = (found: string) => said.filter((word) => found.split(word).length !== 2)
    for (const page of all()) await expect.poll(async () => once(await written(text(page))), { timeout: 30_000 }).toEqual([])
    await expect.poll(async () => once(await stored(dataDir, 'SELECT document::text AS found FROM "Notes"')), { timeout: 10_000 }).toEqual([])
    const [first, ...others] = await Promise.all(all().map((page) => written(text(page))))
    expect(others).toEqual([first, first])
    for (const page of all()) await expect(page.getByRole('status').filter({ hasText: 'Connecté, tout est enregistré.' })).toBeAttached()

    // When everybody has gone and the document was closed, whoever comes next reads the same.
    for (const page of all()) await page.close()
    await expect.poll(() => stored(dataDir, 'SELECT holder::text AS found FROM "NotesHolder"'), { timeout: 15_000 }).toBe('')
    const later = await open(contexts[0], room)
    await expect.poll(async () => written(text(later))).toBe(first)
    expect(broken).toEqual([])
  } finally {
    for (const context of contexts) await context.close()
    await app.stop()
    await smtp.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
})

/** Words that stand nowhere else: who, when, and which. */
const words = (name: string, what: string) => Array.from({ length: 6 }, (_, i) => ` ${name}-${what}-${i}.`).join('')

/** What stands in an editor, line by line, without the names of those who write there. */
const written = (text: Locator) =>
  text.evaluate((editor) => {
    const copy = editor.cloneNode(true) as HTMLElement
    copy.querySelectorAll('.caret, .ProseMirror-widget').forEach((caret) => caret.remove())
    return [...copy.children].map((line) => line.textContent).join('\n')
  })

/** A session that begins in ten minutes: whoever has a seat may write already. */
async function anEvent(app: App) {
  await app.admin('organiser', 'anne@example.org')
  const token = (await app.admin('token', 'anne@example.org', 'tests')).lastLine
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const at = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
  const body = JSON.stringify({ title: 'À plusieurs', startsAt: at(10), endsAt: at(70), timeZone: 'Europe/Paris', mode: 'online' })
  const { slug } = JSON.parse((await send(`${app.url}/api/v1/events`, { method: 'POST', headers, body })).text) as { slug: string }
  await send(`${app.url}/api/v1/events/${slug}/publish`, { method: 'POST', headers, body: '{}' })
  return slug
}

/** Chloé takes a seat, and opens what her letter leads to. */
async function aSeat(app: App, slug: string, smtp: Awaited<ReturnType<typeof startSmtp>>) {
  const body = JSON.stringify({ name: 'Chloé', email: 'chloe@example.org', locale: 'fr' })
  await send(`${app.url}/api/v1/events/${slug}/registrations`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
  const { text = '' } = await smtp.next(({ recipients, text = '' }) => recipients[0] === 'chloe@example.org' && /\/inscriptions\/[a-z0-9]{26,}/.test(text))
  return /\/inscriptions\/[a-z0-9]{26,}/.exec(text)?.[0] ?? ''
}

async function stored(dataDir: string, query: string) {
  const client = new pg.Client({ connectionString: await runningPostgres(dataDir) })
  await client.connect()
  const { rows } = await client.query<{ found: string }>(query)
  await client.end()
  return rows.map(({ found }) => found).join()
}
