import type { Browser, BrowserContext, Page } from '@playwright/test'
import { desk, faults, faultsInEachDress } from '@/tests/support/axe'
import { answerTo } from '@/tests/support/calendar-answer'
import { deliveryReport } from '@/tests/support/delivery-report'
import { expect, handIn, type Mail, test } from '@/tests/support/e2e'
import { inDays } from '@/tests/support/house'
import { logIn, theApi } from '@/tests/support/rooms'
import { changeTable, nameSomething, tie } from '@/tests/support/writing'

// Every route in each of its states; a route's main state, which names its English address, in dark and at 375 px too.

type State = {
  name: string
  at: string
  /** The address in English: this is the route's main state. */
  en?: string
  as?: 'organiser' | 'reader'
  status?: number
  /** What is done on the page before axe looks. */
  then?: (page: Page) => Promise<unknown>
}

const REPORT = 'ia-notre-ambition-pour-la-france'
const ROOM = '/organiser/rendez-vous'
const EN_ROOM = '/en/organise/events'
const PAST = 'sous-titrer-traduire-decrire-qui-juge-le-resultat'
const RESERVED = 'un-outil-ouvert-dans-une-petite-equipe-un-an-apres'
const TOLD = 'parler-d-ia-avec-le-public-trois-soirees-trois-salles'

/** In an address, {name} stands for what was made before (see `prepare`). */
const states: State[] = [
  { name: 'the agenda', at: '/', en: '/en' },
  { name: 'the agenda, filtered', at: '/?theme=creation-artistique' },
  { name: 'the agenda, without a result', at: '/?q=introuvable' },
  { name: 'past events', at: '/rendez-vous-passes', en: '/en/past-events' },
  { name: 'past events, without a result', at: '/rendez-vous-passes?q=introuvable' },
  { name: 'an open event', at: '/rendez-vous/qui-entraine-les-modeles-avec-nos-archives', en: '/en/events/qui-entraine-les-modeles-avec-nos-archives' },
  { name: 'an event written in English', at: '/rendez-vous/what-the-ai-act-asks-of-a-small-venue' },
  { name: 'an event with a line', at: '/rendez-vous/l-auteur-l-outil-et-la-scene' },
  { name: 'a full event', at: '/rendez-vous/{full}' },
  { name: 'an event that is not open yet', at: '/rendez-vous/{soon}' },
  { name: 'after registering, the address still to be proven', at: '/rendez-vous/{proofs}', then: (page) => take(page, 'Axe', 'axe@example.org') },
  { name: 'an event with a code in its address', at: '/rendez-vous/{open}?code=ABCD-EFGH' },
  { name: 'an event that takes nobody any more', at: '/rendez-vous/{closed}' },
  { name: 'an event called off', at: '/rendez-vous/billetterie-et-agents-conversationnels-premiers-essais' },
  { name: 'a hybrid event', at: '/rendez-vous/peser-nos-outils-ce-que-coute-vraiment-une-requete' },
  { name: 'an event for members', at: '/rendez-vous/acheter-ensemble-auditer-ensemble-nos-outils-ouverts' },
  { name: 'an event with nothing but a title of 140 signs', at: '/rendez-vous/{bare}' },
  { name: 'a past event with its restitution', at: `/rendez-vous/${TOLD}` },
  { name: 'a past event without', at: `/rendez-vous/${PAST}` },
  { name: 'a past event of the archive', at: '/rendez-vous/decouvrabilite-a-l-ere-de-l-ia-pourquoi-se-mobiliser-une-heure-avec-le-chercheur' },
  { name: 'an event whose hour nobody knows', at: '/rendez-vous/numerique-responsable-et-spectacle-vivant-etat-des-lieux-pour-2024' },
  { name: 'an event of several days', at: '/rendez-vous/chaillot-augmente-x-rencontres-tmnlab-2025-art-vivant-et-environnements' },
  { name: 'a draft, looked at', at: '/rendez-vous/{draft}', as: 'organiser' },
  { name: 'an event for somebody logged in', at: '/rendez-vous/former-toute-la-maison-de-l-accueil-a-la-regie', as: 'reader' },
  { name: 'an event for somebody who has a seat', at: '/rendez-vous/{open}', as: 'reader' },
  { name: 'the form with mistakes', at: '/rendez-vous/{open}', then: (page) => take(page, '', 'a@b, c@d') },
  { name: 'after registering', at: '/rendez-vous/{open}', then: (page) => take(page, 'Axe', 'axe@example.org') },
  { name: 'after registering in line', at: '/rendez-vous/{waiting}', then: (page) => take(page, 'Axe', 'axe@example.org') },
  { name: 'a restitution', at: `/rendez-vous/${TOLD}/restitution`, en: `/en/events/${TOLD}/notes` },
  { name: 'a restitution for those who were there', at: `/rendez-vous/${RESERVED}/restitution` },
  { name: 'no restitution yet, for the team', at: `/rendez-vous/${PAST}/restitution`, as: 'organiser' },
  { name: 'all restitutions', at: '/restitutions', en: '/en/notes' },
  { name: 'a series', at: '/series/cafe-tmnlab', en: '/en/series/cafe-tmnlab' },
  { name: 'a cycle', at: '/series/numerique-responsable' },
  { name: 'a theme', at: '/themes/creation-artistique', en: '/en/themes/creation-artistique' },
  { name: 'a theme of few', at: '/themes/decouvrabilite' },
  { name: 'search with results', at: '/recherche?q=theatre', en: '/en/search?q=16' },
  { name: 'search, mistyped', at: '/recherche?q=numerique+respnsable' },
  { name: 'search without a result', at: '/recherche?q=zzzqqq' },
  { name: 'the room of reports', at: '/organiser/rapports', as: 'organiser' },
  { name: 'a recommendation’s wordings, side by side', at: `/organiser/rapports/${REPORT}/recommandations/16`, as: 'organiser' },
  { name: 'all reports', at: '/rapports', en: '/en/reports' },
  { name: 'a report and its map', at: `/rapports/${REPORT}`, en: `/en/reports/${REPORT}` },
  { name: 'a map that is sifted', at: `/rapports/${REPORT}?season=2025&show=culture` },
  { name: 'a report without recommendations', at: '/rapports/ai-act' },
  { name: 'a recommendation', at: `/rapports/${REPORT}/recommandations/16`, en: `/en/reports/${REPORT}/recommendations/16` },
  { name: 'a recommendation that nobody touched', at: `/rapports/${REPORT}/recommandations/{never}` },
  { name: 'a recommendation to come', at: `/rapports/${REPORT}/recommandations/{planned}` },
  { name: 'to subscribe', at: '/s-abonner', en: '/en/subscribe' },
  { name: 'to subscribe to a theme, every step open', at: '/s-abonner?follow=themes/creation-artistique', en: '/en/subscribe?follow=themes/creation-artistique', then: unfold },
  { name: 'to subscribe to a recommendation, the address copied', at: `/s-abonner?follow=reports/${REPORT}/16`, then: copyAddress },
  { name: 'to subscribe where the browser does not let copy', at: '/s-abonner?follow=series/cafe-tmnlab', en: '/en/subscribe?follow=series/cafe-tmnlab', then: copyInVain },
  { name: 'to subscribe to what is not there', at: '/s-abonner?follow=series/rien' },
  { name: 'a registration', at: '{confirmed}', en: '/en/registrations/{confirmedToken}' },
  { name: 'a registration in line', at: '{waits}' },
  { name: 'a registration given back', at: '{cancelled}' },
  { name: 'a registration with everything open', at: '{hybrid}', then: unfold },
  { name: 'an address to prove', at: '{proof}', en: '/en/registrations/{proofToken}' },
  { name: 'a registration that somebody decides', at: '{approval}' },
  { name: 'outside a closed circle', at: '{circle}', then: (page) => page.getByLabel('Quelques mots pour l’équipe').fill('Bonjour') },
  { name: 'a seat that is offered', at: '{offered}', en: '/en/registrations/{offeredToken}' },
  { name: 'a new address that is none', at: '{hybrid}', then: changeAddress },
  { name: 'a registration whose link was replaced', at: '{gone}', status: 410 },
  { name: 'a companion without a name', at: '{confirmed}', then: (page) => page.getByRole('button', { name: 'Ajouter cette personne' }).click() },
  { name: 'the way in', at: '/connexion', en: '/en/login' },
  { name: 'the way in, mistyped', at: '/connexion', then: (page) => page.getByRole('button', { name: 'Recevoir le lien et le code' }).click() },
  { name: 'the code', at: '/connexion/code', en: '/en/login/code' },
  { name: 'a wrong code', at: '/connexion/code', then: (page) => page.getByRole('button', { name: 'Se connecter', exact: true }).click() },
  { name: 'a link, not yet pressed', at: '{link}' },
  { name: 'a link that is gone', at: '/connexion/lien?token=rien' },
  { name: 'one’s own room', at: '/mon-espace', en: '/en/me', as: 'reader' },
  { name: 'one’s own room with the calendar’s address', at: '/mon-espace', en: '/en/me', as: 'reader', then: makeCalendar },
  { name: 'a room that is not yours', at: '/organiser', as: 'reader', status: 403 },
  { name: 'nothing there', at: '/rien-du-tout', en: '/en/nothing-at-all', status: 404 },
  { name: 'an address nobody can read', at: '/rendez-vous/%E0%A4%A', status: 400 },
  { name: 'the board', at: '/organiser', en: '/en/organise', as: 'organiser' },
  { name: 'the matrix of sessions and recommendations', at: '/organiser/couverture', en: '/en/organise/coverage', as: 'organiser' },
  { name: 'what is missing', at: '/organiser/ce-qui-manque', en: '/en/organise/missing', as: 'organiser' },
  { name: 'the journal', at: '/organiser/journal', en: '/en/organise/activity', as: 'organiser' },
  { name: 'a new event', at: `${ROOM}/nouveau`, en: `${EN_ROOM}/new`, as: 'organiser' },
  { name: 'a new event, mistyped', at: `${ROOM}/nouveau`, as: 'organiser', then: (page) => page.getByRole('button', { name: 'Enregistrer le brouillon' }).click() },
  { name: 'a new event with everything open', at: `${ROOM}/nouveau`, as: 'organiser', then: unfold },
  { name: 'an event’s room', at: `${ROOM}/{waiting}`, en: `${EN_ROOM}/{waiting}`, as: 'organiser' },
  { name: 'a draft’s room', at: `${ROOM}/{draft}`, as: 'organiser' },
  { name: 'a past event’s room', at: `${ROOM}/${TOLD}`, as: 'organiser' },
  { name: 'the room of an event called off', at: `${ROOM}/billetterie-et-agents-conversationnels-premiers-essais`, as: 'organiser' },
  { name: 'to edit', at: `${ROOM}/{waiting}/modifier`, en: `${EN_ROOM}/{waiting}/edit`, as: 'organiser' },
  { name: 'to move', at: `${ROOM}/{waiting}/deplacer`, en: `${EN_ROOM}/{waiting}/change`, as: 'organiser' },
  { name: 'to move: how many are told', at: `${ROOM}/{waiting}/deplacer`, as: 'organiser', then: move },
  { name: 'to call off', at: `${ROOM}/{waiting}/annuler`, en: `${EN_ROOM}/{waiting}/call-off`, as: 'organiser' },
  { name: 'to put back on', at: `${ROOM}/billetterie-et-agents-conversationnels-premiers-essais/maintenir`, as: 'organiser' },
  { name: 'who is registered', at: `${ROOM}/{waiting}/inscriptions`, en: `${EN_ROOM}/{waiting}/registrations`, as: 'organiser' },
  { name: 'who is registered, with every story open', at: `${ROOM}/{waiting}/inscriptions`, as: 'organiser', then: unfold },
  { name: 'nobody is registered', at: `${ROOM}/{bare}/inscriptions`, as: 'organiser' },
  { name: 'a list to register', at: `${ROOM}/{waiting}/inscriptions/importer`, en: `${EN_ROOM}/{waiting}/registrations/import`, as: 'organiser' },
  {
    name: 'a list whose lines are told',
    at: `${ROOM}/{waiting}/inscriptions/importer`,
    as: 'organiser',
    then: async (page) => {
      await page.getByLabel('La liste').fill('nom;adresse\nAnne;anne.liste@example.org\nZoé;zoe')
      await page.getByRole('button', { name: 'Voir le sort de chaque ligne' }).click()
      await page.getByRole('heading', { name: 'Avant d’inscrire' }).waitFor()
    },
  },
  { name: 'access needs', at: `${ROOM}/{waiting}/accessibilite`, en: `${EN_ROOM}/{waiting}/access`, as: 'organiser' },
  { name: 'the inbox before anything came', at: '/organiser/courrier', as: 'organiser', then: (page) => page.getByText('Rien n’est encore arrivé').waitFor() },
  { name: 'the inbox', at: '/organiser/courrier', en: '/en/organise/inbox', as: 'organiser', then: receive },
  { name: 'a message that waits, with its source', at: '/organiser/courrier/{mail}', en: '/en/organise/inbox/{mail}', as: 'organiser', then: unfold },
  { name: 'a message that nobody is found for', at: '/organiser/courrier/{mail}?q=introuvable', as: 'organiser' },
  { name: 'a message to tie, nothing chosen', at: '/organiser/courrier/{mail}?q=axe%20waiting', as: 'organiser', then: tieNothing },
  { name: 'a message that would end a registration', at: '/organiser/courrier/{mail}', as: 'organiser', then: tieMail },
  { name: 'who is registered, with what calendars answered and letters that came back', at: `${ROOM}/{answered}/inscriptions`, as: 'organiser', then: unfold },
  { name: 'members', at: '/organiser/membres', en: '/en/organise/members', as: 'organiser' },
  { name: 'the questions of an event', at: `${ROOM}/{waiting}/questions`, en: `${EN_ROOM}/{waiting}/questions`, as: 'organiser' },
  { name: 'the questions, being written and mistyped', at: `${ROOM}/{draft}/questions`, as: 'organiser', then: ask },
  { name: 'seats kept aside and codes', at: `${ROOM}/{open}/places`, en: `${EN_ROOM}/{open}/seats`, as: 'organiser' },
  { name: 'seats kept aside for somebody, and a code', at: `${ROOM}/{both}/places`, as: 'organiser', then: keepAside },
  { name: 'the reminders', at: `${ROOM}/{waiting}/rappels`, en: `${EN_ROOM}/{waiting}/reminders`, as: 'organiser', then: unfold },
  { name: 'what was discussed', at: `${ROOM}/${PAST}/recommandations-discutees`, en: `${EN_ROOM}/${PAST}/discussed`, as: 'organiser' },
  { name: 'what will be discussed', at: `${ROOM}/{waiting}/recommandations-discutees`, as: 'organiser' },
  { name: 'the notes', at: `${ROOM}/${TOLD}/notes`, en: `${EN_ROOM}/${TOLD}/notes`, as: 'organiser', then: (page) => page.getByRole('textbox').first().waitFor() },
  { name: 'the notes, a paragraph being tied', at: `${ROOM}/${TOLD}/notes`, as: 'organiser', then: tie },
  { name: 'the notes, something being named', at: `${ROOM}/${TOLD}/notes`, as: 'organiser', then: nameSomething },
  { name: 'the notes, a table and a task being changed', at: `${ROOM}/${PAST}/notes`, as: 'organiser', then: changeTable },
  { name: 'the notes as plain text', at: `${ROOM}/${TOLD}/notes?mode=text`, as: 'organiser' },
  { name: 'notes from elsewhere', at: `${ROOM}/${TOLD}/notes/importer`, as: 'organiser' },
  { name: 'prepared questions', at: `${ROOM}/qui-entraine-les-modeles-avec-nos-archives/questions-preparees`, as: 'organiser' },
  { name: 'what is left to do', at: '/organiser/suites', as: 'organiser' },
  { name: 'a template of notes', at: '/organiser/series/cafe-tmnlab/modele', as: 'organiser' },
  { name: 'the restitution, read over', at: `${ROOM}/${TOLD}/restitution`, en: `${EN_ROOM}/${TOLD}/restitution`, as: 'organiser', then: unfold },
]

const made: Record<string, string> = {}
const invitations: Record<string, { email: string; content: string; letter: string; to: string }> = {}
const pages: Partial<Record<'guest' | 'organiser' | 'reader', Page>> = {}
const contexts: BrowserContext[] = []

test.beforeAll(async ({ browser, mail, admin }) => {
  test.setTimeout(180_000)
  for (const one of ['guest', 'organiser', 'reader'] as const) pages[one] = await aPage(browser)
  admin('organiser', 'axe.organise@example.org')
  await Promise.all([
    logIn(pages.organiser as Page, mail, 'axe.organise@example.org'),
    logIn(pages.reader as Page, mail, 'axe.reader@example.org', 'code', '/mon-espace'),
    prepare(pages.guest as Page, mail, admin('token', 'axe.organise@example.org', 'axe').split('\n').at(-1) ?? ''),
  ])
})
test.afterAll(async () => {
  for (const context of contexts.splice(0)) await context.close()
})

for (const { name, at, en, as = 'guest', status = 200, then } of states) {
  test(name, async () => {
    const page = pages[as] as Page
    await open(page, at, status)
    await then?.(page)
    const found = en ? await faultsInEachDress(page, name) : await faults(page, name)
    if (en) {
      await open(page, en, status)
      await expect(page.locator('html')).toHaveAttribute('lang', 'en')
      found.push(...(await faults(page, `${name}, in English`)))
    }
    expect(found).toEqual([])
  })
}

async function open(page: Page, address: string, status: number) {
  const answer = await page.goto(address.replace(/\{(\w+)\}/g, (_, key: string) => made[key] ?? `no-${key}`))
  expect(answer?.status()).toBe(status)
}

async function aPage(browser: Browser) {
  const context = await browser.newContext({ baseURL: process.env.E2E_URL, locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport: desk, reducedMotion: 'reduce' })
  contexts.push(context)
  return context.newPage()
}

/** What the seed does not hold: events in rare states, and registrations with their links. */
async function prepare(page: Page, mail: Mail, token: string) {
  const api = theApi(token)
  const event = async (name: string, said: object, published = true) => {
    const { slug } = await api('POST', '/events', { title: `Axe ${name}`, startsAt: `${inDays(20)}T09:00`, endsAt: `${inDays(20)}T10:00`, timeZone: 'Europe/Paris', mode: 'online', ...said })
    if (published) await api('POST', `/events/${String(slug)}/publish`)
    made[name] = String(slug)
  }
  await event('open', {})
  await event('answered', {})
  await event('full', { capacity: 1 })
  await event('waiting', { capacity: 1, waitlist: true, recommendations: [{ report: REPORT, number: 2 }] })
  await event('soon', { opensAt: `${inDays(10)}T09:00` })
  await event('proofs', { capacity: 9, provesAddress: true })
  await event('approvals', { approves: true })
  await event('members', { audience: 'members' })
  await event('offers', { capacity: 1, waitlist: true, offerHours: 24 })
  await event('both', { mode: 'hybrid' })
  await event('closed', { closesAt: `${inDays(-1)}T09:00` })
  await event('bare', { title: 'Axe '.padEnd(140, 'titre long '), endsAt: null, startsAt: inDays(22) })
  await event('draft', { themes: ['creation-artistique'], summary: 'Un résumé.' }, false)

  const { recommendations } = (await api('GET', `/reports/${REPORT}/coverage`)) as { recommendations: { number: number; depth: string }[] }
  for (const depth of ['never', 'planned']) made[depth] = String(recommendations.find((one) => one.depth === depth)?.number)

  const register = async (slug: string, name: string) => {
    const email = `axe-${name}-${made[slug]}@example.org`
    await api('POST', `/events/${made[slug]}/registrations`, { name: `Axe ${name}`, email })
    const { text = '' } = await mail.next(({ recipients }) => recipients[0] === email)
    return new URL(/https?:\/\/\S+\/inscriptions\/\w+/.exec(text)?.[0] ?? '').pathname
  }
  await register('full', 'one')
  for (const name of ['one', 'other']) {
    await register('answered', name)
    const email = `axe-${name}-${made.answered}@example.org`
    const { attachments, messageId } = await mail.next(({ recipients }) => recipients[0] === email)
    const content = attachments.find(({ contentType }) => /calendar|ics/.test(contentType))?.content.toString() ?? ''
    invitations[name] = { email, content, letter: messageId ?? '', to: (await answerTo(content, 'ACCEPTED')).to }
  }
  await api('PATCH', `/events/${RESERVED}`, { notesVisibility: 'registered' })
  made.confirmed = await register('waiting', 'confirmed')
  made.confirmedToken = made.confirmed.split('/').at(-1) ?? ''
  made.waits = await register('waiting', 'waits')
  for (const slug of ['open', 'waiting']) await api('POST', `/events/${made[slug]}/registrations`, { name: 'Axe', email: 'axe.reader@example.org' })
  made.cancelled = await register('open', 'cancelled')
  await page.goto(made.cancelled)
  await page.getByRole('button', { name: 'Rendre la place' }).click()

  for (const [name, slug] of [['proof', 'proofs'], ['approval', 'approvals'], ['circle', 'members'], ['hybrid', 'both']]) made[name] = await register(slug, name)
  const offering = await register('offers', 'offering')
  made.offered = await register('offers', 'offered')
  await page.goto(offering)
  await page.getByRole('button', { name: 'Rendre la place' }).click()
  for (const name of ['proof', 'offered']) made[`${name}Token`] = made[name].split('/').at(-1) ?? ''

  const mistyped = `axe-gone-${made.open}@example.org`
  await page.goto(`/rendez-vous/${made.open}`)
  await take(page, 'Axe', mistyped)
  const { text = '' } = await mail.next(({ recipients }) => recipients[0] === mistyped)
  made.gone = new URL(/https?:\/\/\S+\/inscriptions\/\w+/.exec(text)?.[0] ?? '').pathname
  await page.getByText('Rien reçu').click()
  await page.getByLabel('La bonne adresse électronique').fill(`axe-right-${made.open}@example.org`)
  await page.getByRole('button', { name: 'Corriger l’adresse' }).click()
  await page.context().clearCookies()

  await page.goto('/connexion')
  await page.getByLabel('Votre adresse électronique').fill('axe.link@example.org')
  await page.getByRole('button', { name: 'Recevoir le lien et le code' }).click()
  const login = await mail.next(({ recipients }) => recipients[0] === 'axe.link@example.org')
  const link = new URL(/https?:\/\/\S+\/connexion\/lien\S+/.exec(login.text ?? '')?.[0] ?? '')
  made.link = link.pathname + link.search
  await page.context().clearCookies()
}

async function take(page: Page, name: string, email: string) {
  await page.getByLabel('Votre nom').fill(name)
  await page.getByLabel('Votre adresse électronique').fill(email)
  await page.getByRole('region', { name: 'Inscription' }).getByRole('button').click()
  await page.waitForURL(/reponse=/)
}

function unfold(page: Page) {
  // Of those that share a name only one would stay open.
  return page.evaluate(() => document.querySelectorAll('details').forEach((one) => {
    one.removeAttribute('name')
    one.open = true
  }))
}

async function copyAddress(page: Page) {
  await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.resolve()))
  await page.getByRole('button', { name: 'Copier l’adresse' }).click()
  await page.getByText('Adresse copiée.').waitFor()
}

async function copyInVain(page: Page) {
  await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))))
  await page.getByRole('button', { name: 'Copier l’adresse' }).click()
  await page.getByText('L’adresse est sélectionnée').waitFor()
}

async function makeCalendar(page: Page) {
  await page.getByRole('button', { name: 'Créer mon adresse' }).click()
  await page.getByLabel('Votre adresse personnelle').waitFor()
  await unfold(page)
}

/** Every kind of line in the editor, with a condition, opened, and refused once. */
async function ask(page: Page) {
  await page.getByRole('button', { name: 'la région' }).click()
  await page.locator('[id="questions.0.label"]').waitFor()
  await page.getByRole('button', { name: 'Ajouter un consentement' }).click()
  await page.locator('[id="consents.0.wording"]').waitFor()
  await page.getByRole('button', { name: 'Ajouter une question' }).click()
  await page.locator('[id="questions.1.label"]').fill('Quelle salle ?')
  await page.locator('[id="questions.1.kind"]').selectOption('one')
  await page.locator('[id="questions.1.dependsOn"]').selectOption('region')
  await page.locator('[id="questions.1.purpose"]').press('Enter')
  await page.locator('#errors').waitFor()
  await unfold(page)
}

/** An answer that counts, a proposal, words, a letter that came back; and one for another address, which is the one to tie. */
async function receive(page: Page) {
  const { one, other } = invitations
  await handIn(await answerTo(one.content, 'ACCEPTED', { comment: 'Avec plaisir.' }))
  await handIn({ from: '', to: one.to, raw: deliveryReport(one.email, one.to, one.letter) })
  await handIn({ from: one.email, to: one.to, raw: `From: ${one.email}\r\nTo: ${one.to}\r\nSubject: Bonjour\r\nMessage-ID: <words-${one.letter.slice(1)}\r\n\r\nOù est-ce ?\r\n` })
  await handIn(await answerTo(other.content, 'DECLINED', { as: 'axe@ailleurs.example' }))
  const link = page.getByRole('region', { name: 'À regarder' }).getByRole('link', { name: 'axe@ailleurs.example' })
  await expect.poll(async () => {
    await page.reload()
    return link.count()
  }).toBe(1)
  made.mail = (await link.getAttribute('href'))?.split('/').at(-1) ?? ''
}

async function tieNothing(page: Page) {
  await page.getByRole('button', { name: 'Rattacher', exact: true }).click()
  await page.locator('#tie-errors').waitFor()
}

async function tieMail(page: Page) {
  await page.getByRole('button', { name: 'Rattacher', exact: true }).click()
  await page.locator('#asked').waitFor()
}

async function keepAside(page: Page) {
  await page.getByLabel('Structure').fill('Théâtre de l’Exemple')
  await page.getByLabel('Nombre de places').fill('5')
  await page.getByRole('button', { name: 'Garder ces places' }).click()
  await page.getByText('Les places sont gardées').waitFor()
  await page.getByRole('button', { name: 'Faire un code' }).click()
  await page.getByText('Le code est prêt').waitFor()
  await unfold(page)
}

async function changeAddress(page: Page) {
  await page.getByText('Changer d’adresse').click()
  await page.getByLabel('La nouvelle adresse électronique').fill('a@b, c@d')
  await page.getByRole('button', { name: 'Envoyer le lien' }).click()
  await page.waitForURL(/said=invalid/)
}

async function move(page: Page) {
  await page.getByLabel('Heure de début').fill('11:00')
  await page.getByLabel('Heure de fin').fill('12:00')
  await page.getByRole('button', { name: 'Voir ce qui va changer' }).click()
  await page.getByRole('heading', { name: 'Avant d’enregistrer' }).waitFor()
}
