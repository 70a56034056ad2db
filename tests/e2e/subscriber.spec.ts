import type { Locator, Page } from '@playwright/test'
import ICAL from 'ical.js'
import nodeIcal from 'node-ical'
import { expect, test } from '@/tests/support/e2e'
import { inDays } from '@/tests/support/house'
import { readQr } from '@/tests/support/qr'
import { logIn, theApi } from '@/tests/support/rooms'

// A subscriber: one address, pasted once into another program, which sees what moves.

test('from the page « S’abonner » to a moved event', async ({ page, admin, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/')
  await page.getByRole('link', { name: /abonne/i }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('S’abonner')
  const address = await page.getByLabel('L’adresse à coller').inputValue()
  await page.getByRole('button', { name: 'Copier l’adresse' }).click()
  await expect(page.getByText('Adresse copiée.')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address)

  const feed = await readFeed(address)
  expect(feed.length).toBeGreaterThan(5)
  // Everything that the page says, the feed holds: the agenda's first event is there with its hour.
  await page.goto('/')
  await expect(page.getByRole('main')).toContainText('Qui entraîne les modèles avec nos archives')
  expect(feed.map(({ summary }) => summary)).toContainEqual(expect.stringMatching(/Qui entraîne les modèles avec nos archives/))

  admin('organiser', 'flux@example.org')
  const api = theApi(admin('token', 'flux@example.org', 'tests').split('\n').at(-1) ?? '')
  const { slug } = await api('POST', '/events', { title: 'Abonnés, bonjour', startsAt: `${inDays(50)}T09:00`, endsAt: `${inDays(50)}T10:00`, timeZone: 'Europe/Paris', mode: 'online', themes: [await aTheme(page.request)] })
  const mine = async (from = address) => (await readFeed(from)).find(({ summary }) => summary === 'Abonnés, bonjour')
  expect(await mine()).toBeUndefined() // a draft is nobody's business
  await page.goto(`/s-abonner?follow=events/${String(slug)}`)
  await expect(page.getByRole('main')).toContainText('Ce calendrier n’existe pas')
  await api('POST', `/events/${String(slug)}/publish`)
  const before = await mine()
  expect(before).toBeDefined()

  // Its own page leads to its own calendar, for who only wants to know.
  await page.goto(`/rendez-vous/${String(slug)}`)
  await page.getByRole('link', { name: 'Suivre sans y prendre de place' }).click()
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('Abonnés, bonjour')
  expect(await readFeed(await page.getByLabel('L’adresse à coller').inputValue())).toHaveLength(1)

  await api('PATCH', `/events/${String(slug)}`, { startsAt: `${inDays(51)}T14:00`, endsAt: `${inDays(51)}T15:00` })
  const after = await mine()
  expect(after?.uid).toBe(before?.uid)
  expect(Number(after?.sequence)).toBeGreaterThan(Number(before?.sequence))
  expect(after?.start.toISOString().slice(0, 10)).toBe(inDays(51))

  await api('POST', `/events/${String(slug)}/call-off`)
  const off = (await readFeed(address)).find(({ uid }) => uid === before?.uid)
  expect(off).toMatchObject({ status: 'CANCELLED' })
})

test('by the keyboard alone: choose, copy, hear that it is copied, read the steps', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/s-abonner')
  const list = page.getByLabel('Que voulez-vous suivre')
  await tabTo(page, list)
  await page.keyboard.type('Café')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/follow=series/)
  await expect(page.getByRole('heading', { level: 2, name: 'Café TMNlab' })).toBeVisible()
  await expect(list).toHaveValue('series/cafe-tmnlab')

  const field = page.getByLabel('L’adresse à coller')
  const address = await field.inputValue()
  expect(new URL(address).pathname).toBe('/feeds/series/cafe-tmnlab.ics')
  const open = page.getByRole('link', { name: 'Ouvrir dans mon agenda' })
  await expect(open).toHaveAttribute('href', address.replace(/^http:/, 'webcal:'))
  await tabTo(page, open)
  await tabTo(page, field)
  const button = page.getByRole('button', { name: 'Copier l’adresse' })
  await tabTo(page, button)

  // The place where it is said stands there before, and is emptied each time: what is said again is heard again.
  const status = page.getByRole('main').getByRole('status')
  await expect(status).toHaveText('')
  const heard = await page.evaluateHandle(() => {
    const said: string[] = []
    const place = document.querySelector('main [role=status]') as HTMLElement
    new MutationObserver(() => said.push(place.textContent ?? '')).observe(place, { childList: true, characterData: true, subtree: true })
    return said
  })
  for (let times = 1; times <= 2; times++) {
    await page.evaluate(() => navigator.clipboard.writeText('autre chose'))
    await page.keyboard.press('Enter')
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(address)
    await expect.poll(async () => (await heard.jsonValue()).filter((one) => one === 'Adresse copiée.').length).toBe(times)
    await expect(status).toBeVisible()
    await expect(button).toBeFocused()
  }

  // The steps open one at a time, and the first are open already.
  const opened = page.locator('#steps').locator('xpath=ancestor::section').locator('details[open]')
  await expect(opened).toHaveCount(1)
  await expect(opened).toContainText('Autres agendas')
  await tabTo(page, page.locator('summary', { hasText: 'Thunderbird' }))
  await page.keyboard.press('Enter')
  await expect(opened).toHaveCount(1)
  await expect(opened).toContainText('Sur le réseau')
})

test('where the browser refuses to copy, the address is selected for the keyboard and that is said; without a clipboard there is no button', async ({ page, context }) => {
  await page.addInitScript(() => (navigator.clipboard.writeText = () => Promise.reject(new DOMException('refused', 'NotAllowedError'))))
  await page.goto('/s-abonner')
  await page.getByRole('button', { name: 'Copier l’adresse' }).click()
  await expect(page.getByRole('main').getByRole('status')).toContainText('L’adresse est sélectionnée')
  await expect(page.getByRole('button', { name: 'Copier l’adresse' })).toHaveCount(0)
  await expect(page.getByLabel('L’adresse à coller')).toBeFocused()
  expect(await selected(page)).toBe(await page.getByLabel('L’adresse à coller').inputValue())

  const old = await context.newPage()
  await old.addInitScript(() => Reflect.deleteProperty(Navigator.prototype, 'clipboard'))
  await old.goto('/s-abonner')
  await old.locator('summary', { hasText: 'Thunderbird' }).click() // the page is alive
  await expect(old.getByRole('button', { name: 'Copier l’adresse' })).toHaveCount(0)
  await old.getByLabel('L’adresse à coller').focus()
  await old.keyboard.press('ControlOrMeta+a')
  expect(await selected(old)).toBe(await old.getByLabel('L’adresse à coller').inputValue())
})

for (const [path, scheme] of [['/s-abonner', 'light'], ['/en/subscribe?follow=reports/ia-notre-ambition-pour-la-france/16', 'dark']] as const) {
  test(`a camera reads the calendar and the page from their codes, on paper too: ${path} in ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme })
    await page.goto(path)
    const address = await page.locator('#address').inputValue()
    const codes = page.locator('figure svg')
    expect(await readCode(codes.nth(0))).toBe(address.replace(/^http:/, 'webcal:'))
    const pageAddress = await readCode(codes.nth(1))
    expect(pageAddress).toBe(new URL(path, address).href)
    for (const code of [codes.nth(0), codes.nth(1)]) {
      expect(await code.getAttribute('role')).toBe('img')
      await expect(code).toHaveAccessibleName(/code/i)
      expect(await code.locator('rect').evaluate((ground) => getComputedStyle(ground).fill)).toBe('rgb(255, 255, 255)')
      expect(await code.locator('path').evaluate((bars) => getComputedStyle(bars).fill)).toBe('rgb(23, 19, 14)')
      expect(await widthInMillimetres(code)).toBeGreaterThanOrEqual(21)
    }
    // Printed it is a poster on one sheet: the codes larger, both addresses in full, nothing to press.
    const sheet = (await page.pdf({ format: 'A4' })).toString('latin1')
    expect(sheet.match(/\/Type \/Page\b/g)).toHaveLength(1)
    await page.emulateMedia({ media: 'print' })
    expect(await widthInMillimetres(codes.nth(0))).toBeGreaterThan(60)
    for (const written of [address, pageAddress]) await expect(page.getByText(written, { exact: true })).toBeVisible()
    await expect(page.getByRole('main').getByRole('button')).toHaveCount(0)
    await expect(page.getByRole('main').getByRole('textbox')).toHaveCount(0)
  })
}

test('another program subscribes to each calendar of the list by its webcal address, and is called what the page calls it', async ({ page }) => {
  await page.goto('/s-abonner')
  const list = page.getByLabel('Que voulez-vous suivre')
  const offered = await list.locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value))
  expect(offered.filter((one) => one.startsWith('series/')).length).toBeGreaterThan(2)
  expect(offered.filter((one) => one.startsWith('themes/')).length).toBeGreaterThan(3)
  expect(offered.filter((one) => one.startsWith('reports/')).length).toBeGreaterThanOrEqual(25)
  for (const follow of ['events', 'series/cafe-tmnlab', 'themes/creation-artistique', 'reports/ia-notre-ambition-pour-la-france/16']) {
    expect(offered).toContain(follow)
    await page.goto(`/en/subscribe?follow=${follow}`)
    const name = await page.getByRole('heading', { level: 2 }).first().innerText()
    const webcal = (await page.getByRole('link', { name: 'Open in my calendar' }).getAttribute('href')) ?? ''
    const answer = await fetch(webcal.replace(/^webcal:/, 'http:'))
    const calendar = new ICAL.Component(ICAL.parse(await answer.text()))
    expect([follow, answer.status, calendar.getFirstPropertyValue('x-wr-calname')?.toString().toLowerCase()]).toEqual([follow, 200, expect.stringContaining(follow.startsWith('reports/') ? '16' : name.toLowerCase())])
    expect(calendar.getAllSubcomponents('vevent').length).toBeGreaterThan(0)
    for (const one of ['Atom', 'JSON Feed']) expect((await page.request.get((await page.getByRole('link', { name: one, exact: true }).getAttribute('href')) ?? '')).status()).toBe(200)
  }
  for (const follow of offered) for (const form of ['ics', 'atom', 'json']) {
    const address = `/feeds/${follow}.${form}`
    expect([address, (await page.request.get(address)).status()]).toEqual([address, 200])
  }
})

test('pages of a series, a theme and a recommendation lead here with their calendar chosen; the web calendars are handed its address', async ({ page }) => {
  const third: string[] = []
  page.on('request', (request) => new URL(request.url()).host !== new URL(String(process.env.E2E_URL)).host && third.push(request.url()))
  for (const [path, follow] of [
    ['/series/cafe-tmnlab', 'series/cafe-tmnlab'],
    ['/themes/creation-artistique', 'themes/creation-artistique'],
    ['/rapports/ia-notre-ambition-pour-la-france/recommandations/16', 'reports/ia-notre-ambition-pour-la-france/16'],
  ]) {
    await page.goto(path)
    await page.getByRole('main').getByRole('link', { name: /^S’abonner au calendrier/ }).click()
    await expect(page.getByLabel('Que voulez-vous suivre')).toHaveValue(follow)
    const address = await page.getByLabel('L’adresse à coller').inputValue()
    expect(new URL(address).pathname).toBe(`/feeds/${follow}.ics`)
    await page.locator('summary', { hasText: 'Outlook et Microsoft 365' }).click()
    for (const [label, parameter] of [['Ajouter à Outlook.com', 'url'], ['Ajouter à Microsoft 365', 'url'], ['Ajouter à Google Agenda', 'cid']]) {
      const link = page.getByRole('link', { name: label, includeHidden: true })
      const href = new URL((await link.getAttribute('href')) ?? '')
      expect(href.searchParams.get(parameter)).toBe(parameter === 'cid' ? address.replace(/^http:/, 'webcal:') : address)
      await expect(link).toHaveAttribute('rel', 'noreferrer')
    }
  }
  expect(third).toEqual([])
})

test('one’s own calendar: copied, read by a camera, replaced after being told what that costs', async ({ page, mail, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await logIn(page, mail, 'abonne@example.org', 'code', '/mon-espace')
  const mine = page.getByRole('region', { name: 'Votre calendrier personnel' })
  await expect(mine).toContainText('Une fois suffit')
  await mine.getByRole('button', { name: 'Créer mon adresse' }).click()
  const field = mine.getByLabel('Votre adresse personnelle')
  const address = await field.inputValue()
  await mine.getByRole('button', { name: 'Copier l’adresse' }).click()
  await expect(mine.getByRole('status')).toHaveText('Adresse copiée.')
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(address)
  expect(await readCode(mine.locator('figure svg'))).toBe(address.replace(/^http:/, 'webcal:'))
  const answer = await fetch(address)
  expect(answer.headers.get('x-robots-tag')).toContain('noindex')
  expect(ICAL.parse(await answer.text())).toContain('vcalendar')

  await expect(mine.getByRole('button', { name: 'Remplacer' })).toHaveCount(0)
  await mine.getByText('Remplacer cette adresse').click()
  const replace = mine.getByRole('button', { name: 'Remplacer, et couper l’ancienne' })
  await expect(replace).toHaveAccessibleDescription(/cesse aussitôt de répondre/)
  await replace.click()
  await expect(field).not.toHaveValue(address)
  expect((await fetch(address)).status).toBe(410)
  expect((await fetch(await field.inputValue())).status).toBe(200)
  expect(await readCode(mine.locator('figure svg'))).toBe((await field.inputValue()).replace(/^http:/, 'webcal:'))
})

test.describe('without a script', () => {
  test.use({ javaScriptEnabled: false })

  test('one chooses, opens the steps, and finds the address in a field; no button promises to copy', async ({ page }) => {
    await page.goto('/en/subscribe')
    await page.getByLabel('What would you like to follow').selectOption('themes/creation-artistique')
    await page.getByRole('button', { name: 'Choose' }).click()
    await expect(page.getByLabel('What would you like to follow')).toHaveValue('themes/creation-artistique')
    const field = page.getByLabel('The address to paste')
    await expect(field).toHaveValue(/\/feeds\/themes\/creation-artistique\.ics\?lang=en$/)
    await expect(field).not.toBeEditable()
    await expect(page.getByRole('main').getByRole('button')).toHaveText([/Choose/, /letter/i]) // to choose, and to hear of it by letter
    await page.locator('summary', { hasText: 'Classic Outlook' }).click()
    await expect(page.getByText('From Internet')).toBeVisible()
    await expect(page.locator('figure svg')).toHaveCount(2)
  })
})

/** As a calendar does: fetched by another program, read by node-ical. */
async function readFeed(address: string) {
  const events = await nodeIcal.async.fromURL(address)
  return Object.values(events).filter((one) => one?.type === 'VEVENT')
}

async function aTheme(request: { get: (url: string) => Promise<{ json: () => Promise<unknown> }> }) {
  const { data } = (await (await request.get('/api/v1/events?limit=20')).json()) as { data: { themes: string[] }[] }
  return data.flatMap(({ themes }) => themes)[0]
}

async function tabTo(page: Page, target: Locator) {
  for (let pressed = 0; pressed < 60; pressed++) {
    if (await target.evaluate((one) => one === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error('The keyboard does not get there')
}

const selected = (page: Page) =>
  page.evaluate(() => {
    const field = document.activeElement as HTMLInputElement
    return field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)
  })

async function readCode(code: Locator) {
  const { size, path } = await code.evaluate((svg) => ({ size: (svg as SVGSVGElement).viewBox.baseVal.width, path: svg.querySelector('path')?.getAttribute('d') ?? '' }))
  return readQr(size, path)
}

const widthInMillimetres = async (one: Locator) => (((await one.boundingBox())?.width ?? 0) / 96) * 25.4
