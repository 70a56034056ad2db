import type { Browser, Page } from '@playwright/test'
import { simpleParser } from 'mailparser'
import { answerTo } from '@/tests/support/calendar-answer'
import { deliveryReport } from '@/tests/support/delivery-report'
import { expect, handIn, type Mail, test } from '@/tests/support/e2e'
import { inDays } from '@/tests/support/house'
import { logIn, theApi } from '@/tests/support/rooms'

// What comes in and cannot be matched: read, tied by hand, and what follows from it.

test.describe.configure({ timeout: 120_000 })

const organiser = 'ines.courrier@example.org'
let page: Page
let api: ReturnType<typeof theApi>
test.beforeAll(async ({ browser, mail, admin }) => {
  page = await aPage(browser)
  admin('organiser', organiser)
  api = theApi(admin('token', organiser, 'courrier').split('\n').at(-1) ?? '')
  await logIn(page, mail, organiser)
})
test.afterAll(() => page.context().close())

const aPage = async (browser: Browser, more: object = {}) =>
  (await browser.newContext({ baseURL: process.env.E2E_URL, locale: 'fr-FR', timezoneId: 'Europe/Paris', ...more })).newPage()

/** One seat: Ada has it, Ben is in line; and what their letters carried for their calendars. */
async function fullEvent(mail: Mail, title: string) {
  const { slug } = await api('POST', '/events', { title, startsAt: `${inDays(30)}T09:00`, endsAt: `${inDays(30)}T10:00`, timeZone: 'Europe/Paris', mode: 'online', capacity: 1, waitlist: true })
  await api('POST', `/events/${String(slug)}/publish`)
  const register = async (name: string) => {
    const email = `${name.toLowerCase()}.${String(slug)}@example.org`
    await api('POST', `/events/${String(slug)}/registrations`, { name, email })
    const { attachments } = await simpleParser((await mail.next(({ recipients }) => recipients[0] === email)).raw)
    return { name, email, invitation: attachments.find(({ contentType }) => /calendar|ics/.test(contentType))?.content.toString() ?? '' }
  }
  return { slug: String(slug), ada: await register('Ada'), ben: await register('Ben') }
}

/** The message in the list of those that wait, from this sender. */
async function waiting(from: string) {
  await expect.poll(async () => {
    await page.goto('/organiser/courrier')
    return page.getByRole('region', { name: 'À regarder' }).getByText(from).count()
  }).toBe(1)
  return page.getByRole('region', { name: 'À regarder' }).getByRole('listitem').filter({ hasText: from })
}

test('an answer for another address is read, tied by hand as a No, and the seat goes to the next in line', async ({ mail, browser }) => {
  const { slug, ada, ben } = await fullEvent(mail, 'Courrier sans adresse')
  const after = await mail.count()
  await handIn(await answerTo(ada.invitation, 'DECLINED', { as: 'ada@icloud.example', comment: 'Je serai <b>en scène</b> ce matin-là.' }))
  const row = await waiting('ada@icloud.example')
  await expect(row).toContainText('Réponse donnée sous une autre adresse')
  await page.goto('/organiser')
  await expect(page.getByRole('main')).toContainText(/message(s)? reçu(s)? atten/)
  await page.getByRole('navigation', { name: 'Pages de l’organisation' }).getByRole('link', { name: /Courrier reçu.*message/ }).click()

  await (await waiting('ada@icloud.example')).getByRole('heading').getByRole('link').click()
  await expect(page.getByRole('main')).toContainText(`l’agenda répond au nom de ada@icloud.example, et l’inscription est au nom de ${ada.email}`)
  await expect(page.getByRole('blockquote')).toHaveText('Je serai <b>en scène</b> ce matin-là.')
  await page.getByText('Voir la source').click()
  await expect(page.getByRole('region', { name: 'Le message tel qu’il est arrivé' }).locator('pre')).toContainText('METHOD:REPLY')
  const message = page.url()

  // Its file, which no browser shows, for organisers alone.
  const file = await page.request.get(`${message}/message`)
  expect([file.status(), file.headers()['content-type'], file.headers()['x-content-type-options']]).toEqual([200, 'message/rfc822', 'nosniff'])
  expect(file.headers()['content-disposition']).toMatch(/^attachment; filename="message-[0-9a-f-]{36}\.eml"$/)
  expect(file.headers()['cache-control']).toContain('no-store')
  expect(file.headers()['content-security-policy']).toContain('sandbox')
  const text = await file.text()
  expect(text).toContain('METHOD:REPLY')
  expect(text).not.toMatch(/rsvp\+(?!x{32})[a-z2-7]{32}/)
  const stranger = await aPage(browser)
  expect((await stranger.request.get(`${message}/message`)).status()).toBe(403)
  await stranger.goto(message)
  await expect(stranger).toHaveURL(/\/connexion/)
  await stranger.context().close()

  await expect(page.getByRole('radio', { name: /Ada, Courrier sans adresse/ })).toBeChecked()
  await expect(page.getByRole('radio', { name: 'Ne viendra pas' })).toBeChecked()
  await page.getByRole('button', { name: 'Rattacher', exact: true }).click()
  await expect(page.getByRole('heading', { name: /Ada : annuler l’inscription/ })).toBeFocused()
  await expect(page.getByRole('main')).toContainText('la place revient à la première personne de la liste d’attente')
  expect((await api('GET', `/events/${slug}`)).seatsTaken).toBe(1)
  await page.getByRole('button', { name: 'Revenir au choix' }).click()
  await expect(page.getByRole('radio', { name: 'Ne viendra pas' })).toBeChecked()
  await page.getByRole('button', { name: 'Rattacher', exact: true }).click()
  await page.getByRole('button', { name: 'Annuler cette inscription' }).click()
  await expect(page.getByRole('status')).toContainText('la place revient à la liste d’attente')
  await expect(page.getByRole('region', { name: 'Tout ce qui est arrivé' }).getByRole('listitem').filter({ hasText: 'ada@icloud.example' })).toContainText('Rattaché à la main : ne viendra pas')

  await mail.next(({ recipients, subject = '' }) => recipients[0] === ben.email && /place/i.test(subject), { after })
  const { data } = (await api('GET', `/events/${slug}/registrations`)) as { data: { name: string; status: string }[] }
  expect(data.map(({ name, status }) => `${name} ${status}`).toSorted()).toEqual(['Ada cancelled', 'Ben confirmed'])
  await page.goto(`/organiser/rendez-vous/${slug}/inscriptions`)
  const person = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Ada' }) })
  await expect(person).toContainText(/Agenda\s: a décliné le .* \(envoyé par ada@icloud\.example\)/)
  await expect(person.getByRole('blockquote')).toHaveText('Je serai <b>en scène</b> ce matin-là.')
  await page.goto('/organiser/journal')
  await expect(page.getByRole('main')).toContainText('Message reçu, rattaché à une inscription')
})

test('without a script a person is looked for, nothing is chosen and nothing lost, and words are tied', async ({ mail, browser }) => {
  const { slug, ada } = await fullEvent(mail, 'Courrier sans script')
  const { to } = await answerTo(ada.invitation, 'ACCEPTED')
  await handIn({ from: 'bureau@compagnie.example', to, raw: `From: Le bureau <bureau@compagnie.example>\r\nTo: ${to}\r\nSubject: Une question\r\nMessage-ID: <${slug}@compagnie.example>\r\n\r\nAda viendra avec un enregistreur.\r\n` })
  const address = await (await waiting('bureau@compagnie.example')).getByRole('heading').getByRole('link').getAttribute('href')

  const plain = await aPage(browser, { javaScriptEnabled: false, storageState: await page.context().storageState() })
  await plain.goto(address ?? '')
  await expect(plain.getByRole('main')).toContainText('Ada viendra avec un enregistreur.')
  await plain.getByLabel('Chercher une personne ou un rendez-vous').fill('courrier sans script')
  await plain.getByRole('button', { name: 'Chercher' }).click()
  await expect(plain.getByRole('radio', { name: /, Courrier sans script/ })).toHaveCount(2)
  await plain.getByRole('radio', { name: /^Ben, Courrier sans script/ }).check()
  await plain.getByRole('radio', { name: 'Ne viendra pas' }).check()
  await plain.getByRole('button', { name: 'Rattacher', exact: true }).click()
  await expect(plain.getByRole('main')).toContainText('Ben : annuler l’inscription')
  await plain.getByRole('button', { name: 'Revenir au choix' }).click()
  await expect(plain.getByRole('radio', { name: /^Ben, Courrier sans script/ })).toBeChecked()
  await expect(plain.getByLabel('Chercher une personne ou un rendez-vous')).toHaveValue('courrier sans script')
  await plain.getByRole('radio', { name: /^Ada, Courrier sans script/ }).check()
  await plain.getByRole('radio', { name: 'Simple message' }).check()
  await plain.getByRole('button', { name: 'Rattacher', exact: true }).click()
  await expect(plain.getByRole('status')).toContainText('Le message est rattaché.')
  await plain.context().close()
})

test('what nobody needs to act on is put aside, and may be taken up again', async ({ mail }) => {
  const { ada } = await fullEvent(mail, 'Courrier de côté')
  await handIn(await answerTo(ada.invitation, 'TENTATIVE', { as: 'ada@autre.example' }))
  const link = (await waiting('ada@autre.example')).getByRole('heading').getByRole('link')
  const address = (await link.getAttribute('href')) ?? ''
  await link.click()
  await page.getByRole('button', { name: 'Mettre de côté' }).click()
  await expect(page.getByRole('status')).toContainText('Le message est mis de côté.')
  await expect(page.getByRole('region', { name: 'À regarder' }).getByText('ada@autre.example')).toHaveCount(0)
  await page.goto(address)
  await expect(page.getByRole('main')).toContainText('Mis de côté.')
  await page.getByText('Rattacher quand même').click()
  await page.getByRole('radio', { name: 'Viendra peut-être' }).check()
  await page.getByRole('button', { name: 'Rattacher', exact: true }).click()
  await expect(page.getByRole('status')).toContainText('Le message est rattaché.')
})

test('letters that come back are told beside the person, until the address works again', async ({ mail }) => {
  const { slug, ada } = await fullEvent(mail, 'Courrier qui revient')
  const letter = await mail.next(({ recipients }) => recipients[0] === ada.email)
  const { to } = await answerTo(ada.invitation, 'ACCEPTED')
  await handIn({ from: '', to, raw: deliveryReport(ada.email, to, String(letter.messageId)) })
  const room = `/organiser/rendez-vous/${slug}/inscriptions`
  const person = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: 'Ada' }) })
  await expect.poll(async () => {
    await page.goto(room)
    return (await person.textContent()) ?? ''
  }).toMatch(/Les messages à cette adresse reviennent depuis le .* Cette boîte n’existe pas, ou plus\./)
  await expect(person).toContainText('User unknown')
  await person.getByText(/1 message/).click()
  await expect(person).toContainText('revenu, adresse injoignable')
  await person.getByRole('link', { name: /Inscrire à une autre adresse/ }).click()
  await expect(page.getByLabel('Nom', { exact: true })).toHaveValue('Ada')
  await person.getByRole('button', { name: /L’adresse fonctionne de nouveau/ }).click()
  await expect(page.getByRole('status')).toContainText('repartent vers cette adresse')
  await expect(person).not.toContainText('reviennent depuis')
})
