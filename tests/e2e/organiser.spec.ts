import type { Page } from '@playwright/test'
import { expect, test } from '@/tests/support/e2e'
import { inDays } from '@/tests/support/house'
import { readEvent } from '@/tests/support/mime'
import { logIn } from '@/tests/support/rooms'
import { simpleParser } from 'mailparser'

// An organiser, from the log-in to a published restitution.

const REPORT = 'ia-notre-ambition-pour-la-france'
const PAST = 'Sous-titrer, traduire, décrire'

test.describe.configure({ mode: 'serial', timeout: 120_000 })

let page: Page
test.beforeAll(async ({ browser }) => {
  page = await (await browser.newContext({ baseURL: process.env.E2E_URL, locale: 'fr-FR', timezoneId: 'Europe/Paris' })).newPage()
})
test.afterAll(() => page.context().close())

test('the rooms are closed to strangers, and open by the link and by the code', async ({ mail, admin }) => {
  await page.goto('/organiser')
  await expect(page).toHaveURL(/\/connexion\?/)
  admin('organiser', 'camille.organise@example.org')
  await logIn(page, mail, 'camille.organise@example.org', 'link')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tableau de bord')
  await page.goto('/mon-espace')
  await page.getByRole('button', { name: 'Se déconnecter' }).click()
  await page.waitForURL('**/')
  await page.goto('/organiser')
  await expect(page).toHaveURL(/\/connexion/)
  await logIn(page, mail, 'camille.organise@example.org', 'code')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Tableau de bord')

  // Somebody who is known and organises nothing.
  const other = await (await page.context().browser()?.newContext({ baseURL: process.env.E2E_URL }))?.newPage()
  if (!other) throw new Error('No second browser')
  await logIn(other, mail, 'personne@example.org', 'code', '/mon-espace')
  expect((await other.goto('/organiser'))?.status()).toBe(403)
  await other.context().close()
})

test('an event: written, looked at, published, taken, moved and told', async ({ mail, browser }) => {
  await page.goto('/organiser')
  await page.getByRole('main').getByRole('link', { name: 'Nouveau rendez-vous' }).first().click()
  // Sent without a title and a day: both are named, and what was written stays.
  await page.getByRole('textbox', { name: 'Résumé (facultatif)' }).fill('Une heure pour commencer.')
  await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click()
  await expect(page.getByLabel('Titre', { exact: true })).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByRole('textbox', { name: 'Résumé (facultatif)' })).toHaveValue('Une heure pour commencer.')

  await page.getByLabel('Titre', { exact: true }).fill('Première leçon d’écoute')
  await page.getByLabel('Date', { exact: true }).fill(inDays(25))
  await page.getByLabel('Heure de début').fill('09:00')
  await page.getByLabel('Heure de fin').fill('10:00')
  await page.getByLabel('Lien de connexion').fill('https://visio.example/ecoute')
  await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click()
  await expect(page.getByRole('main')).toContainText('Le brouillon est enregistré.')
  const room = page.url().replace(/\?.*/, '')
  const slug = room.split('/').at(-1) ?? ''

  // A draft is there for its team alone.
  const stranger = await (await browser.newContext({ baseURL: process.env.E2E_URL })).newPage()
  expect((await stranger.goto(`/rendez-vous/${slug}`))?.status()).toBe(404)
  await page.getByRole('link', { name: 'Voir l’aperçu' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Première leçon d’écoute')
  await page.goto(room)
  await page.getByRole('button', { name: 'Publier' }).click()
  await expect(page.getByRole('main')).toContainText('Le rendez-vous est publié')

  expect((await stranger.goto(`/rendez-vous/${slug}`))?.status()).toBe(200)
  await stranger.getByLabel('Votre nom').fill('Basile Roche')
  await stranger.getByLabel('Votre adresse électronique').fill('basile.roche@example.org')
  await stranger.getByRole('button', { name: 'Prendre une place' }).click()
  await expect(stranger.getByText('Vous avez une place')).toBeVisible()
  const invitation = await mail.next(({ recipients }) => recipients[0] === 'basile.roche@example.org')

  const after = await mail.count()
  await page.goto(`${room}/deplacer`)
  await page.getByLabel('Date', { exact: true }).fill(inDays(26))
  await page.getByLabel('Heure de début').fill('14:00')
  await page.getByLabel('Heure de fin').fill('15:00')
  await page.getByRole('button', { name: 'Voir ce qui va changer' }).click()
  await expect(page.getByRole('heading', { name: 'Avant d’enregistrer' })).toBeFocused()
  await expect(page.getByRole('main')).toContainText('Une personne sera prévenue.')
  expect(await mail.count()).toBe(after) // nothing is said before it is confirmed
  await page.getByRole('button', { name: 'Enregistrer et prévenir une personne' }).click()
  await expect(page.getByRole('main')).toContainText('les messages partent')
  const update = await mail.next(({ recipients }) => recipients[0] === 'basile.roche@example.org', { after })
  const [one, other] = [await calendarOf(invitation.raw), await calendarOf(update.raw)]
  expect(other).toMatchObject({ method: 'REQUEST', uid: one.uid })
  expect(other.sequence).toBeGreaterThan(one.sequence)
  await stranger.context().close()

  await page.goto(`${room}/inscriptions`)
  const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Basile Roche' }) })
  await expect(row).toContainText('basile.roche@example.org')
  await expect(row).toContainText('2 messages')
  await row.getByText('2 messages').click()
  await expect(row).toContainText('Rendez-vous modifié')
  await expect.poll(async () => {
    await page.reload()
    return (await row.textContent()) ?? ''
  }).toMatch(/envoyé/)
  await page.goto('/organiser/journal')
  await expect(page.getByRole('main')).toContainText('Rendez-vous publié')
  await expect(page.getByRole('main')).toContainText('Rendez-vous modifié')
})

test('afterwards: what was discussed is confirmed, notes are written, tied and published, and the map knows it', async () => {
  const tile = async () => {
    await page.goto(`/rapports/${REPORT}/recommandations/7`)
    return (await page.getByRole('main').textContent()) ?? ''
  }
  expect(await tile()).not.toContain('La machine propose, la traductrice dispose.')

  await page.goto('/organiser')
  await page.getByRole('link', { name: new RegExp(PAST) }).first().click()
  const room = page.url().replace(/[?#].*/, '').replace(/\/(notes|recommandations-discutees)$/, '')
  const slug = room.split('/').at(-1) ?? ''
  await page.goto(`${room}/recommandations-discutees`)
  const others = page.getByText('IA : notre ambition pour la France').first()
  const seven = page.locator(`input[name="discussed[]"][value="${REPORT}/7"]`)
  if (!(await seven.isVisible())) await others.click()
  await seven.check()
  await page.getByRole('button', { name: 'Confirmer' }).click()
  await expect(page.getByRole('main')).toContainText(/C’est noté/)
  const map = await coverage()
  expect(map[7]).toMatch(/discussed|minuted/)

  await page.goto(`${room}/notes`)
  const surface = page.getByRole('textbox', { name: 'Notes de la séance' })
  // What the series' template began with goes.
  await surface.focus()
  await page.keyboard.press('Control+A')
  await page.keyboard.press('Backspace')
  await page.keyboard.type('La machine propose, la traductrice dispose.')
  await page.getByRole('button', { name: 'Relier ce paragraphe' }).click()
  await page.getByLabel('Chercher une recommandation ou un thème').fill('7')
  await page.locator(`[id="tie-${REPORT}/7"]`).check()
  await page.getByRole('button', { name: 'Revenir au texte' }).click()
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await page.keyboard.type('Et le public, à la fin, juge.')
  await expect(page.getByRole('main')).toContainText(/Enregistré(\.| à)/)
  await page.reload()
  await expect(page.getByRole('textbox', { name: 'Notes de la séance' })).toContainText('Et le public, à la fin, juge.')

  await page.getByRole('link', { name: 'Relire et publier la restitution' }).click()
  await page.getByLabel('Rédaction').fill('Camille, pour l’équipe')
  await page.getByRole('button', { name: /Publier l’édition nº 1/ }).click()
  await expect(page.getByRole('main')).toContainText('L’édition nº 1 est publiée')

  // For everybody, at once: the restitution, the event, the recommendation, the map.
  const reader = await (await page.context().browser()?.newContext({ baseURL: process.env.E2E_URL }))?.newPage()
  if (!reader) throw new Error('No second browser')
  await reader.goto(`/rendez-vous/${slug}/restitution`)
  await expect(reader.getByRole('main')).toContainText('La machine propose, la traductrice dispose.')
  await expect(reader.getByRole('main')).toContainText('Camille, pour l’équipe')
  await reader.goto(`/rapports/${REPORT}/recommandations/7`)
  await expect(reader.getByRole('main')).toContainText('La machine propose, la traductrice dispose.')
  await reader.goto(`/rapports/${REPORT}`)
  await expect(reader.locator(`main a[href$="/recommandations/7"]`).filter({ hasText: /restitution/ }).first()).toBeVisible()
  await reader.context().close()
  expect((await coverage())[7]).toBe('minuted')
})

async function coverage() {
  const answer = await page.request.get(`/api/v1/reports/${REPORT}/coverage`)
  const { recommendations } = (await answer.json()) as { recommendations: { number: number; depth: string }[] }
  return Object.fromEntries(recommendations.map(({ number, depth }) => [number, depth]))
}

async function calendarOf(raw: string) {
  const { attachments } = await simpleParser(raw)
  return readEvent(attachments.find(({ contentType }) => /calendar|ics/.test(contentType))?.content.toString() ?? '')
}
