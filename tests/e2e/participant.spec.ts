import type { Page } from '@playwright/test'
import { inDays } from '@/tests/support/house'
import { expect, test } from '@/tests/support/e2e'
import { theApi } from '@/tests/support/rooms'

// A participant, on a phone: from the agenda to a seat in under 20 seconds, a colleague, and the seat given back.

test.use({ viewport: { width: 375, height: 740 }, hasTouch: true, isMobile: true })

/** Nobody's thumb can scroll sideways. */
const fitsThePhone = (page: Page) => expect.poll(() => page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)

test('from the agenda to a cancelled seat', async ({ page, mail }) => {
  const begun = Date.now()
  await page.goto('/')
  await fitsThePhone(page)
  await page.getByRole('main').getByRole('link', { name: /Former une équipe de médiation/ }).first().tap()
  await page.waitForURL('**/rendez-vous/*')
  await fitsThePhone(page)

  const form = page.getByRole('region', { name: 'Inscription' })
  await expect(form.getByRole('textbox')).toHaveCount(2)
  await expect(form.getByRole('button')).toHaveCount(1)
  await expect(form.getByLabel('Votre nom')).toHaveAttribute('autocomplete', 'name')
  await expect(form.getByLabel('Votre adresse électronique')).toHaveAttribute('autocomplete', 'email')
  await form.getByLabel('Votre nom').pressSequentially('Maud Petit')
  await form.getByLabel('Votre adresse électronique').pressSequentially('maud.petit@example.org')
  await form.getByRole('button', { name: 'Prendre une place' }).tap()
  await expect(page.getByText('Vous avez une place')).toBeVisible()
  const seconds = (Date.now() - begun) / 1000
  process.stdout.write(`A seat from a cold page: ${seconds.toFixed(1)} s\n`)
  expect(seconds).toBeLessThan(20)

  // The answer says what was typed and who writes, and nothing lies over it.
  await expect(form).toContainText('maud.petit@example.org')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await fitsThePhone(page)
  const letter = await mail.next(({ recipients }) => recipients[0] === 'maud.petit@example.org')
  const sender = letter.from?.value[0].address ?? ''
  await expect(form).toContainText(`@${sender.split('@')[1]}`)
  expect(letter.text).toContain('Former une équipe de médiation')

  await page.goto(/https?:\/\/\S+\/inscriptions\/\w+/.exec(letter.text ?? '')?.[0] ?? 'about:blank')
  await fitsThePhone(page)
  await expect(page.getByRole('main')).toContainText('Une place vous attend.')
  await expect(page.getByRole('main')).toContainText('maud.petit@example.org')

  const before = await mail.count()
  await page.getByLabel('Nom de la personne').fill('Aïcha Benali')
  await page.getByRole('button', { name: 'Ajouter cette personne' }).tap()
  await expect(page.getByRole('main')).toContainText('2 places vous attendent.')
  await expect(page.getByRole('main')).toContainText('Aïcha Benali')
  const withHer = await mail.next(({ recipients }) => recipients[0] === 'maud.petit@example.org', { after: before })
  expect(withHer.text).toContain('Aïcha Benali')

  // An empty name is refused beside its field.
  await page.getByRole('button', { name: 'Ajouter cette personne' }).tap()
  await expect(page.getByLabel('Nom de la personne')).toHaveAttribute('aria-invalid', 'true')

  const after = await mail.count()
  await page.getByRole('button', { name: 'Rendre les 2 places' }).tap()
  await expect(page.getByRole('main')).toContainText('Cette inscription est annulée.')
  const farewell = await mail.next(({ recipients }) => recipients[0] === 'maud.petit@example.org', { after })
  expect(farewell.raw).toContain('method=CANCEL')
  // As it was, the colleague too: nobody has taken it meanwhile.
  await page.getByRole('button', { name: 'Reprendre mes 2 places' }).tap()
  await expect(page.getByRole('main')).toContainText('2 places vous attendent.')
})

test('the last seat: the next visitor waits, and gets it when it is given back', async ({ browser, mail, admin }) => {
  admin('organiser', 'jauge@example.org')
  const api = theApi(admin('token', 'jauge@example.org', 'tests').split('\n').at(-1) ?? '')
  const { slug } = await api('POST', '/events', { title: 'Une seule place', startsAt: `${inDays(30)}T18:30`, endsAt: `${inDays(30)}T20:00`, timeZone: 'Europe/Paris', mode: 'online', capacity: 1, waitlist: true })
  await api('POST', `/events/${String(slug)}/publish`)
  const visit = async (name: string) => {
    const page = await (await browser.newContext({ baseURL: process.env.E2E_URL })).newPage()
    await page.goto(`/rendez-vous/${String(slug)}`)
    await page.getByLabel('Votre nom').fill(name)
    await page.getByLabel('Votre adresse électronique').fill(`${name.toLowerCase()}@example.org`)
    await page.getByRole('region', { name: 'Inscription' }).getByRole('button').click()
    return page
  }
  const first = await visit('Premier')
  await expect(first.getByText('Vous avez une place')).toBeVisible()
  const second = await visit('Deuxieme')
  await expect(second.getByText('Vous êtes en liste d’attente')).toBeVisible()
  const mine = await mail.next(({ recipients }) => recipients[0] === 'deuxieme@example.org')
  const theirs = await mail.next(({ recipients }) => recipients[0] === 'premier@example.org')

  const after = await mail.count()
  await first.goto(/https?:\/\/\S+\/inscriptions\/\w+/.exec(theirs.text ?? '')?.[0] ?? 'about:blank')
  await first.getByRole('button', { name: 'Rendre la place' }).click()
  await expect(first.getByRole('main')).toContainText('annulée')
  await mail.next(({ recipients, subject }) => recipients[0] === 'deuxieme@example.org' && /^Une place pour vous/.test(subject ?? ''), { after })
  await second.goto(/https?:\/\/\S+\/inscriptions\/\w+/.exec(mine.text ?? '')?.[0] ?? 'about:blank')
  await expect(second.getByRole('main')).toContainText('Une place vous attend.')
  for (const page of [first, second]) await page.context().close()
})

test('a mistyped form keeps what was typed, says what is wrong, and puts the reader there', async ({ page }) => {
  await page.goto('/')
  await page.getByRole('main').getByRole('link', { name: /Former toute la maison/ }).last().tap()
  await page.waitForURL('**/rendez-vous/*')
  await page.getByLabel('Votre nom').fill('Léa')
  await page.getByLabel('Votre adresse électronique').fill('lea＠example.org')
  await page.getByRole('region', { name: 'Inscription' }).getByRole('button').tap()
  await expect(page.getByLabel('Votre adresse électronique')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('Votre adresse électronique')).toHaveValue('lea＠example.org')
  await expect(page.getByLabel('Votre nom')).toHaveValue('Léa')
  await expect(page.getByRole('region', { name: 'Inscription' })).toContainText('tapez @ au clavier')
  await page.getByLabel('Votre adresse électronique').fill('lea@example.org')
  await page.getByRole('region', { name: 'Inscription' }).getByRole('button').tap()
  await expect(page.getByText('Vous avez une place')).toBeVisible()

  // The address was wrong after all: put right from the page that answers.
  await page.getByRole('region', { name: 'Inscription' }).getByText('Rien reçu').tap()
  await page.getByLabel('La bonne adresse électronique').fill('lea.martin@example.org')
  await page.getByRole('button', { name: 'Corriger l’adresse' }).tap()
  await expect(page.getByRole('region', { name: 'Inscription' })).toContainText('lea.martin@example.org')
})
