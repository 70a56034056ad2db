import { runningPostgres } from '@/server/postgres'
import { test as onTheSeason } from '@/tests/support/e2e'
import { expect, test } from '@/tests/support/house'
import { formBody, send } from '@/tests/support/http'
import { rush } from '@/tests/support/rush'

test.setTimeout(120_000)
onTheSeason.setTimeout(120_000)

test('300 people at once for 40 seats: 40 sit, 260 wait, nobody is turned away by an error', async ({ house }) => {
  const slug = await house.anEvent({ title: 'Ruée', capacity: 40, waitlist: true })
  const begun = Date.now()
  const answers = await Promise.all(
    Array.from({ length: 300 }, async (_, n) => {
      const person = { name: `Personne ${n}`, email: `rush-${n}@example.org` }
      if (n % 2 === 0) {
        const { status, json } = await house.api('POST', `/events/${slug}/registrations`, person, { token: null })
        return { status, said: String(json.status) }
      }
      const path = n % 4 === 1 ? `/rendez-vous/${slug}/inscription` : `/en/events/${slug}/registration`
      const { status, headers } = await send(house.url + path, { method: 'POST', body: formBody(person), headers: { 'Content-Type': 'application/x-www-form-urlencoded' } })
      return { status, said: /[?&](?:reponse|answer)=([a-z-]+)/.exec(headers.get('location') ?? '')?.[1] ?? '' }
    }),
  )
  const took = Date.now() - begun
  process.stdout.write(`300 registrations over HTTP in ${took} ms\n`)

  expect(answers.filter(({ status }) => status !== 201 && status !== 303)).toEqual([])
  const said = (what: string) => answers.filter((one) => one.said === what).length
  expect([said('confirmed'), said('waitlisted')]).toEqual([40, 260])

  const event = (await house.api('GET', `/events/${slug}`)).json
  expect(event).toMatchObject({ capacity: 40, seatsTaken: 40, waitlistLength: 260, registration: 'waitlist' })
  const rows = (await house.api('GET', `/events/${slug}/registrations`)).json.data as { status: string; email: string }[]
  const count = (status: string) => rows.filter((row) => row.status === status).length
  expect([count('confirmed'), count('waitlisted'), rows.length]).toEqual([40, 260, 300])

  // Every one of them is written to, once.
  await expect.poll(() => house.smtp.received.filter((mail) => mail.recipients[0]?.startsWith('rush-')).length, { timeout: 90_000 }).toBe(300)
  expect(new Set(house.smtp.received.flatMap(({ recipients }) => recipients).filter((one) => one.startsWith('rush-'))).size).toBe(300)

  expect(await house.admin('check')).toMatchObject({ code: 0, stdout: '' })
})

onTheSeason('2,000 people at once for 100 seats, by API and form: a hundred are confirmed, the others are told that it is full', async ({ admin }) => {
  admin('organiser', 'rush@example.org')
  const token = admin('token', 'rush@example.org', 'rush').split('\n').at(-1) ?? ''
  const databaseUrl = (await runningPostgres(String(process.env.E2E_DATA_DIR))) ?? ''
  const found = await rush({ url: String(process.env.E2E_URL), databaseUrl, token }, { seed: 1 })
  process.stdout.write(`2,000 registrations over HTTP in ${found.seconds} s\n`)
  expect(found).toMatchObject({ told: { confirmed: 100, waitlisted: 0, full: 1900 }, database: { taken: 100, confirmed: 100, waitlisted: 0 }, broken: 0, cut: 0, deadlocks: 0 })
})
