import type { Browser } from '@playwright/test'
import { faults, faultsInEachDress } from '@/tests/support/axe'
import { expect, type Mail, test } from '@/tests/support/e2e'
import { inDays } from '@/tests/support/house'
import { logIn, theApi } from '@/tests/support/rooms'

// « Qu’en retenez-vous ? »: the letter of the day after, the page, the host's yes, and what everybody reads then.

const REPORT = 'ia-notre-ambition-pour-la-france'
const organiser = 'retenir@example.org'
const zoe = 'Le dépots des données se négocie.'
const mended = 'Le dépôt des données se négocie.'

test('people say what stays with them, with and without a script; the host keeps it, and everybody reads it', async ({ browser, mail, admin, page: host }) => {
  // The letter of the day after is a chore of every minute.
  test.setTimeout(240_000)
  admin('organiser', organiser)
  const api = theApi(admin('token', organiser, 'retenir').split('\n').at(-1) ?? '')
  const { slug } = (await api('POST', '/events', {
    title: 'Ce qu’il en reste', startsAt: `${inDays(3)}T09:00`, endsAt: `${inDays(3)}T10:00`, timeZone: 'Europe/Paris', mode: 'online',
    recommendations: [{ report: REPORT, number: 11 }], themes: ['creation-artistique'],
  })) as { slug: string }
  await api('POST', `/events/${slug}/publish`)
  const registration = async (name: string) => {
    const email = `${name.toLowerCase()}.retient@example.org`
    await api('POST', `/events/${slug}/registrations`, { name, email })
    return linkIn(await mail.next(({ recipients }) => recipients[0] === email))
  }
  const [zoeLink, maxLink] = [await registration('Zoe'), await registration('Max')]
  await registration('Lea')

  const context = await browser.newContext({ baseURL: process.env.E2E_URL, locale: 'fr-FR', timezoneId: 'Europe/Paris', reducedMotion: 'reduce' })
  const page = await context.newPage()
  await page.goto(`${zoeLink}/retenir`)
  await expect(page.getByRole('main')).toContainText('Pas encore.')
  expect(await faults(page, 'too early')).toEqual([])

  // It took place this very day: what stays can be said, and nobody is asked before tomorrow.
  await api('PATCH', `/events/${slug}`, { startsAt: `${inDays(0)}T00:01`, endsAt: `${inDays(0)}T00:02` })

  // With scripts, from the page of the registration: a mistake keeps what was typed.
  await page.goto(zoeLink)
  await page.getByRole('link', { name: 'Dire ce que vous en retenez' }).click()
  expect(await faultsInEachDress(page, 'what stays with you')).toEqual([])
  await expect(page.getByLabel('Le nom à citer')).toBeHidden()
  await page.getByLabel('Citer mon nom').check()
  await page.getByLabel('Le nom à citer').fill('Zoé, www.theatre.example')
  await page.getByLabel('Votre phrase', { exact: true }).fill(zoe)
  await page.getByRole('button', { name: 'Envoyer à l’équipe' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'Un nom ne contient pas d’adresse' })).toBeFocused()
  await expect(page.getByLabel('Votre phrase', { exact: true })).toHaveValue(zoe)
  expect(await faults(page, 'what stays with you, mistyped')).toEqual([])
  await page.getByLabel('Le nom à citer').fill('Zoé Martin')
  await page.getByRole('button', { name: 'Envoyer à l’équipe' }).click()
  await expect(page.getByRole('status')).toContainText('L’équipe va lire votre phrase.')
  await expect(page.getByRole('main')).toContainText('Signé : Zoé Martin')
  expect(await faultsInEachDress(page, 'what stays with you, said')).toEqual([])
  await context.close()

  await withoutScript(browser, maxLink)

  // The host: corrected, tied and kept; the other one left out.
  await logIn(host, mail, organiser)
  await expect(host.getByRole('link', { name: /Lire 2 phrases reçues.*Ce qu’il en reste/ })).toBeVisible()
  const room = `/organiser/rendez-vous/${slug}`
  await host.goto(`${room}/notes`)
  await host.getByRole('link', { name: 'Les lire' }).click()
  await expect(host.getByRole('navigation').getByRole('link', { name: 'Propositions (2)' })).toBeVisible()
  expect(await faultsInEachDress(host, 'the proposals')).toEqual([])
  const card = host.getByRole('listitem').filter({ hasText: zoe })
  await card.getByText('Corriger l’orthographe').click()
  await card.getByLabel('Ce qui paraîtra').fill('')
  await card.getByRole('button', { name: 'Retenir' }).click()
  await expect(card.getByRole('alert')).toBeFocused()
  expect(await faults(host, 'the proposals, mistyped')).toEqual([])
  await card.getByLabel('Ce qui paraîtra').fill(mended)
  await card.locator(`input[value="${REPORT}/11"]`).check()
  await card.getByRole('button', { name: 'Retenir' }).click()
  await expect(host.getByRole('status')).toContainText('C’est dans les notes.')
  await expect(host.getByRole('main')).toContainText(`Dans les notes : ${mended}`)
  await host.getByRole('listitem').filter({ hasText: 'Rien de neuf.' }).getByRole('button', { name: 'Ne pas reprendre' }).click()
  await expect(host.getByRole('main')).toContainText('Rien à lire pour l’instant.')
  expect(await faults(host, 'the proposals, decided')).toEqual([])

  await host.goto(`${room}/restitution`)
  await host.getByLabel('Rédaction').fill('Camille, pour l’équipe')
  await host.getByRole('button', { name: /Publier l’édition nº 1/ }).click()
  await expect(host.getByRole('main')).toContainText('L’édition nº 1 est publiée')
  for (const path of [`/rendez-vous/${slug}/restitution`, `/rapports/${REPORT}/recommandations/11`]) {
    await host.goto(path)
    await expect(host.getByRole('main')).toContainText(mended)
    await expect(host.getByRole('main')).toContainText('— Zoé Martin')
    await expect(host.getByRole('main')).not.toContainText('Rien de neuf.')
  }
  await host.goto(`${zoeLink}/retenir`)
  await host.getByRole('link', { name: 'La lire dans la restitution' }).click()
  await expect(host.locator(':target')).toContainText(mended)

  // Two days later whoever has said nothing is asked, and only they.
  await api('PATCH', `/events/${slug}`, { startsAt: `${inDays(-2)}T09:00`, endsAt: `${inDays(-2)}T10:00` })
  const asked = await mail.next(({ recipients, subject }) => recipients[0] === 'lea.retient@example.org' && /^Qu’en retenez-vous/.test(subject ?? ''), { within: 90_000 })
  await host.goto(`${linkIn(asked)}/retenir`)
  expect(asked.text).toContain(`${linkIn(asked)}/retenir`)
  await expect(host.getByLabel('Votre phrase', { exact: true })).toBeVisible()
  await expect(mail.next(({ recipients, subject }) => /^(zoe|max)\.retient/.test(recipients[0]) && /^Qu’en retenez-vous/.test(subject ?? ''), { within: 500 })).rejects.toThrow('No such letter')
})

/** The same page, and the same care for what was typed; then changed, taken back, and said again. */
async function withoutScript(browser: Browser, link: string) {
  const context = await browser.newContext({ baseURL: process.env.E2E_URL, locale: 'fr-FR', timezoneId: 'Europe/Paris', javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(`${link}/retenir`)
  await page.getByLabel('Citer mon nom').check()
  await page.getByLabel('Le nom à citer').fill('https://evil.example')
  await page.getByLabel('Votre phrase', { exact: true }).fill('Rien de neuf.')
  await page.getByRole('button', { name: 'Envoyer à l’équipe' }).click()
  await expect(page.getByLabel('Le nom à citer')).toHaveAttribute('aria-invalid', 'true')
  await expect(page.getByLabel('Votre phrase', { exact: true })).toHaveValue('Rien de neuf.')
  await expect(page.getByLabel('Citer mon nom')).toBeChecked()
  await page.getByLabel('Citer mon nom').uncheck()
  await page.getByRole('button', { name: 'Envoyer à l’équipe' }).click()
  await expect(page.getByRole('main')).toContainText('Sans nom')
  await page.getByText('Modifier cette phrase').click()
  await page.getByLabel('Votre phrase', { exact: true }).fill('Rien de vieux.')
  await page.getByRole('button', { name: 'Enregistrer' }).click()
  await expect(page.getByRole('main')).toContainText('L’équipe lira cette version.')
  await page.getByRole('button', { name: 'Retirer' }).click()
  await expect(page.getByRole('main')).toContainText('Votre phrase est retirée.')
  await page.getByLabel('Votre phrase', { exact: true }).fill('Rien de neuf.')
  await page.getByRole('button', { name: 'Envoyer à l’équipe' }).click()
  await expect(page.getByRole('main')).toContainText('L’équipe va la lire.')
  await context.close()
}

const linkIn = ({ text = '' }: Awaited<ReturnType<Mail['next']>>) => /https?:\/\/\S+?\/inscriptions\/\w+/.exec(text)?.[0] ?? 'about:blank'
