import nodeIcal from 'node-ical'
import { expect, test } from '@/tests/support/e2e'
import { inDays } from '@/tests/support/house'
import { theApi } from '@/tests/support/rooms'

// A subscriber: one address, pasted once into another program, which sees what moves.

test('from the page « S’abonner » to a moved event', async ({ page, admin, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/')
  await page.getByRole('link', { name: /abonne/i }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('S’abonner')
  const address = await page.getByLabel('L’adresse à coller').inputValue()
  await page.getByRole('button', { name: 'Copier' }).click()
  await expect(page.getByText('Adresse copiée.')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address)

  const feed = await readFeed(address)
  expect(feed.length).toBeGreaterThan(5)
  // Everything that the page says, the feed holds: the agenda's first event is there with its hour.
  await page.goto('/')
  await expect(page.getByRole('main')).toContainText('Qui entraîne les modèles avec nos archives')
  expect(feed.map(({ summary }) => summary)).toContainEqual(expect.stringMatching(/Qui entraîne les modèles avec nos archives/))

  admin('organiser', 'flux@example.org')
  const api = theApi(admin('token', 'flux@example.org', 'tests').split('\n').at(-1) ?? '')
  const { slug } = await api('POST', '/events', { title: 'Abonnés, bonjour', startsAt: `${inDays(50)}T09:00`, endsAt: `${inDays(50)}T10:00`, timeZone: 'Europe/Paris', mode: 'online', themes: [await aTheme(page.request)] })
  const mine = async (from = address) => (await readFeed(from)).find(({ summary }) => summary === 'Abonnés, bonjour')
  expect(await mine()).toBeUndefined() // a draft is nobody's business
  await api('POST', `/events/${String(slug)}/publish`)
  const before = await mine()
  expect(before).toBeDefined()

  await api('PATCH', `/events/${String(slug)}`, { startsAt: `${inDays(51)}T14:00`, endsAt: `${inDays(51)}T15:00` })
  const after = await mine()
  expect(after?.uid).toBe(before?.uid)
  expect(Number(after?.sequence)).toBeGreaterThan(Number(before?.sequence))
  expect(after?.start.toISOString().slice(0, 10)).toBe(inDays(51))

  await api('POST', `/events/${String(slug)}/call-off`)
  const off = (await readFeed(address)).find(({ uid }) => uid === before?.uid)
  expect(off).toMatchObject({ status: 'CANCELLED' })

  // Every other address of the page answers, too, as what it says it is.
  await page.goto('/s-abonner')
  const links = await page.getByRole('main').locator('a[href*="/feeds/"]').evaluateAll((all) => all.map((one) => (one as HTMLAnchorElement).href.replace(/^webcal:/, 'http:')))
  for (const link of [...new Set(links)]) expect([link, (await page.request.get(link)).status()]).toEqual([link, 200])
  expect(links.length).toBeGreaterThan(10)
})

/** As a calendar does: fetched by another program, read by node-ical. */
async function readFeed(address: string) {
  const events = await nodeIcal.async.fromURL(address)
  return Object.values(events).filter((one) => one?.type === 'VEVENT')
}

async function aTheme(request: { get: (url: string) => Promise<{ json: () => Promise<unknown> }> }) {
  const { data } = (await (await request.get('/api/v1/events?limit=20')).json()) as { data: { themes: string[] }[] }
  return data.flatMap(({ themes }) => themes)[0]
}
