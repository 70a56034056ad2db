import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { ownCookie } from '@/app/_session/cookies'
import { formInput, formValues } from '@/app/_session/form-input'
import { readPending } from '@/app/_session/pending-login'
import { isSameOrigin } from '@/app/_session/same-origin'
import { config } from '@/lib/config'

const settings = config()
const before = settings.appUrl
beforeAll(() => {
  settings.appUrl = 'https://house.example'
})
afterAll(() => {
  settings.appUrl = before
  vi.restoreAllMocks()
})

describe('what another site sends', () => {
  test.each<Record<string, string>>([
    { origin: 'https://elsewhere.example', host: 'house.example' },
    { origin: 'null', host: 'house.example' },
    { origin: 'https://house.example.elsewhere.example', host: 'house.example' },
    { origin: 'https://house.example', host: 'house.example', 'sec-fetch-site': 'cross-site' },
    { origin: 'https://sub.house.example', host: 'house.example', 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', host: 'house.example' },
    { 'sec-fetch-site': 'none', host: 'house.example' },
    { referer: 'https://elsewhere.example/house.example', host: 'house.example' },
    { origin: 'http://house.example:8080', host: 'house.example' },
    { origin: 'file://house.example', host: 'house.example' },
    { origin: 'house.example', host: 'house.example' },
  ])('%j is not believed', (headers) => {
    expect(isSameOrigin(new Headers(headers))).toBe(false)
  })

  test.each<Record<string, string>>([
    { origin: 'https://house.example', host: 'internal:3000', 'sec-fetch-site': 'same-origin' },
    { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' },
    { referer: 'https://house.example/connexion', host: 'house.example' },
    { host: 'house.example' },
  ])('%j is ours, or a program’s', (headers) => {
    expect(isSameOrigin(new Headers(headers))).toBe(true)
  })
})

test('with TLS, cookies are bound to this host and out of reach of scripts', () => {
  expect(ownCookie('session')).toEqual({ name: '__Host-parlons-en.session', options: { httpOnly: true, sameSite: 'lax', path: '/', secure: true } })
})

test('a cookie that somebody else wrote is no surprise', () => {
  for (const value of ['', 'x', '{}', '[]', 'null', '{"address":{}}', '{"left":99}', '{"reason":"<b>"}', '"'.repeat(9000)]) {
    expect(readPending({ get: () => ({ value }) })).toMatchObject({ reason: '', left: 0 })
  }
})

describe('a form', () => {
  const form = (...fields: [string, string][]) => {
    const data = new FormData()
    for (const [name, value] of fields) data.append(name, value)
    return data
  }

  test('becomes the input of a schema', () => {
    expect(formInput(form(['title', 'Un café'], ['themes[]', 'a'], ['programme.1.title', 'deux'], ['programme.0.title', 'un'], ['who', 'x'], ['who', 'y'], ['$ACTION_KEY', 'k']))).toEqual({
      title: 'Un café', themes: ['a'], programme: [{ title: 'un' }, { title: 'deux' }], who: ['x', 'y'],
    })
  })

  test('keeps all that was typed by the fields’ own names', () => {
    expect(formValues(form(['title', 'Un café'], ['themes[]', 'a'], ['programme.0.title', 'un'], ['$ACTION_KEY', 'k']))).toEqual({
      title: 'Un café', 'themes[]': ['a'], 'programme.0.title': 'un',
    })
  })

  test('reaches no object’s own secrets, whatever its fields are called', () => {
    const hostile = form(['__proto__.polluted', '1'], ['constructor.prototype.polluted', '1'], ['a.__proto__.polluted', '1'], ['__proto__', '1'], ['a', 'x'], ['a.b', 'y'], ['toString', 'z'], ['.', ''], ['x'.repeat(5) + '.y'.repeat(30), 'deep'])
    expect(formInput(hostile)).toEqual({ a: 'x' })
    expect(Object.keys(formValues(hostile))).not.toContain('__proto__')
    expect(({} as { polluted?: string }).polluted).toBeUndefined()
  })
})
