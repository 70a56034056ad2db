import { afterEach, describe, expect, test } from 'vitest'
import { setClock } from '@/lib/clock'
import { isShownToAll } from '@/server/keepable'
import { shared } from '@/server/version'
import { doorBefore } from '@/tests/support/kept'

const LONG = `<!DOCTYPE html><html lang="fr"><body><p>${'Une saison de rendez-vous. '.repeat(200)}</p></body></html>`

const doors: { stop: () => Promise<unknown> }[] = []
afterEach(async () => {
  setClock(null)
  await Promise.all(doors.splice(0).map((door) => door.stop()))
})

const still = { version: async () => '1' }

async function door(make: Parameters<typeof doorBefore>[0] = page(), options: Parameters<typeof doorBefore>[1] = still) {
  const made = await doorBefore(make, options)
  doors.push(made)
  return made
}

function page(text = LONG, headers: Record<string, string> = {}, status = 200): Parameters<typeof doorBefore>[0] {
  return (_, response) => {
    response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store', ...headers })
    response.end(text)
  }
}

describe('a kept answer', () => {
  test('is given again, byte by byte and header by header, without being made again', async () => {
    const { get, made } = await door(page(LONG, { 'Content-Security-Policy': "script-src 'sha256-x'", Link: '</a.woff2>; rel=preload' }))
    const [first, second] = [await get('/'), await get('/')]
    expect(made()).toBe(1)
    expect(second.text).toBe(LONG)
    expect({ ...second.headers, date: '' }).toEqual({ ...first.headers, date: '' })
    expect(second.headers).toMatchObject({ 'content-security-policy': "script-src 'sha256-x'", link: '</a.woff2>; rel=preload', 'cache-control': 'private, no-cache' })
  })

  test.each(['br', 'gzip', 'identity'])('decodes from %s to the same bytes, under a strong tag of its own', async (coding) => {
    const { get, made } = await door()
    await get('/')
    const answer = await get('/', { headers: { 'accept-encoding': coding } })
    expect(made()).toBe(1)
    expect(answer.text).toBe(LONG)
    expect(answer.headers['content-encoding']).toBe(coding === 'identity' ? undefined : coding)
    expect(answer.headers['content-length']).toBe(String(answer.raw.length))
    expect(answer.headers.etag).toMatch(coding === 'identity' ? /^"[\w-]{27}"$/ : new RegExp(`^"[\\w-]{27}-${coding}"$`))
    expect(answer.headers.vary).toMatch(/accept-encoding/i)
  })

  test('answers 304 to whoever has it, even at the first request, and not to whoever has another coding', async () => {
    const { get } = await door()
    const { etag = '' } = (await get('/', { headers: { 'accept-encoding': 'br' } })).headers
    const same = await get('/', { headers: { 'accept-encoding': 'br', 'if-none-match': `"other", W/${etag}` } })
    expect(same).toMatchObject({ status: 304, text: '' })
    expect(same.headers).toMatchObject({ etag, 'cache-control': 'private, no-cache' })
    expect(same.headers['content-length']).toBeUndefined()
    expect(await get('/', { headers: { 'if-none-match': etag } })).toMatchObject({ status: 200 })
    const another = await door()
    expect(await another.get('/', { headers: { 'accept-encoding': 'br', 'if-none-match': etag } })).toMatchObject({ status: 304 })
  })

  test('answers HEAD with what GET would say and no body, whichever comes first', async () => {
    const { get, made } = await door((request, response) => {
      expect(request.method).toBe('GET')
      return page()(request, response)
    })
    const head = await get('/', { method: 'HEAD' })
    const whole = await get('/')
    expect(head.raw.length).toBe(0)
    expect({ ...head.headers, date: '' }).toEqual({ ...whole.headers, date: '' })
    expect(made()).toBe(1)
  })

  test('respects If-Modified-Since where there is a Last-Modified', async () => {
    const { get } = await door(page(LONG, { 'Last-Modified': 'Thu, 21 Mar 2024 08:00:00 GMT' }))
    expect((await get('/', { headers: { 'if-modified-since': 'Thu, 21 Mar 2024 08:00:00 GMT' } })).status).toBe(304)
    expect((await get('/', { headers: { 'if-modified-since': 'Thu, 21 Mar 2024 07:59:59 GMT' } })).status).toBe(200)
  })

  test('is made once for all who ask while it is made', async () => {
    const { get, made } = await door(async (request, response) => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      return page()(request, response)
    })
    const answers = await Promise.all(Array.from({ length: 20 }, () => get('/')))
    expect(answers.map(({ text }) => text === LONG)).not.toContain(false)
    expect(made()).toBe(1)
  })

  test('is another for each address, query, and host', async () => {
    const { get, made } = await door((request, response) => page(`${request.headers.host} ${request.url} ${LONG}`)(request, response))
    for (const [path, host] of [['/', 'a.example'], ['/?theme=x', 'a.example'], ['/', 'b.example'], ['/en', 'a.example']]) {
      expect((await get(path, { headers: { host } })).text).toContain(`${host} ${path} `)
    }
    expect(made()).toBe(4)
  })

  test('is none where the address carries a code', async () => {
    const { get, made } = await door()
    for (const path of ['/rendez-vous/x?code=ABCD-EFGH', '/rendez-vous/x?code=ABCD-EFGH', '/en/events/x?a=1&code=x']) await get(path)
    expect(made()).toBe(3)
  })

  test('does not outlive twenty seconds, nor the turn of a minute', async () => {
    const { get, made } = await door()
    const at = async (time: string, times: number) => {
      setClock(new Date(`2026-11-22T${time}Z`))
      await get('/')
      expect([time, made()]).toEqual([time, times])
    }
    await at('09:00:10', 1)
    await at('09:00:29.999', 1)
    await at('09:00:30', 2)
    await at('09:00:49', 2)
    await at('09:00:55', 3)
    await at('09:00:59.999', 3)
    await at('09:01:00', 4)
  })
})

describe('what is made for one reader', () => {
  test.each([
    ['a session', { cookie: '_ga=1; parlons-en.session=x' }],
    ['an answer to a form', { cookie: '__Host-parlons-en.answer=x' }],
    ['a token', { authorization: 'Bearer x' }],
    ['a navigation of React', { rsc: '1' }],
  ])('goes to one who brings %s, and is neither kept nor taken from what is kept', async (_, headers) => {
    const { get, made, size } = await door((request, response) => page(`${request.headers.cookie} ${LONG}`)(request, response))
    const own = await get('/', { headers: headers as Record<string, string> })
    expect(own.text).toContain(String((headers as { cookie?: string }).cookie))
    expect(size().answers).toBe(0)
    expect((await get('/')).text).toContain('undefined')
    await get('/', { headers: headers as Record<string, string> })
    expect(made()).toBe(3)
  })

  test.each([
    ['sets a cookie', page(LONG, { 'Set-Cookie': 'a=b' })],
    ['is not found', page(LONG, {}, 404)],
    ['leads elsewhere', page('', { Location: '/' }, 308)],
    ['varies by something else', page(LONG, { Vary: 'Accept-Language' })],
    ['partly failed', page(`${LONG}<template data-dgst="1"></template>`)],
    ['is no text', page(LONG, { 'Content-Type': 'image/png' })],
  ])('is not kept where it %s', async (_, make) => {
    const { get, made, size } = await door(make)
    const [first, second] = [await get('/'), await get('/')]
    expect(second.status).toBe(first.status)
    expect([made(), size().answers]).toEqual([2, 0])
  })

  test('cannot poison what others get: nothing unnamed of the request is heard', async () => {
    const heard: string[] = []
    const { get } = await door((request, response) => {
      heard.push(...Object.keys(request.headers), ...request.rawHeaders.filter((_, index) => index % 2 === 0))
      return page()(request, response)
    })
    await get('/', {
      headers: { 'user-agent': 'x', 'accept-language': 'en', 'x-evil': '1', 'x-nextjs-data': '1', 'x-middleware-rewrite': '/me', cookie: '_ga=1', referer: 'http://evil.example' },
    })
    expect([...new Set(heard)].sort()).toEqual(['connection', 'host', 'user-agent'])
  })

  test.each([
    '/', '/en', '/rendez-vous-passes', '/en/past-events', '/rendez-vous/un-cafe', '/en/events/un-cafe', '/rendez-vous/un-cafe/restitution', '/series/ia', '/en/series/ia',
    '/themes/droit', '/rapports', '/rapports/ia', '/rapports/ia/recommandations/3', '/en/reports/ia/recommendations/3', '/restitutions', '/s-abonner',
    '/feeds/events.ics', '/feeds/reports/ia/3.atom', '/api/v1/events', '/sitemap.xml',
  ])('is not %s', (path) => expect(isShownToAll(path)).toBe(true))

  test.each([
    '/mon-espace', '/en/me', '/connexion', '/en/login/code', '/organiser', '/organiser/rendez-vous/x', '/en/organise', '/inscriptions/abc', '/en/registrations/abc',
    '/rendez-vous/un-cafe/inscription', '/feeds/me/abc.ics', '/api/health', '/api/auth/session', '/dev/mailbox', '/metrics', '/_next/static/x.js', '/events/un-cafe', '//',
  ])('is %s', (path) => expect(isShownToAll(path)).toBe(false))
})

describe('the version', () => {
  test('is asked for after each request has come, and once for all that wait', async () => {
    let [asked, answered] = [0, 0]
    const read = shared(async () => {
      const mine = ++asked
      await new Promise((resolve) => setTimeout(resolve, 5))
      answered++
      return mine
    })
    const results = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        await new Promise((resolve) => setTimeout(resolve, index / 5))
        const before = asked
        return (await read()) > before
      }),
    )
    expect(results).not.toContain(false)
    expect(answered).toBeLessThan(30)
  })

  test('that cannot be read leaves the answer to the page, every time; when it is back all is well', async () => {
    let isAway = false
    const version = async () => {
      if (isAway) throw new Error('away')
      return '1'
    }
    const { get, made } = await door(page(), { version })
    await get('/')
    isAway = true
    await get('/')
    await get('/')
    expect(made()).toBe(3)
    isAway = false
    await get('/')
    expect(made()).toBe(3)
  })

  test('that rose while an answer was made leaves that answer to the one who asked', async () => {
    let version = 1
    const { get, size } = await door(
      (request, response) => {
        const text = `${version} ${LONG}`
        version++
        return page(text)(request, response)
      },
      { version: async () => String(version) },
    )
    expect((await get('/')).text).toContain('1 ')
    expect((await get('/')).text).toContain('2 ')
    expect(size().answers).toBeLessThanOrEqual(1)
  })
})

test('What is kept stays within its memory, and what is asked for most stays longest', async () => {
  const memory = 200_000
  const { get, made, size } = await door(page(), { ...still, memory })
  await get('/')
  for (let n = 0; n < 100; n++) {
    await get(`/series/s${n}`)
    await get('/')
    expect(size().bytes).toBeLessThanOrEqual(memory)
  }
  expect(size().answers).toBeGreaterThan(5)
  expect(made()).toBe(101)
})
