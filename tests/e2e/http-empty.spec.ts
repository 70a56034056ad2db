import { desk, faults } from '@/tests/support/axe'
import { expect, test } from '@/tests/support/house'

// A house of which nothing has been told yet: every page says so, and what to do. First of the files that share it.

test.use({ viewport: desk, locale: 'fr-FR', reducedMotion: 'reduce' })

test('empty pages are whole pages, for readers', async ({ page, house }) => {
  const found: string[] = []
  for (const path of ['/', '/en', '/rendez-vous-passes', '/restitutions', '/rapports', '/s-abonner', '/?q=rien']) {
    const answer = await page.goto(house.url + path)
    expect([path, answer?.status()]).toEqual([path, 200])
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    found.push(...(await faults(page, path)))
  }
  expect(found).toEqual([])
  for (const feed of ['/feeds/events.ics', '/feeds/events.atom', '/feeds/events.json', '/sitemap.xml', '/robots.txt', '/api/v1/events', '/api/v1/reports']) {
    expect([feed, (await page.request.get(house.url + feed)).status()]).toEqual([feed, 200])
  }
})

test('and for organisers', async ({ page, house }) => {
  await page.goto(`${house.url}/connexion?returnTo=/organiser`)
  await page.getByLabel('Votre adresse électronique').fill('camille@example.org')
  await page.getByRole('button', { name: 'Recevoir le lien et le code' }).click()
  const { text = '' } = await house.smtp.next(({ recipients, text }) => recipients[0] === 'camille@example.org' && /^\s*\d{3} ?\d{3}\s*$/m.test(text ?? ''))
  await page.getByLabel('Code à six chiffres').fill(/^\s*(\d{3} ?\d{3})\s*$/m.exec(text)?.[1] ?? '')
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await page.waitForURL('**/organiser')
  const found: string[] = []
  for (const path of ['/organiser', '/organiser/journal', '/organiser/rendez-vous/nouveau', '/mon-espace']) {
    await page.goto(house.url + path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    found.push(...(await faults(page, path)))
  }
  expect(found).toEqual([])
})
