import { readFile } from 'node:fs/promises'
import { faults, overflow, phone } from '@/tests/support/axe'
import { expect, test } from '@/tests/support/e2e'
import { logIn } from '@/tests/support/rooms'

// One's own place: a seat at every date of a format, a second address, and everything to take away.

test('every date at once, one of them skipped; two addresses of one person; everything exported', async ({ page, mail, browser }) => {
  test.setTimeout(60_000)
  const [work, home] = ['nora.benali@example.org', 'nora@maison.example.org']
  await page.goto('/series/cafe-tmnlab')
  const form = page.getByRole('region', { name: 'Être de toutes les dates' })
  await form.getByRole('button', { name: 'M’inscrire à toutes les dates' }).click()
  await expect(form.getByLabel('Votre adresse électronique')).toHaveAttribute('aria-invalid', 'true')
  await form.getByLabel('Votre nom').fill('Nora Benali')
  await form.getByLabel('Votre adresse électronique').fill(work)
  await form.getByRole('button', { name: 'M’inscrire à toutes les dates' }).click()
  await expect(form).toContainText('Il reste à confirmer votre adresse')

  // The link shows, the button acts; the dates fill by themselves.
  const started = await mail.next(({ recipients }) => recipients[0] === work)
  await page.goto(/https?:\/\/\S+\/inscription-permanente\/\w+/.exec(started.text ?? '')?.[0] ?? 'about:blank')
  await expect(page.getByRole('main')).toContainText('Il reste à confirmer')
  await page.getByRole('button', { name: 'Confirmer et commencer' }).click()
  await expect(async () => {
    await page.reload()
    await expect(page.getByRole('button', { name: 'Sauter cette date' }).first()).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 10_000 })
  await page.getByRole('button', { name: 'Sauter cette date' }).first().click()
  await expect(page.getByRole('main')).toContainText('cette date est sautée')
  await page.setViewportSize(phone)
  expect([...(await faults(page, 'standing')), ...(await overflow(page, 'standing'))]).toEqual([])

  await logIn(page, mail, work, 'code', '/mon-espace')
  const standing = page.getByRole('region', { name: 'Inscriptions permanentes' })
  await standing.getByRole('button', { name: 'Faire une pause' }).click()
  await expect(standing).toContainText('En pause')

  // A second address: the letter goes there, and its link is good only here.
  const addresses = page.getByRole('region', { name: 'Adresses' })
  await addresses.getByText('Ajouter une adresse').click()
  await addresses.getByLabel('Autre adresse électronique').fill(work)
  await addresses.getByRole('group').filter({ hasText: 'Ajouter une adresse' }).getByRole('button').click()
  await expect(addresses.getByLabel('Autre adresse électronique')).toHaveAttribute('aria-invalid', 'true')
  await addresses.getByLabel('Autre adresse électronique').fill(home)
  await addresses.getByRole('group').filter({ hasText: 'Ajouter une adresse' }).getByRole('button').click()
  await expect(addresses).toContainText(`Un message part à ${home}`)
  const asked = await mail.next(({ recipients }) => recipients[0] === home)
  const link = /https?:\/\/\S+\/adresse\/\w+/.exec(asked.text ?? '')?.[0] ?? 'about:blank'
  const stranger = await (await browser.newContext({ baseURL: process.env.E2E_URL })).newPage()
  await stranger.goto(link)
  await expect(stranger.getByRole('button', { name: 'Confirmer cette adresse' })).toHaveCount(0)
  await stranger.context().close()
  await page.goto(link)
  await page.getByRole('button', { name: 'Confirmer cette adresse' }).click()
  await expect(page.getByRole('main')).toContainText('cette adresse est aussi la vôtre')
  await expect(addresses).toContainText(home)
  expect([...(await faults(page, 'me')), ...(await overflow(page, 'me'))]).toEqual([])
  expect((await page.goto(link))?.status()).toBe(410)

  await page.goto('/mon-espace')
  await expect(page.getByRole('region', { name: 'Connexions' })).toContainText('ce navigateur')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Tout exporter' }).click()])
  const everything = JSON.parse(await readFile(await file.path(), 'utf8')) as { registrations: object[]; otherAddresses: object[]; letters: object[] }
  expect(everything.registrations.length).toBeGreaterThan(0)
  expect(everything.otherAddresses).toHaveLength(1)
  expect(everything.letters.length).toBeGreaterThan(2)
})
