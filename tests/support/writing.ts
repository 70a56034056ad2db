import type { Page } from '@playwright/test'

// What one does in the room where notes are written.

export async function tie(page: Page) {
  await page.getByRole('textbox').first().click()
  await page.getByRole('button', { name: 'Relier ce paragraphe' }).click()
  await page.getByLabel('Chercher une recommandation ou un thème').waitFor()
}

export async function nameSomething(page: Page) {
  await page.getByRole('textbox').first().press('Control+End')
  await page.keyboard.type(' #1')
  await page.getByRole('listbox').waitFor()
}

export async function changeTable(page: Page) {
  const text = page.getByRole('textbox').first()
  for (const key of ['Control+A', 'Backspace', 'Control+Shift+9', 'Alt+Enter']) await text.press(key)
  await page.getByLabel('Qui s’en charge').press('Escape')
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()
  for (const name of ['Tableau', 'Insérer le tableau']) await press(name)
  for (const [i, head] of ['Quoi', 'Qui', 'Quand'].entries()) {
    await text.locator('th').nth(i).click()
    await page.keyboard.type(head)
  }
  for (const name of ['Tableau', 'Ligne au-dessous']) await press(name)
}
