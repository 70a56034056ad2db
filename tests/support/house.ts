import { test as base } from '@playwright/test'
import { instantOf } from '@/lib/time'
import { type App, startApp } from './app'
import { startSmtp } from './smtp'
import { formBody, keepCookies, send, type Sending } from './http'

export type House = App & {
  smtp: Awaited<ReturnType<typeof startSmtp>>
  /** JSON to the API; with `token` unless it is said to be null. Gives status, headers and the body read. */
  api: (method: string, path: string, body?: unknown, more?: Sending & { token?: string | null }) => Promise<Reply>
  /** A published event of the API, by its slug. */
  anEvent: (said?: Record<string, unknown>) => Promise<string>
  /** Posts a form, follows the 303 with the cookies, as a browser without scripts does. */
  submit: (path: string, fields: Record<string, string> | string, cookies?: string) => Promise<Submitted>
}

export type Reply = { status: number; headers: Headers; json: Record<string, unknown>; text: string }
type Submitted = { status: number; location: string; cookies: string; page: string; pageStatus: number }

/**
 * Playwright's `test` without a browser: the real program on an empty house of its own, its limits on, with a real
 * SMTP server that keeps what it is given. One for all the files that ask for it.
 */
export const test = base.extend<object, { house: House }>({
  house: [
    async ({}, use) => {
      const house = await openHouse()
      try {
        await use(house)
      } finally {
        await house.leave()
      }
    },
    { scope: 'worker', timeout: 300_000 },
  ],
})

export { expect } from '@playwright/test'

/** Such a house, with other settings where some are said; `leave` ends it. */
export async function openHouse(variables: Record<string, string> = {}) {
  const smtp = await startSmtp()
  try {
    const app = await startApp({ SEED: 'none', SMTP_URL: smtp.url, ...variables })
    const leave = async () => {
      await app.stop()
      await smtp.stop()
    }
    return { ...(await furnish(app, smtp)), leave }
  } catch (error) {
    await smtp.stop()
    throw error
  }
}

/** A day so many days from today, `2026-12-24`. */
export const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** The instant of an hour in Paris, in so many days, as calendars are read: `2026-12-24T08:00:00.000Z`. */
export function parisInstant(days: number, time: string) {
  const instant = instantOf({ date: inDays(days), time }, 'Europe/Paris')
  return instant instanceof Date ? instant.toISOString() : ''
}

async function furnish(app: App, smtp: House['smtp']): Promise<House> {
  await app.admin('organiser', 'camille@example.org')
  const ours = (await app.admin('token', 'camille@example.org', 'tests')).lastLine

  const api: House['api'] = async (method, path, body, { token = ours, headers, ...more } = {}) => {
    const answer = await send(`${app.url}/api/v1${path}`, {
      method,
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...(token === null ? {} : { Authorization: `Bearer ${token}` }), ...headers },
      ...more,
    })
    const isJson = /json/.test(answer.headers.get('content-type') ?? '')
    return { ...answer, json: isJson ? (JSON.parse(answer.text) as Record<string, unknown>) : {} }
  }

  const anEvent: House['anEvent'] = async (said = {}) => {
    const made = await api('POST', '/events', { title: 'Café du jeudi', startsAt: `${inDays(40)}T09:00`, endsAt: `${inDays(40)}T10:00`, timeZone: 'Europe/Paris', mode: 'online', ...said })
    if (made.status !== 201) throw new Error(`No event: ${made.status} ${made.text}`)
    const slug = String(made.json.slug)
    const published = await api('POST', `/events/${slug}/publish`)
    if (published.status !== 200) throw new Error(`Not published: ${published.status} ${published.text}`)
    return slug
  }

  const submit: House['submit'] = async (path, fields, cookies = '') => {
    const answer = await send(app.url + path, { method: 'POST', body: formBody(fields), headers: { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: cookies } })
    const location = answer.headers.get('location') ?? ''
    const kept = keepCookies(cookies, answer.headers)
    if (answer.status !== 303) return { status: answer.status, location, cookies: kept, page: answer.text, pageStatus: answer.status }
    const next = await send(new URL(location, app.url).href.replace(/#.*/, ''), { headers: { Cookie: kept } })
    return { status: answer.status, location, cookies: kept, page: next.text, pageStatus: next.status }
  }

  return { ...app, smtp, api, anEvent, submit }
}
