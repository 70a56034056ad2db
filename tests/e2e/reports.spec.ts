import type { Page } from '@playwright/test'
import { faultsInEachDress } from '@/tests/support/axe'
import { expect, test } from '@/tests/support/e2e'
import { logIn } from '@/tests/support/rooms'

const REPORT = 'strategie-ia-culture-2025'
const ROOM = `/organiser/rapports/${REPORT}/recommandations/1`
const PAGE = `/rapports/${REPORT}/recommandations/1`
const WORDS = 'Encourager une prestidigitation loyale des algorithmes'

/** Types into a field that the keyboard has reached. */
async function type(page: Page, label: string, words: string, into = page.locator('main')) {
  await into.getByLabel(label, { exact: true }).focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(words)
}

test('by keyboard, a wording is added to a recommendation, stands beside the others, is found though mistyped, and goes again', async ({ page, mail, admin }) => {
  test.setTimeout(90_000)
  admin('organiser', 'rapports@example.org')
  await logIn(page, mail, 'rapports@example.org', 'code', ROOM)
  const more = page.getByRole('group', { name: 'Une formulation de plus' })
  await type(page, 'Texte', WORDS, more)
  await page.keyboard.press('Tab') // to its language, which is French
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  await expect(more.getByLabel('Les mots mêmes du rapport')).toBeChecked()
  await page.keyboard.press('Tab')
  await page.keyboard.type('p. 12')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'C’est enregistré' })).toBeVisible()

  await page.goto(PAGE)
  const figures = page.locator('figure').filter({ has: page.locator('blockquote') })
  await expect(figures.filter({ hasText: WORDS }).locator('figcaption')).toHaveText('Autre formulation du rapport · p. 12')
  const [quoted, beside] = await Promise.all([figures.first().boundingBox(), figures.filter({ hasText: WORDS }).boundingBox()])
  expect([beside!.y - quoted!.y, beside!.x > quoted!.x]).toEqual([0, true])
  await page.goto(`/en/reports/${REPORT}/recommendations/1`)
  await expect(figures.filter({ hasText: WORDS }).locator('blockquote')).toHaveAttribute('lang', 'fr')
  await expect(figures.filter({ hasText: 'Develop responsible AI' }).locator('figcaption')).toHaveText('Unofficial translation')
  expect(await faultsInEachDress(page, 'wordings side by side')).toEqual([])

  await page.goto('/recherche')
  await type(page, 'Des mots, un nom ou le numéro d’une recommandation', 'prestidijitation')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Vouliez-vous dire')).toContainText('prestidigitation')
  const result = page.locator('main ol > li').first()
  await expect(result.locator('mark')).toHaveText('prestidigitation')
  await result.getByRole('link').first().focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(`**${PAGE}`)

  await page.goto(ROOM)
  const added = page.getByRole('group', { name: 'Formulation 3' })
  await type(page, 'Texte', ' ', added)
  await page.keyboard.press('Delete')
  await added.getByLabel('Source').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'C’est enregistré' })).toBeVisible()
  await page.goto('/recherche?q=prestidigitation')
  await expect(page.locator('main ol > li').filter({ hasText: WORDS })).toHaveCount(0)
})
