import { type Page } from '@playwright/test'
import { expect, test } from '@/tests/support/e2e'
import { logIn } from '@/tests/support/rooms'

// The whole way of notes by keyboard alone: from the log-in to a passage of the restitution.

const REPORT = 'ia-notre-ambition-pour-la-france'
const SLUG = 'former-sans-former-quels-metiers-demain'

test.describe.configure({ timeout: 150_000 })

test('notes are written, tied, read over, published and read by keys alone, while somebody else writes too', async ({ browser, page, mail, admin }) => {
  admin('organiser', 'clara.clavier@example.org')
  const token = admin('token', 'clara.clavier@example.org', 'notes').split('\n').at(-1) ?? ''
  const slug = await pastEvent(token)
  await logIn(page, mail, 'clara.clavier@example.org', 'code', `/organiser/rendez-vous/${slug}/notes`)
  const text = page.getByRole('textbox', { name: 'Notes de la séance' })
  await text.waitFor()

  // From the page's beginning to the text, by Tab.
  await tabTo(page, () => text.evaluate((one) => one === document.activeElement))
  await keys(page, 'Control+A', 'Backspace', 'Control+Alt+2')
  await page.keyboard.type('Tour de table')
  await keys(page, 'Enter')
  await page.keyboard.type('Trois salles ont répondu, dit @')
  await page.keyboard.type('Zoé Martin')
  await expect(page.getByRole('listbox', { name: 'Personnes' })).toBeVisible()
  await expect(text).toHaveAttribute('aria-activedescendant', /speaker/)
  await keys(page, 'Enter')
  await page.keyboard.type('pour la sienne. #16')
  await expect(page.getByRole('option', { name: /^16/ })).toHaveAttribute('aria-selected', 'true')
  await keys(page, 'Enter', 'Enter')
  await page.keyboard.type('- une première idée')
  await keys(page, 'Enter')
  await page.keyboard.type('une seconde')
  await keys(page, 'Enter', 'Enter')

  // A task: its box, who does it and until when.
  await keys(page, 'Control+Shift+9')
  await page.keyboard.type('Relire les réponses')
  await keys(page, 'Alt+Enter')
  await expect(page.getByLabel('Qui s’en charge')).toBeFocused()
  await page.keyboard.type('Anne Le Goff')
  await keys(page, 'Tab')
  await page.getByLabel('Pour quel jour').fill('2027-01-12')
  await keys(page, 'Enter')
  await expect(text).toBeFocused()
  await expect(text).toContainText('Anne Le Goff, pour le 12 janvier')
  await keys(page, 'Control+Enter')
  await expect(text.getByRole('checkbox')).toBeChecked()
  await keys(page, 'Enter', 'Enter')

  // A table, by the toolbar.
  await keys(page, 'Alt+F10')
  await arrowTo(page, 'Tableau')
  await keys(page, 'Enter')
  await expect(page.getByLabel('Lignes')).toBeFocused()
  await keys(page, 'Enter')
  await page.keyboard.type('Salle')
  await keys(page, 'Tab')
  await page.keyboard.type('Outil')
  await keys(page, 'Alt+F10')
  await arrowTo(page, 'Tableau')
  await keys(page, 'Enter')
  await expect(page.getByRole('button', { name: 'Ligne au-dessous' })).toBeFocused()
  await keys(page, 'Enter')
  await expect(page.getByText('Ligne ajoutée. 4 lignes, 3 colonnes.')).toBeAttached()
  await keys(page, 'Escape')
  await expect(text.getByRole('row')).toHaveCount(4)

  // Somebody else's words appear, and their coming is said.
  const second = await (await browser.newContext({ baseURL: process.env.E2E_URL, locale: 'fr-FR' })).newPage()
  admin('organiser', 'dora.deux@example.org')
  await logIn(second, mail, 'dora.deux@example.org', 'code', `/organiser/rendez-vous/${slug}/notes`)
  const theirs = second.getByRole('textbox', { name: 'Notes de la séance' })
  await expect(theirs).toContainText('Relire les réponses')
  await theirs.focus()
  await keys(second, 'Control+Home', 'End')
  await second.keyboard.type(', à trois')
  await expect(text).toContainText('Tour de table, à trois')
  await expect(page.getByRole('button', { name: /^Avec vous/ })).toBeVisible()
  await expect(page.getByText(/Connecté. Enregistré/)).toBeVisible()
  await second.context().close()

  // The same as Markdown.
  await tabBackTo(page, 'En texte simple')
  await keys(page, 'Enter')
  const plain = page.getByLabel('Le texte, en Markdown')
  await expect(plain).toHaveValue(new RegExp(`{#${REPORT}/16}`))
  await expect(plain).toHaveValue(/- \[x\] Relire les réponses/)

  // Read over and published in its own room, then read.
  await tabTo(page, () => page.getByRole('link', { name: 'Relire et publier la restitution' }).evaluate((one) => one === document.activeElement))
  await keys(page, 'Enter')
  const publish = page.getByRole('button', { name: 'Publier l’édition nº 1' })
  await publish.waitFor()
  await tabTo(page, () => publish.evaluate((one) => one === document.activeElement))
  await keys(page, 'Enter')
  const see = page.getByRole('link', { name: 'Voir la restitution' }).first()
  await see.waitFor()
  await tabTo(page, () => see.evaluate((one) => one === document.activeElement))
  await keys(page, 'Enter')
  await expect(page.getByRole('main')).toContainText('Trois salles ont répondu')
  const anchor = page.getByRole('link', { name: 'Tour de table, à trois' }).first()
  await tabTo(page, () => anchor.evaluate((one) => one === document.activeElement))
  await keys(page, 'Enter')
  await expect(page).toHaveURL(/#p-[a-z0-9]{8}$/)
})

async function pastEvent(token: string) {
  const url = `${process.env.E2E_URL}/api/v1/events`
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const made = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ title: SLUG.replaceAll('-', ' '), startsAt: '2026-11-19T09:00', endsAt: '2026-11-19T10:00', timeZone: 'Europe/Paris', mode: 'online' }) })
  const { slug } = (await made.json()) as { slug: string }
  await fetch(`${url}/${slug}/publish`, { method: 'POST', headers })
  return slug
}

async function keys(page: Page, ...all: string[]) {
  for (const one of all) await page.keyboard.press(one)
}

async function tabTo(page: Page, isThere: () => Promise<boolean>) {
  for (let i = 0; i < 120 && !(await isThere()); i++) await page.keyboard.press('Tab')
  expect(await isThere()).toBe(true)
}

async function tabBackTo(page: Page, name: string) {
  for (let i = 0; i < 60 && (await page.evaluate(() => document.activeElement?.textContent)) !== name; i++) await page.keyboard.press('Shift+Tab')
}

/** Along the toolbar, one button at a time. */
async function arrowTo(page: Page, name: string) {
  for (let i = 0; i < 20 && (await page.evaluate(() => document.activeElement?.textContent)) !== name; i++) await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('toolbar').getByRole('button', { name, exact: true })).toBeFocused()
}
