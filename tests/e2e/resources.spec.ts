import { PDFDocument } from '@cantoo/pdf-lib'
import { faults, faultsInEachDress } from '@/tests/support/axe'
import { expect, test } from '@/tests/support/e2e'
import { inDays } from '@/tests/support/house'
import { logIn, theApi } from '@/tests/support/rooms'

const organiser = 'ressources@example.org'

test('A speaker sends slides without a script, an organiser shows them, a visitor takes them home; a house takes the session up, by keyboard', async ({ browser, mail, admin, page: host }) => {
  test.setTimeout(120_000)
  admin('organiser', organiser)
  const api = theApi(admin('token', organiser, 'ressources').split('\n').at(-1) ?? '')
  const { slug } = (await api('POST', '/events', {
    title: 'Des supports à garder', startsAt: `${inDays(2)}T09:00`, endsAt: `${inDays(2)}T10:00`, timeZone: 'Europe/Paris', mode: 'online',
    speakers: [{ name: 'Odile Marchand' }], themes: ['creation-artistique'],
  })) as { slug: string }
  await api('POST', `/events/${slug}/publish`)
  await api('PATCH', `/events/${slug}`, { startsAt: `${inDays(-2)}T09:00`, endsAt: `${inDays(-2)}T10:00` })

  await logIn(host, mail, organiser)
  const room = `/organiser/rendez-vous/${slug}/ressources`
  await host.goto(room)
  await host.getByRole('button', { name: 'Créer le lien' }).click()
  const link = await host.getByLabel('Lien de dépôt pour Odile Marchand').inputValue()

  const pdf = await PDFDocument.create()
  pdf.addPage().drawText('Merci')
  pdf.setAuthor('Camille Secret')
  const slides = Buffer.from(await pdf.save())
  const plain = await browser.newContext({ baseURL: process.env.E2E_URL, locale: 'fr-FR', javaScriptEnabled: false })
  const speaker = await plain.newPage()
  await speaker.goto(link)
  const send = async (name: string, buffer: Buffer, title = '') => {
    await speaker.getByLabel('Titre').fill(title)
    await speaker.getByLabel('Fichier', { exact: true }).setInputFiles({ name, mimeType: 'application/pdf', buffer })
    await speaker.getByRole('button', { name: 'Envoyer le fichier' }).click()
  }
  await send('faux.pdf', Buffer.from('<script>alert(1)</script>'), 'Mon titre')
  await expect(speaker.getByRole('alert')).toContainText('c’est son contenu qui compte')
  await expect(speaker.getByLabel('Titre')).toHaveValue('Mon titre')
  await send('Mes diapos.pdf', slides)
  await expect(speaker.getByRole('status')).toContainText('Le fichier est arrivé')
  await expect(speaker.getByRole('main')).toContainText('L’équipe ne l’a pas encore affiché.')

  const visitor = await plain.newPage()
  await visitor.goto(`/rendez-vous/${slug}`)
  await expect(visitor.getByRole('main')).not.toContainText('Mes diapos')
  await host.goto('/organiser')
  await host.getByRole('link', { name: /Regarder un support reçu.*Des supports à garder/ }).click()
  expect(await faultsInEachDress(host, 'the resources')).toEqual([])
  await host.getByRole('button', { name: /^Afficher/ }).click()
  await expect(host.getByRole('status').filter({ hasText: 'C’est affiché.' })).toBeVisible()
  await visitor.reload()
  const href = await visitor.getByRole('link', { name: 'Mes diapos' }).getAttribute('href')
  const answer = await visitor.request.get(href ?? '')
  expect([answer.status(), answer.headers()['content-type'], answer.headers()['x-content-type-options']]).toEqual([200, 'application/pdf', 'nosniff'])
  expect((await answer.body()).toString('latin1')).not.toContain('Secret')

  // The house's part, with the keyboard alone.
  const context = await browser.newContext({ baseURL: process.env.E2E_URL, locale: 'fr-FR', reducedMotion: 'reduce' })
  const theatre = await context.newPage()
  await theatre.goto(`/rendez-vous/${slug}/chez-moi-aussi`)
  expect(await faults(theatre, 'at my place')).toEqual([])
  const kit = theatre.waitForEvent('download')
  await theatre.getByRole('link', { name: 'Télécharger le kit' }).press('Enter')
  expect((await kit).suggestedFilename()).toMatch(/chez-moi-aussi\.zip$/)
  await theatre.getByLabel('Votre maison').focus()
  await theatre.keyboard.type('www.evil.example')
  await theatre.getByLabel('La date').fill(inDays(-1))
  await theatre.getByLabel('Ce qui en est sorti').focus()
  await theatre.keyboard.type('Quatorze personnes, une décision.')
  await theatre.getByRole('button', { name: 'Envoyer à l’équipe' }).press('Enter')
  await expect(theatre.getByRole('alert').filter({ hasText: 'Un nom de maison' })).toBeFocused()
  await expect(theatre.getByLabel('Ce qui en est sorti')).toHaveValue('Quatorze personnes, une décision.')
  await theatre.getByLabel('Votre maison').fill('La Criée, Marseille')
  await theatre.getByRole('button', { name: 'Envoyer à l’équipe' }).press('Enter')
  await expect(theatre.getByRole('status')).toContainText('L’équipe va lire vos lignes')

  await host.goto('/organiser/relais')
  expect(await faultsInEachDress(host, 'the houses')).toEqual([])
  await host.getByRole('button', { name: 'Montrer le récit de La Criée, Marseille', exact: true }).press('Enter')
  await expect(host.getByRole('status')).toContainText('C’est montré')
  await visitor.reload()
  await expect(visitor.getByRole('main')).toContainText('La Criée, Marseille')
  await Promise.all([plain.close(), context.close()])
})
