import { expect, type House, test } from '@/tests/support/house'
import { fieldValue, formBody, send, unescapeHtml, wordsOf } from '@/tests/support/http'

// Bad input over HTTP: never a 5xx, always a sentence that names the field, and nothing typed is lost.

const FORM = { 'Content-Type': 'application/x-www-form-urlencoded' }

let slug = ''
test.beforeAll(async ({ house }) => {
  slug = await house.anEvent({ title: 'Pour tout casser', capacity: 500 })
})

/** What may stand in the field of an address, and the reason for which it is refused. */
const addresses: Record<string, [typed: string, reason: string]> = {
  'two addresses': ['anne@example.org, eve@evil.example', 'address-list'],
  'two with a semicolon': ['anne@example.org;eve@evil.example', 'address-list'],
  'two with a space': ['anne@example.org eve@evil.example', 'address-list'],
  'a group': ['team: anne@example.org, eve@evil.example;', 'address-list'],
  'a display name': ['Anne <anne@example.org>', 'address-malformed'],
  'a fullwidth at sign': ['anne＠example.org', 'address-homoglyph'],
  'a small at sign': ['anne﹫example.org', 'address-homoglyph'],
  'a line break': ['anne@example.org\r\nBcc: eve@evil.example', 'address-control'],
  'a line feed': ['anne@example.org\nBcc: eve@evil.example', 'address-control'],
  'a line separator': ['anne@example.org\u2028Bcc: eve@evil.example', 'address-control'],
  'a bidi mark': ['anne@example\u202E.org', 'address-control'],
  'a quoted part': ['"anne@x"@example.org', 'address-malformed'],
  'a route': ['anne%evil.example@example.org', 'address-malformed'],
  'a literal': ['anne@[127.0.0.1]', 'address-malformed'],
  'no at sign': ['anne.example.org', 'address-malformed'],
  'no domain': ['anne@localhost', 'address-malformed'],
  'nothing': ['', 'address-empty'],
  'too long a part': [`${'a'.repeat(65)}@example.org`, 'address-too-long'],
}

for (const [what, [typed, reason]] of Object.entries(addresses)) {
  test(`an address with ${what} is refused by its field, by form and by API`, async ({ house }) => {
    const answer = await house.api('POST', `/events/${slug}/registrations`, { name: 'Anne', email: typed }, { token: null, headers: { 'Accept-Language': 'fr' } })
    expect(answer.status).toBe(422)
    expect(answer.json).toMatchObject({ errors: [{ field: 'email', reason, detail: expect.stringMatching(/adresse|arobase/i) }] })

    const sent = await house.submit(`/rendez-vous/${slug}/inscription`, { name: 'Anne Dupont', email: typed })
    expect([sent.status, sent.pageStatus]).toEqual([303, 200])
    expectRefused(sent.page, 'email')
    expect(fieldValue(sent.page, 'name')).toBe('Anne Dupont')
    expect(fieldValue(sent.page, 'email')?.replace(/[\r\n]/g, '')).toBe(typed.replace(/[\r\n]/g, ''))
  })
}

test('nobody was written to by any of that', async ({ house }) => {
  const rows = (await house.api('GET', `/events/${slug}/registrations`)).json.data as unknown[]
  expect(rows).toEqual([])
  expect(house.smtp.received.flatMap(({ recipients }) => recipients).filter((one) => /evil|anne@/.test(one))).toEqual([])
})

/** A form that came back says what is wrong beside the field, ties the sentence to it, and lists it above. */
function expectRefused(page: string, field: string, sentence?: RegExp) {
  const [input] = page.match(new RegExp(`<input\\b[^>]*\\bname="${field}"[^>]*>`)) ?? []
  expect(input, `a field ${field} on the page`).toBeDefined()
  expect(input).toContain('aria-invalid="true"')
  const ids = /aria-describedby="([^"]*)"/.exec(input ?? '')?.[1].split(' ') ?? []
  const said = ids.map((id) => unescapeHtml(new RegExp(`id="${id}"[^>]*>([^]*?)</`).exec(page)?.[1] ?? '')).join(' ')
  expect(said).toMatch(sentence ?? /adresse|arobase/i)
  expect(page).toMatch(/role="alert"|aria-live|tabindex="-1"/)
}

const names: Record<string, [typed: string, sentence: RegExp]> = {
  'nothing': ['', /manque/],
  'only spaces': ['  \u00A0 ', /manque/],
  'NUL': ['Anne\0Dupont', /signes|caractères/],
  'an escape': ['Anne\u001B[31m', /signes|caractères/],
  'a line break': ['Anne\r\nBcc: eve@evil.example', /signes|caractères/],
  '121 characters': ['é'.repeat(121), /trop long/],
}

for (const [what, [typed, sentence]] of Object.entries(names)) {
  test(`a name of ${what} is refused by its field, by form and by API`, async ({ house }) => {
    const answer = await house.api('POST', `/events/${slug}/registrations`, { name: typed, email: 'name@example.org' }, { token: null })
    expect(answer.status).toBe(422)
    expect(answer.json).toMatchObject({ errors: [{ field: 'name', detail: expect.stringContaining('name') }] })
    const sent = await house.submit(`/rendez-vous/${slug}/inscription`, { name: typed, email: 'kept@example.org' })
    expect([sent.status, sent.pageStatus]).toEqual([303, 200])
    expectRefused(sent.page, 'name', sentence)
    expect(fieldValue(sent.page, 'email')).toBe('kept@example.org')
  })
}

test('names that are unusual and well formed are welcome', async ({ house }) => {
  for (const [n, name] of ['O’Neill-d’Été', '王小明', 'Дарья', '👩🏽‍🎤 Zoé', '=HYPERLINK("x")', '<script>alert(1)</script>', '{{7*7}} ${7*7}', "Robert'); DROP TABLE", '__proto__', 'null'].entries()) {
    const sent = await house.submit(`/rendez-vous/${slug}/inscription`, { name, email: `unusual-${n}@example.org` })
    expect(sent.location, name).toContain('confirmed')
    expect(sent.page).not.toContain('<script>alert(1)')
    await house.smtp.next(({ recipients }) => recipients[0] === `unusual-${n}@example.org`)
  }
  const rows = (await house.api('GET', `/events/${slug}/registrations`)).json.data as { name: string }[]
  expect(rows.map(({ name }) => name)).toContain('<script>alert(1)</script>')
})

const bodies: Record<string, [body: string, status: number]> = {
  'broken JSON': ['{"name":"Anne"', 400],
  'a lone surrogate in the name': ['{"name":"Anne \\ud800","email":"s1@example.org"}', 422],
  'a lone surrogate in the address': ['{"name":"Anne","email":"s\\udc00@example.org"}', 422],
  'NUL in the address': ['{"name":"Anne","email":"s\\u0000@example.org"}', 422],
  'an object for a name': ['{"name":{"$gt":""},"email":"o1@example.org"}', 400],
  'a list for an address': ['{"name":"Anne","email":["a@example.org","b@example.org"]}', 400],
  'a number for a name': ['{"name":42,"email":"o2@example.org"}', 400],
  'null for a name': ['{"name":null,"email":"o3@example.org"}', 422],
  'an unknown field': ['{"name":"Anne","email":"u1@example.org","status":"confirmed"}', 400],
  'a role to be had': ['{"name":"Anne","email":"u2@example.org","role":"admin"}', 400],
  'a prototype': ['{"name":"Anne","email":"u3@example.org","__proto__":{"admin":true}}', 400],
  'a constructor': ['{"name":"Anne","email":"u4@example.org","constructor":{"prototype":{"admin":true}}}', 400],
  'a deep nest': [`{"name":"Anne","email":"u5@example.org","answers":${'['.repeat(5000)}${']'.repeat(5000)}}`, 400],
  'a list': ['[]', 400],
  'a text': ['"anne"', 400],
  'null': ['null', 400],
  'nothing at all': ['', 422],
  'an empty object': ['{}', 422],
  'a language of no one': ['{"name":"Anne","email":"u6@example.org","locale":"tlh"}', 422],
  'a place that is not there': ['{"name":"Anne","email":"u7@example.org","place":"room"}', 422],
  'a name of a megabyte': [JSON.stringify({ name: 'a'.repeat(1_000_000), email: 'm@example.org' }), 413],
  'a long name': [JSON.stringify({ name: 'a'.repeat(50_000), email: 'm@example.org' }), 422],
}

for (const [what, [body, status]] of Object.entries(bodies)) {
  test(`to ${what} the API answers ${status} in a sentence`, async ({ house }) => {
    for (const language of ['fr', 'en']) {
      const answer = await house.api('POST', `/events/${slug}/registrations`, body, { token: null, headers: { 'Accept-Language': language } })
      expect([answer.status, answer.headers.get('content-language')]).toEqual([status, language])
      expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
      expect(answer.json).toMatchObject({ status, title: expect.stringMatching(/\S/), detail: expect.stringMatching(/\S{2,} \S+ \S+/) })
      for (const error of (answer.json.errors ?? []) as { field: string; reason: string; detail: string }[]) {
        expect(error.field).not.toBe('')
        expect(error.detail).toContain(error.field)
      }
    }
  })
}

test('other types of content are refused by 415, at both doors', async ({ house }) => {
  const api = `/events/${slug}/registrations`
  for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/json; charset=utf-16']) {
    const answer = await house.api('POST', api, '{"name":"Anne","email":"t@example.org"}', { token: null, headers: { 'Content-Type': type } })
    expect([type, answer.status]).toEqual([type, 415])
  }
  for (const type of ['application/json', 'text/plain', '']) {
    const answer = await send(`${house.url}/rendez-vous/${slug}/inscription`, { method: 'POST', body: '{"name":"Anne","email":"t@example.org"}', headers: type ? { 'Content-Type': type } : {} })
    expect([type, answer.status]).toEqual([type, 415])
  }
  const broken = await send(`${house.url}/rendez-vous/${slug}/inscription`, { method: 'POST', body: 'no boundary here', headers: { 'Content-Type': 'multipart/form-data' } })
  expect([400, 415]).toContain(broken.status)
  for (const method of ['PUT', 'DELETE']) expect((await house.api(method, api, {}, { token: null })).status).toBe(405)
})

test('what a form cannot have typed is refused politely, and kept as far as it can be', async ({ house }) => {
  const path = `/rendez-vous/${slug}/inscription`
  const odd: Record<string, string> = {
    'a lone surrogate': 'name=Anne+%ED%A0%80&email=kept%40example.org',
    'broken UTF-8': 'name=Anne+%C3%28&email=kept%40example.org',
    'NUL': 'name=Anne%00&email=kept%40example.org',
    'a stray percent sign': 'name=&email=kept%40example.org&x=100%',
  }
  for (const [what, body] of Object.entries(odd)) {
    const sent = await house.submit(path, body)
    expect([what, sent.status, sent.pageStatus]).toEqual([what, 303, 200])
    expect([what, sent.location.includes('invalid')]).toEqual([what, true])
    expect(fieldValue(sent.page, 'email')).toBe('kept@example.org')
  }
  // Twice the same name: one of them counts, and only one letter leaves.
  const twice = await house.submit(path, 'name=Anne&name=Eve&email=dup-a%40example.org&email=dup-b%40example.org')
  expect(twice.status).toBe(303)
  const proto = await house.submit(path, 'name=Anne&email=proto%40example.org&__proto__=x&constructor=y&act=__proto__&__proto__[admin]=1')
  expect([proto.status, proto.pageStatus]).toEqual([303, 200])
  const big = await send(house.url + path, { method: 'POST', body: `name=${'a'.repeat(1_000_000)}&email=big%40example.org`, headers: FORM })
  expect(big.status).toBe(413)
  expect(wordsOf(big.text)).toMatch(/volumineux/)
  const long = await house.submit(path, formBody({ name: 'a'.repeat(100_000), email: 'long@example.org' }))
  expect([long.status, long.pageStatus]).toEqual([303, 200])
  expectRefused(long.page, 'name', /trop long/)
  expect(fieldValue(long.page, 'email')).toBe('long@example.org')
  // Long and in letters that take three octets each, beside an address of the same kind: what was typed comes back all the same.
  const wide = await house.submit(path, { name: '語'.repeat(4_000), email: `${'é'.repeat(900)}@example.org` })
  expect([wide.status, wide.pageStatus]).toEqual([303, 200])
  expectRefused(wide.page, 'name', /trop long/)
})

test('files, streams without an end and packed bodies find no way in', async ({ house }) => {
  const path = `${house.url}/rendez-vous/${slug}/inscription`
  const part = (name: string, value: string, more = '') => `--b\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
  const multipart = { 'Content-Type': 'multipart/form-data; boundary=b' }
  const file = await send(path, { method: 'POST', headers: multipart, body: `${part('name', 'x', '; filename="x.html"')}${part('email', 'file@example.org')}--b--` })
  expect([file.status, file.headers.get('location')]).toEqual([303, expect.stringContaining('invalid')])
  const plain = await send(path, { method: 'POST', headers: multipart, body: `${part('name', 'Multi')}${part('email', 'multi@example.org')}--b--` })
  expect(plain.headers.get('location')).toContain('confirmed')
  const cut = await send(path, { method: 'POST', headers: multipart, body: part('name', 'Cut') })
  expect(cut.status).toBeLessThan(500)

  const stream = { method: 'POST', chunked: true, body: `name=${'a'.repeat(400_000)}&email=stream%40example.org` }
  expect((await send(path, { ...stream, headers: FORM })).status).toBe(413)
  const api = `${house.url}/api/v1/events/${slug}/registrations`
  expect((await send(api, { ...stream, headers: { 'Content-Type': 'application/json' } })).status).toBe(413)
  for (const [name, value] of [['Content-Encoding', 'gzip'], ['Content-Encoding', 'br'], ['Expect', '200-ok']]) {
    const packed = await send(api, { method: 'POST', body: Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]), headers: { 'Content-Type': 'application/json', [name]: value } })
    expect([packed.status >= 400, packed.status < 500]).toEqual([true, true])
  }
  for (const method of ['TRACE', 'PROPFIND', 'PUT', 'DELETE', 'PATCH']) expect([method, (await send(path, { method })).status < 500]).toEqual([method, true])
})

test('English readers are told in English', async ({ house }) => {
  const sent = await house.submit(`/en/events/${slug}/registration`, { name: '', email: 'a@b, c@d' })
  expect(sent.page).toContain('<html lang="en"')
  expectRefused(sent.page, 'name', /name/i)
  expectRefused(sent.page, 'email', /address/i)
})

test('a forged or foreign answer in the cookie is not believed', async ({ house }) => {
  const sent = await house.submit(`/rendez-vous/${slug}/inscription`, { name: '', email: 'x@example.org' })
  const [, value] = /answer=([^;]+)/.exec(sent.cookies) ?? []
  expect(value).toBeTruthy()
  for (const forged of ['x', 'x.y', `${value}x`, `${Buffer.from(JSON.stringify({ slug, status: 'confirmed', email: 'eve@evil.example', name: '' })).toString('base64url')}.${value?.split('.')[1]}`, '%00', '.'.repeat(3000)]) {
    const page = await send(`${house.url}/rendez-vous/${slug}`, { headers: { Cookie: sent.cookies.replace(value ?? '', forged) } })
    expect(page.status).toBe(200)
    expect(page.text).not.toContain('eve@evil.example')
  }
})

test('no form of another site is taken', async ({ house }) => {
  const body = formBody({ name: 'Eve', email: 'eve@evil.example' })
  const foreign: Record<string, string>[] = [{ Origin: 'https://evil.example' }, { Origin: 'null' }, { Referer: 'https://evil.example/x' }, { 'Sec-Fetch-Site': 'cross-site' }]
  for (const headers of foreign) {
    const answer = await send(`${house.url}/rendez-vous/${slug}/inscription`, { method: 'POST', body, headers: { ...FORM, ...headers } })
    expect([headers, answer.status]).toEqual([headers, 403])
  }
  const api = await house.api('POST', `/events/${slug}/registrations`, { name: 'Eve', email: 'eve@evil.example' }, { token: null, headers: { Origin: 'https://evil.example', Cookie: 'next-auth.session-token=x' } })
  expect(api.status).toBeLessThan(500)
  expect((await house.api('GET', `/events/${slug}/registrations`)).text).not.toContain('form-evil')
})

const long = 'a'.repeat(5000)
const addressesOfNothing: [path: string, statuses: number[]][] = [
  ['/rendez-vous/%E0%A4%A', [400]],
  ['/rendez-vous/%ED%A0%80', [400]],
  ['/rendez-vous/%00', [400]],
  ['/rendez-vous/%', [400]],
  ['/rendez-vous/x%2F..%2F..%2Fetc%2Fpasswd', [404]],
  [`/rendez-vous/${long}`, [404]],
  [`/rendez-vous/${'%E2%82%AC'.repeat(600)}`, [404]],
  ['/rendez-vous/Pour-Tout-Casser', [404]],
  ['/rendez-vous/__proto__', [404]],
  ['/rendez-vous/constructor/restitution', [404]],
  ['/rendez-vous/rien/restitution', [404]],
  ['/rendez-vous/rien/image', [404]],
  ['/rapports/x/recommandations/99999999999999999999', [404]],
  ['/rapports/x/recommandations/-1', [404]],
  ['/rapports/x/recommandations/1e3', [404]],
  ['/rapports/x/recommandations/NaN', [404]],
  ['/rapports/%F0%9F%98%80', [404]],
  [`/rapports/${long}`, [404]],
  ['/themes/../..', [200, 307, 308, 400, 404]],
  ['/themes/%2e%2e/%2e%2e', [200, 307, 308, 400, 404]],
  ['/themes/..%5c..', [404]],
  ['/themes/rien', [404]],
  ['/series/rien', [404]],
  ['/inscriptions/rien', [404]],
  [`/inscriptions/${'a'.repeat(26)}`, [404]],
  [`/inscriptions/${long}`, [404]],
  ['/inscriptions/%27%20OR%201=1', [404]],
  ['//evil.example/%2e%2e', [200, 308, 400, 404]],
  ['/en/rendez-vous/rien', [307, 308, 404]],
  ['/en/events/rien', [404]],
  ['/feeds/events/rien.ics', [404]],
  ['/feeds/me/rien.ics', [404]],
  [`/feeds/${long}.ics`, [404]],
  ['/feeds/reports/x/99999999999999999999.ics', [404]],
  ['/feeds/events.xml', [404]],
  ['/feeds/%E0%A4%A.ics', [400]],
  ['/api/v1/events/rien', [404]],
  [`/api/v1/events/${long}`, [404]],
  ['/api/v1/reports/rien/coverage', [404]],
  ['/api/v1/nothing', [404]],
  ['/api/v1/events?from=hier', [400]],
  ['/api/v1/events?from=2026-02-30', [400]],
  ['/api/v1/events?cursor=x', [400]],
  ['/api/v1/events?limit=1000000', [400]],
  ['/api/v1/events?limit=-1', [400]],
  ['/api/v1/events?limit=1&limit=2', [200, 400]],
  ['/api/v1/events?utm_source=x', [200]],
  ['/api/v1/events?q=%00', [400]],
  ['/api/v1/events?q=%ED%A0%80', [400]],
]

for (const [path, statuses] of addressesOfNothing) {
  test(`the address ${path.slice(0, 60)} is answered ${statuses[0]}`, async ({ house }) => {
    const answer = await send(house.url, { path })
    expect(statuses).toContain(answer.status)
    if (answer.status >= 400 && !path.endsWith('/image')) expect(wordsOf(answer.text)).toMatch(/\S+ \S+ \S+/)
    expect(answer.text).not.toMatch(/at \S+ \(|node_modules|Prisma|SELECT /)
  })
}

const queries = [
  'q=%27%22%3Cscript%3E', 'q=a&q=b', 'q[]=a', 'q[a]=b', `q=${'x'.repeat(3000)}`, 'theme=__proto__', 'theme=a&theme=b', 'theme=%00', 'recommandation=99999999999999999999', 'serie=../..', 'page=-1', 'page=1e9',
  'page=99999999999999999999', 'page=abc', 'mois=2026-99', 'from=0000-00-00', '%C0%AF=1', 'q=%25', '__proto__[x]=1', 'reponse=confirmed', 'reponse=__proto__', 'reponse=a&reponse=b',
]
for (const page of ['/', '/en', '/rendez-vous-passes', '/en/past-events', '/restitutions', '/rapports', '/s-abonner']) {
  test(`nothing that follows a question mark breaks ${page}`, async ({ house }) => {
    for (const query of queries) {
      const { status, text } = await send(house.url, { path: `${page}?${query}` })
      expect([query, status < 500]).toEqual([query, true])
      expect(text).not.toContain('"<script>')
    }
  })
}

test('organisers’ programs are told which field is wrong, too', async ({ house }) => {
  const good = { title: 'Café', startsAt: '2031-02-01T09:00', timeZone: 'Europe/Paris', mode: 'online' }
  const wrong: [field: string, value: unknown][] = [
    ['title', ''], ['title', { x: 1 }], ['title', 'a'.repeat(141)], ['title', 'a\ud800'], ['title', 'a\0b'], ['startsAt', '2031-02-30T09:00'], ['startsAt', '2031-03-30T02:30'], ['startsAt', 'demain'], ['startsAt', 12],
    ['endsAt', '2031-01-01T09:00'], ['timeZone', 'Mars/Olympus'], ['mode', 'telepathic'], ['capacity', -1], ['capacity', 1.5], ['capacity', 'many'], ['capacity', 1e12], ['themes', ['nope']], ['themes', 'x'], ['themes', {}],
    ['recommendations', [{ report: 'nope', number: 1 }]], ['recommendations', [{ report: 'x', number: 1e20 }]], ['joinUrl', 'javascript:alert(1)'], ['speakers', [{ name: '' }]], ['waitlist', 'peut-être'], ['sequence', 7], ['status', 'published'],
  ]
  for (const [field, value] of wrong) {
    const answer = await house.api('POST', '/events', { ...good, [field]: value })
    expect([400, 422], `${field} ${JSON.stringify(value)}`).toContain(answer.status)
    const errors = answer.json.errors as { field: string; detail: string }[]
    expect(errors.map((error) => error.field.split('.')[0])).toEqual([field])
    expect(answer.json.detail).toContain(field)
  }
  for (const token of [null, '', 'x', 'x'.repeat(5000)]) {
    const answer = await house.api('POST', '/events', good, { token })
    expect(answer.status).toBe(401)
  }
  await refusesToShrink(house)
})

async function refusesToShrink(house: House) {
  const event = await house.anEvent({ capacity: 5 })
  for (const n of [1, 2]) await house.api('POST', `/events/${event}/registrations`, { name: `N ${n}`, email: `shrink-${n}@example.org` }, { token: null })
  const answer = await house.api('PATCH', `/events/${event}`, { capacity: 1 })
  expect(answer.json).toMatchObject({ status: 422, errors: [{ field: 'capacity', reason: 'below-seats-taken' }] })
}

test('the program is well after all this', async ({ house }) => {
  expect((await send(`${house.url}/api/health`)).status).toBe(200)
  expect(house.output().split('\n').filter((line) => line.includes('"level":"error"'))).toEqual([])
  expect(await house.admin('check')).toMatchObject({ code: 0 })
})
