import type { Browser, Page } from '@playwright/test'
import { expect, type Mail, test } from '@/tests/support/e2e'
import { inDays } from '@/tests/support/house'
import { logIn, theApi } from '@/tests/support/rooms'

// Seats one can trust, as people meet them: who is let in, what is asked, what is offered, and what can be taken back.

const ORGANISER = 'places@example.org'
let organiser: Page
let api: ReturnType<typeof theApi>
/** Letters that came before the test are somebody else's. */
let begun = 0

test.beforeAll(async ({ browser, mail, admin }) => {
  admin('organiser', ORGANISER)
  api = theApi(admin('token', ORGANISER, 'places').split('\n').at(-1) ?? '')
  organiser = await aPage(browser)
  await logIn(organiser, mail, ORGANISER)
})
test.beforeEach(async ({ mail }) => {
  begun = await mail.count()
})
test.afterAll(async () => organiser.context().close())

test('a member and an outsider are told the same; their letters tell the truth', async ({ browser, mail }) => {
  const theatre = `membre-${Date.now()}.example.org`
  await organiser.goto('/organiser/membres')
  await organiser.getByLabel('Adresses et domaines').fill(`@${theatre}`)
  await organiser.getByRole('button', { name: 'Voir ce qui va changer' }).click()
  await organiser.getByRole('button', { name: 'Enregistrer cette entrée' }).click()
  await expect(organiser.getByRole('main')).toContainText(`@${theatre}`)

  const slug = await event({ title: 'Entre membres seulement', audience: 'members' })
  const member = await take(browser, slug, 'Membre', `zoe@${theatre}`)
  const outsider = await take(browser, slug, 'Outsider', 'zoe@ailleurs.example.org')
  // The same words, in the same order, to both.
  const told = async (page: Page) => (await page.locator('#registration').innerText()).replace(/zoe@\S+/g, 'qui')
  expect(await told(member)).toBe(await told(outsider))
  await expect(member.locator('#registration')).toContainText('Votre demande est enregistrée')

  await member.goto(await linkTo(`zoe@${theatre}`, mail))
  await member.getByRole('button', { name: 'Confirmer mon inscription' }).click()
  await expect(member.getByRole('main')).toContainText('Une place vous attend.')

  await outsider.goto(await linkTo('zoe@ailleurs.example.org', mail))
  await expect(outsider.getByRole('main')).toContainText('Ce rendez-vous est réservé aux membres.')
  await outsider.getByLabel('Quelques mots pour l’équipe').fill('Je dirige la médiation du Volcan.')
  await outsider.getByRole('button', { name: 'Demander un accès' }).click()
  await expect(outsider.getByRole('main')).toContainText('Votre demande d’accès attend une réponse')
  await expect(outsider.getByRole('main')).toContainText('Je dirige la médiation du Volcan.')
  await closeAll(member, outsider)
})

for (const scripts of [true, false]) {
  test(`a question appears on another’s answer, ${scripts ? 'with' : 'without'} scripts, and is answered anew from the letter’s page`, async ({ browser, mail }) => {
    const slug = await event({ title: `Venir en train ${scripts}` })
    await ask(slug)
    const page = await aPage(browser, scripts)
    const address = `train.${scripts}@example.org`
    await page.goto(`/rendez-vous/${slug}`)
    const station = page.getByLabel('À quelle gare ?')
    await expect(station).toBeHidden()
    await page.getByLabel('Votre nom').fill('Train')
    await page.getByLabel('Votre adresse électronique').fill(address)
    await page.getByRole('button', { name: 'Prendre une place' }).click()
    await expect(page.locator('#errors')).toContainText('Venez-vous en train ?')
    await page.getByLabel('Non', { exact: true }).check()
    await expect(station).toBeHidden()
    await page.getByLabel('Oui', { exact: true }).check()
    await expect(station).toBeVisible()
    await page.getByRole('button', { name: 'Prendre une place' }).click()
    await expect(page.locator('#errors')).toContainText('À quelle gare ?')
    await station.fill('Nantes')
    await page.getByRole('button', { name: 'Prendre une place' }).click()
    await expect(page.locator('#registration')).toContainText('Vous avez une place')

    await page.goto(await linkTo(address, mail))
    await expect(station).toHaveValue('Nantes')
    await station.fill('Angers')
    await page.getByRole('button', { name: 'Enregistrer vos réponses' }).click()
    await expect(page.getByRole('main')).toContainText('C’est enregistré.')
    await expect(station).toHaveValue('Angers')
    await closeAll(page)
  })
}

test('of two who wait one passes, the other accepts; whoever gave the seat back comes too late', async ({ browser, mail }) => {
  const slug = await event({ title: 'Une place, à prendre ou à laisser', capacity: 1, waitlist: true, offerHours: 24 })
  for (const name of ['alpha', 'beta', 'gamma']) await register(slug, name, `${name}@offres.example.org`)
  const [first, second, third] = await Promise.all([1, 2, 3].map(() => aPage(browser)))
  await third.goto(await linkTo('gamma@offres.example.org', mail))
  await expect(third.getByRole('heading', { level: 2 }).first()).toContainText('1 personne avant vous')

  await first.goto(await linkTo('alpha@offres.example.org', mail))
  const offered = await mail.count()
  await first.getByRole('button', { name: 'Rendre la place' }).click()
  await expect(first.getByRole('main')).toContainText('Cette inscription est annulée.')

  await second.goto(await linkTo('beta@offres.example.org', mail, offered))
  await expect(second.getByRole('main')).toContainText('Une place vous est proposée.')
  await expect(second.getByRole('main')).toContainText('heure de Paris')
  const after = await mail.count()
  await second.getByRole('button', { name: 'Pas cette fois' }).click()
  await expect(second.getByRole('main')).toContainText('Vous avez laissé passer une place.')

  await third.goto(await linkTo('gamma@offres.example.org', mail, after))
  await third.getByRole('button', { name: 'Prendre la place' }).click()
  await expect(third.getByRole('main')).toContainText('Une place vous attend.')
  await expect(first.getByRole('main')).toContainText('Quelqu’un a pris la place entre-temps.')
  await first.getByRole('button', { name: 'Revenir' }).click()
  await expect(first.getByRole('heading', { level: 2 }).first()).toContainText('1 personne avant vous')
  await closeAll(first, second, third)
})

test('an address is proven before the seat counts; then a colleague, a seat given back and taken back, another address', async ({ browser, mail }) => {
  const slug = await event({ title: 'Confirmer d’abord', capacity: 5, provesAddress: true, companionsMost: 1 })
  const page = await take(browser, slug, 'Preuve', 'preuve@example.org')
  await expect(page.locator('#registration')).toContainText(/Confirmez avant .*votre place est gardée jusque-là/)
  const link = await linkTo('preuve@example.org', mail)
  await page.goto(link)
  await expect(page.getByRole('main')).toContainText('Votre place est gardée')
  // Looking is not proving.
  await page.reload()
  await page.getByRole('button', { name: 'Confirmer mon inscription' }).click()
  await expect(page.getByRole('main')).toContainText('Une place vous attend.')

  await page.getByLabel('Nom de la personne').fill('Aïcha Benali')
  await page.getByRole('button', { name: 'Ajouter cette personne' }).click()
  await expect(page.getByRole('main')).toContainText('2 places vous attendent.')
  await expect(page.getByLabel('Nom de la personne')).toHaveCount(0)
  await page.getByRole('button', { name: 'Rendre les 2 places' }).click()
  await expect(page.getByRole('main')).toContainText('Cette inscription est annulée.')
  await page.getByRole('button', { name: 'Reprendre mes 2 places' }).click()
  await expect(page.getByRole('main')).toContainText('2 places vous attendent.')
  await expect(page.getByRole('main')).toContainText('Aïcha Benali')

  const before = await mail.count()
  await page.getByText('Changer d’adresse').click()
  await page.getByLabel('La nouvelle adresse électronique').fill('nouvelle@example.org')
  await page.getByRole('button', { name: 'Envoyer le lien' }).click()
  await expect(page.getByRole('main')).toContainText('Un message vient de partir à la nouvelle adresse.')
  const { text = '' } = await mail.next(({ recipients }) => recipients[0] === 'nouvelle@example.org', { after: before })
  const moved = await mail.count()
  await page.goto(/https?:\/\/\S+\/adresse\/\w+/.exec(text)?.[0] ?? 'about:blank')
  await page.getByRole('main').getByRole('button').click()
  const [farewell, welcome] = await Promise.all(
    ['preuve@example.org', 'nouvelle@example.org'].map((who) => mail.next(({ recipients, raw }) => recipients[0] === who && /method=/.test(raw), { after: moved })),
  )
  expect(farewell.raw).toContain('method=CANCEL')
  expect(welcome.raw).toContain('method=REQUEST')
  expect((await page.goto(link))?.status()).toBe(410)
  await page.goto(manageLink(welcome.text))
  await expect(page.getByRole('main')).toContainText('nouvelle@example.org')
  await expect(page.getByRole('main')).toContainText('2 places vous attendent.')
  await closeAll(page)
})

test('a list is read line by line before anybody is written', async ({ mail }) => {
  const slug = await event({ title: 'Une liste entière', capacity: 10 })
  await register(slug, 'Déjà Là', 'deja@liste.example.org')
  const before = await mail.count()
  await organiser.goto(`/organiser/rendez-vous/${slug}/inscriptions/importer`)
  await organiser.getByLabel('La liste').fill('nom;adresse\nAnne Martin;anne@liste.example.org\nDéjà Là;deja@liste.example.org\nSans Arobase;sans.arobase')
  await organiser.getByRole('button', { name: 'Voir le sort de chaque ligne' }).click()
  const main = organiser.getByRole('main')
  await expect(main).toContainText('1 personne aura une place.')
  await expect(main).toContainText('1 ligne est à corriger')
  await expect(main).toContainText('a déjà une place')
  expect((await api('GET', `/events/${slug}/registrations`)).data).toHaveLength(1)
  await organiser.getByLabel(/Laisser cette ligne de côté/).check()
  await organiser.getByRole('button', { name: /^Inscrire cette personne/ }).click()
  await mail.next(({ recipients }) => recipients[0] === 'anne@liste.example.org', { after: before })
  expect((await api('GET', `/events/${slug}/registrations`)).data).toHaveLength(2)
})

async function event(said: Record<string, unknown>) {
  const { slug } = await api('POST', '/events', { startsAt: `${inDays(30)}T18:30`, endsAt: `${inDays(30)}T20:00`, timeZone: 'Europe/Paris', mode: 'online', ...said })
  await api('POST', `/events/${String(slug)}/publish`)
  return String(slug)
}

const register = (slug: string, name: string, email: string) => api('POST', `/events/${slug}/registrations`, { name, email })

/** Two questions, the second of which hangs on the first one's answer, made in the organisers' room. */
async function ask(slug: string) {
  await organiser.goto(`/organiser/rendez-vous/${slug}/questions`)
  await organiser.getByRole('button', { name: 'Ajouter une question' }).click()
  const first = organiser.getByRole('group', { name: 'Question 1' })
  await first.getByLabel('Question', { exact: true }).fill('Venez-vous en train ?')
  await first.getByLabel('Sorte de réponse').selectOption('yes_no')
  await first.getByLabel('Réponse obligatoire').check()
  await organiser.getByRole('button', { name: 'Ajouter une question' }).click()
  const second = organiser.getByRole('group', { name: 'Question 2' })
  await second.getByLabel('Question', { exact: true }).fill('À quelle gare ?')
  await second.getByLabel('Réponse obligatoire').check()
  await second.getByLabel('Quand on la pose').selectOption({ label: 'Selon la réponse à « Venez-vous en train ? »' })
  await second.getByLabel('Oui', { exact: true }).check()
  await organiser.getByRole('button', { name: 'Enregistrer', exact: true }).first().click()
  await expect(organiser.getByRole('main')).toContainText('Les questions sont enregistrées.')
}

async function aPage(browser: Browser, javaScriptEnabled = true) {
  return (await browser.newContext({ baseURL: process.env.E2E_URL, locale: 'fr-FR', timezoneId: 'Europe/Paris', javaScriptEnabled })).newPage()
}

/** Somebody new sends the form. */
async function take(browser: Browser, slug: string, name: string, email: string) {
  const page = await aPage(browser)
  await page.goto(`/rendez-vous/${slug}`)
  await page.getByLabel('Votre nom').fill(name)
  await page.getByLabel('Votre adresse électronique').fill(email)
  await page.locator('#registration').getByRole('button').click()
  await page.waitForURL(/reponse=/)
  return page
}

/** The link of the letter that reached an address, after so many others of this test. */
async function linkTo(address: string, mail: Mail, after = begun) {
  const { text } = await mail.next(({ recipients }) => recipients[0] === address, { after })
  return manageLink(text)
}

const manageLink = (text = '') => /https?:\/\/\S+\/inscriptions\/\w+/.exec(text)?.[0] ?? 'about:blank'

const closeAll = (...pages: Page[]) => Promise.all(pages.map((page) => page.context().close()))
