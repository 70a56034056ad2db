import pg from 'pg'
import { runningPostgres } from '@/server/postgres'
import { faults, faultsInEachDress } from '@/tests/support/axe'
import { expect, test } from '@/tests/support/e2e'
import { inDays } from '@/tests/support/house'
import { theApi } from '@/tests/support/rooms'

const address = 'suiveuse@theatre.example'

/** Whoever publishes has ten minutes to correct themselves; nobody here waits for them. */
async function tenMinutesLater() {
  const client = new pg.Client({ connectionString: await runningPostgres(String(process.env.E2E_DATA_DIR)) })
  await client.connect()
  try {
    await client.query(`UPDATE pgboss.job SET start_after = now() WHERE name = 'event-published' AND state = 'created'`)
  } finally {
    await client.end()
  }
}

test('a theme is followed by keyboard; a new session brings a letter, and one click of the mail program ends it', async ({ page, mail, admin, request }) => {
  test.setTimeout(90_000)
  admin('organiser', 'suivre@example.org')
  const api = theApi(admin('token', 'suivre@example.org', 'suivre').split('\n').at(-1) ?? '')
  const publish = async (title: string) => {
    const { slug } = (await api('POST', '/events', { title, startsAt: `${inDays(40)}T09:00`, endsAt: `${inDays(40)}T10:00`, timeZone: 'Europe/Paris', mode: 'online', themes: ['creation-artistique'] })) as { slug: string }
    await api('POST', `/events/${slug}/publish`)
    await tenMinutesLater()
  }

  await page.goto('/themes/creation-artistique')
  expect(await faults(page, 'a theme that may be followed')).toEqual([])
  await page.getByLabel('Ou par message, à l’adresse').focus()
  await page.keyboard.type('suiveuse@theatre')
  await page.keyboard.press('Enter')
  await expect(page.locator('#errors')).toContainText('À corriger')
  await expect(page.getByLabel('Que voulez-vous suivre')).toHaveValue('themes/creation-artistique')
  expect(await faultsInEachDress(page, 'following, mistyped')).toEqual([])
  await page.getByLabel('Votre adresse électronique').focus()
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(address)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toContainText('Il reste à confirmer')
  expect(await faults(page, 'following, asked')).toEqual([])

  const asked = await mail.next(({ recipients, subject }) => recipients[0] === address && /^Confirmez pour suivre/.test(subject ?? ''))
  const link = /https?:\/\/\S+?\/suivre\/[a-z2-7]{32}/.exec(asked.text ?? '')?.[0] ?? 'about:blank'
  await page.goto(link)
  expect(await faultsInEachDress(page, 'to be confirmed')).toEqual([])
  await page.getByRole('button', { name: 'Oui, m’écrire à ce sujet' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toContainText('C’est confirmé')
  expect(await faultsInEachDress(page, 'what an address follows')).toEqual([])

  await publish('Une séance à suivre')
  const news = await mail.next(({ recipients, text }) => recipients[0] === address && /une séance à suivre/i.test(text ?? ''), { within: 20_000 })
  expect(news.raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m)
  const [, stop = ''] = /^List-Unsubscribe: <(\S+)>\r$/m.exec(news.raw) ?? []
  await page.goto(stop)
  await expect(page.getByRole('heading', { name: 'Tout arrêter' })).toBeVisible()
  const left = await request.post(stop, { form: { 'List-Unsubscribe': 'One-Click' }, headers: { Origin: 'https://mail.example', 'Sec-Fetch-Site': 'cross-site' }, maxRedirects: 0 })
  expect([left.status(), left.headers()['set-cookie']]).toEqual([200, undefined])
  await page.goto(link)
  await expect(page.getByRole('main')).toContainText('Cette adresse ne suit plus rien')
  const before = await mail.count()
  await publish('Une autre séance')
  await expect(mail.next(({ recipients }) => recipients[0] === address, { within: 2500, after: before })).rejects.toThrow('No such letter')
})
