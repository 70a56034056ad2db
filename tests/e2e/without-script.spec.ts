import { expect, test } from '@/tests/support/e2e'

// Reading and registering need no script.

test.use({ javaScriptEnabled: false })

test('the agenda is read, searched and filtered', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const all = await page.getByRole('main').locator('a[href^="/rendez-vous/"]').count()
  expect(all).toBeGreaterThan(5)
  // The search is under a summary, which opens without a script.
  const summary = page.getByText('Chercher ou filtrer').first()
  if (await summary.isVisible()) await summary.click()
  await page.getByLabel('Chercher un rendez-vous').fill('mediation')
  await page.getByLabel('Chercher un rendez-vous').press('Enter')
  await expect(page.getByRole('main').getByRole('link', { name: /Former une équipe de médiation/ }).first()).toBeVisible()
  expect(await page.getByRole('main').locator('a[href^="/rendez-vous/"]').count()).toBeLessThan(all)
})

test('a seat is taken, corrected and given back', async ({ page, mail }) => {
  await page.goto('/')
  await page.getByRole('main').getByRole('link', { name: /Former une équipe de médiation/ }).first().click()
  await page.getByLabel('Votre nom').fill('')
  await page.getByLabel('Votre adresse électronique').fill('sans.script@example.org')
  await page.getByRole('button', { name: 'Prendre une place' }).click()
  await expect(page.getByLabel('Votre nom')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('Votre adresse électronique')).toHaveValue('sans.script@example.org')
  await page.getByLabel('Votre nom').fill('Sans Script')
  await page.getByRole('button', { name: 'Prendre une place' }).click()
  await expect(page.getByText('Vous avez une place')).toBeVisible()

  const letter = await mail.next(({ recipients }) => recipients[0] === 'sans.script@example.org')
  await page.goto(/https?:\/\/\S+\/inscriptions\/\w+/.exec(letter.text ?? '')?.[0] ?? 'about:blank')
  await page.getByLabel('Nom de la personne').fill('Une Collègue')
  await page.getByRole('button', { name: 'Ajouter cette personne' }).click()
  await expect(page.getByRole('main')).toContainText('2 places vous attendent.')
  await page.getByRole('button', { name: 'Rendre les 2 places' }).click()
  await expect(page.getByRole('main')).toContainText('Cette inscription est annulée.')
})

test('a report, its map, a recommendation and a restitution are read', async ({ page }) => {
  await page.goto('/rapports')
  await page.getByRole('main').getByRole('link', { name: /notre ambition pour la France/ }).first().click()
  await expect(page.getByRole('main').locator('a[href*="/recommandations/"]').first()).toBeVisible()
  await page.getByRole('main').locator('a[href$="/recommandations/16"]').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.goto('/restitutions')
  await page.getByRole('main').locator('a[href$="/restitution"]').first().click()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  expect((await page.getByRole('main').textContent())?.length).toBeGreaterThan(500)
})

test('somebody logs in by the code', async ({ page, mail }) => {
  await page.goto('/connexion')
  await page.getByLabel('Votre adresse électronique').fill('noscript.login@example.org')
  await page.getByRole('button', { name: 'Recevoir le lien et le code' }).click()
  const { text = '' } = await mail.next(({ recipients }) => recipients[0] === 'noscript.login@example.org')
  await page.getByLabel('Code à six chiffres').fill(/^\s*(\d{3} ?\d{3})\s*$/m.exec(text)?.[1] ?? '')
  await page.getByRole('button', { name: 'Se connecter', exact: true }).click()
  await page.goto('/mon-espace')
  await expect(page.getByRole('main')).toContainText('noscript.login@example.org')
})
