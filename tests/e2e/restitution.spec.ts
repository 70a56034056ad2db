import { expect, test } from '@/tests/support/e2e'
import { inDays } from '@/tests/support/house'
import { logIn, theApi } from '@/tests/support/rooms'

test('a restitution that is corrected keeps its anchors, and an old link leads to the passage or says which edition had it', async ({ page, mail, admin }) => {
  admin('organiser', 'restitution.organise@example.org')
  const api = theApi(admin('token', 'restitution.organise@example.org', 'restitution').split('\n').at(-1) ?? '')
  const { slug } = await api('POST', '/events', { title: 'Une restitution corrigée', startsAt: `${inDays(-1)}T09:00`, endsAt: `${inDays(-1)}T10:00`, timeZone: 'Europe/Paris', mode: 'online' })
  await api('POST', `/events/${slug}/publish`, {})
  const publish = async (markdown: string, more: object) => {
    await api('PUT', `/events/${slug}/notes`, { markdown })
    await api('POST', `/events/${slug}/notes/publish`, { authors: 'Camille, pour l’équipe', licence: 'CC-BY-4.0', ...more })
  }
  await publish('Ce qui reste.\n\nCe qui s’en va.\n\nCe qui est corigé.', {})
  const first = await api('GET', `/events/${slug}/notes`) as unknown as { editions: { paragraphs: { id: string; text: string }[] }[] }
  const [stays, leaves, mended] = first.editions[0].paragraphs.map(({ id }) => id)
  await publish('Ce qui reste.\n\nCe qui est corrigé.', { changes: 'Une faute en moins, un passage retiré.' })

  // The address that was noted down leads to the passage, in the edition that is read.
  const path = `/rendez-vous/${slug}/restitution`
  await page.goto(`${path}#p-${stays}`)
  await expect(page.locator(':target')).toContainText('Ce qui reste.')
  await page.goto(`${path}#p-${mended}`)
  await expect(page.locator(':target')).toContainText('Ce qui est corrigé.')
  await expect(page.locator('#editions')).toBeVisible()
  await expect(page.getByRole('main')).toContainText('Une faute en moins, un passage retiré.')
  await expect(page.getByRole('main')).toContainText(/par\srapport\sà\sl’édition\snº\s1\s:\sun\sparagraphe\smodifié,\sun\sretiré/)

  // Of what is gone it says which edition had it, and leads there: to the same anchor.
  await page.goto(`${path}#p-${leaves}`)
  const lost = page.locator(':target')
  await expect(lost).toContainText(/Ce\spassage\sétait\sdans\sl’édition\snº\s1/)
  await expect(lost).toContainText('Ce qui s’en va.')
  await lost.getByRole('link', { name: /Le\slire\sdans\scette\sédition/ }).click()
  await expect(page).toHaveURL(new RegExp(`${path}/1#p-${leaves}$`))
  await expect(page.locator(':target')).toContainText('Ce qui s’en va.')
  await expect(page.getByRole('main')).toContainText('Une édition plus récente existe')
  const [pdf, markdown, missing] = await Promise.all([page.request.get(`${path}.pdf?edition=1`), page.request.get(`${path}.md`), page.request.get(`${path}/3`)])
  expect([pdf.status(), pdf.headers()['content-type'], markdown.status(), missing.status()]).toEqual([200, 'application/pdf', 200, 404])
  expect(await markdown.text()).toBe('Ce qui reste.\n\nCe qui est corrigé.\n')

  // Withdrawn, it says so and why, and nothing of what it said.
  const host = page
  await logIn(host, mail, 'restitution.organise@example.org')
  await host.goto(`/organiser/rendez-vous/${slug}/restitution`)
  await host.locator('summary').filter({ hasText: 'l’édition nº 1' }).click()
  await host.locator('#why-1').fill('Un nom y figurait sans accord.')
  await host.getByRole('button', { name: /Retirer.*l’édition\snº\s1/ }).click()
  await expect(host.getByRole('status')).toContainText('L’édition nº 1 est retirée')
  expect((await page.goto(`${path}/1#p-${leaves}`))?.status()).toBe(410)
  await expect(page.getByRole('main')).toContainText('Un nom y figurait sans accord.')
  await page.goto(`${path}#p-${leaves}`)
  await expect(page.locator(':target')).toContainText(/édition\snº\s1\s.*qui\sa\sété\sretirée/)
  expect(await page.content()).not.toContain('Ce qui s’en va.')
  expect((await page.request.get(`${path}.pdf?edition=1`)).status()).toBe(410)
})
