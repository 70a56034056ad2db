import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as nowhere from '@/app/api/v1/[[...missing]]/route'
import * as callOffDoor from '@/app/api/v1/events/[slug]/call-off/route'
import * as publishDoor from '@/app/api/v1/events/[slug]/publish/route'
import * as registrationsDoor from '@/app/api/v1/events/[slug]/registrations/route'
import * as eventDoor from '@/app/api/v1/events/[slug]/route'
import * as eventsDoor from '@/app/api/v1/events/route'
import { event as eventShape, eventList, problem as problemShape, registrationList } from '@/app/api/v1/shapes'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { startSession } from '@/lib/people/keep-session'
import { aToken, type Call, knock, problemOf } from '@/tests/support/doors'
import { aDraft, anEvent, must, signUp } from '@/tests/support/events'

beforeEach(() => setClock(new Date('2026-11-23T08:00:00Z')))
afterEach(() => setClock(null))

const event = (slug: string, call: Call = {}) => knock(eventDoor, `/api/v1/events/${slug}`, { params: { slug }, ...call })
const list = (query = '', call: Call = {}) => knock(eventsDoor, `/api/v1/events${query}`, call)
const signUpBy = (slug: string, body: unknown, call: Call = {}) => knock(registrationsDoor, `/api/v1/events/${slug}/registrations`, { params: { slug }, body, ...call })
const anne = { name: 'Anne Martin', email: 'anne@theatre.example' }
const draft = { title: 'Café des données', startsAt: '2027-02-04T09:00', endsAt: '2027-02-04T10:00', timeZone: 'Europe/Paris', mode: 'online' }

describe('reading events', () => {
  test('an event says what the contract promises, and nothing else', async () => {
    const { slug } = await anEvent({ capacity: 40, waitlist: true })
    must(await signUp(slug, 'anne@theatre.example'))
    const response = await event(slug)
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    const said = await response.json()
    expect(eventShape.strict().parse(said)).toEqual(said)
    expect(said).toMatchObject({
      slug,
      startsAt: '2027-01-14T09:00:00+01:00',
      endsAt: '2027-01-14T10:00:00+01:00',
      hourKnown: true,
      status: 'published',
      capacity: 40,
      seatsTaken: 1,
      waitlistLength: 0,
      registration: 'open',
      url: `http://localhost:3000/rendez-vous/${slug}`,
      ics: `http://localhost:3000/feeds/events/${slug}.ics`,
    })
  })

  test('how one registers is said and changed, in the event’s own time', async () => {
    const token = await aToken()
    const rules = { opensAt: '2027-01-02T10:00', closesAt: '2027-01-13T17:00:00Z', provesAddress: true, approves: true, offerHours: 24, companionsMost: 0, asksAccess: true }
    const made = await (await list('', { token, body: { ...draft, startsAt: '2027-01-14T09:00', endsAt: null, ...rules } })).json()
    const told = { ...rules, opensAt: '2027-01-02T10:00:00+01:00', closesAt: '2027-01-13T18:00:00+01:00' }
    expect(made).toMatchObject(told)
    await knock(publishDoor, '/', { method: 'POST', params: { slug: made.slug }, token })
    expect(await (await event(made.slug)).json()).toMatchObject({ ...told, registration: 'closed' })
    const refused = await problemOf(await event(made.slug, { method: 'PATCH', token, body: { opensAt: '2027-01-14' } }))
    expect(refused).toMatchObject({ status: 422, errors: [{ field: 'opensAt', reason: 'after-closing' }] })
    const opened = await event(made.slug, { method: 'PATCH', token, body: { opensAt: null, offerHours: null } })
    expect(await opened.json()).toMatchObject({ opensAt: null, offerHours: null, registration: 'open' })
  })

  test('an unknown hour is a date, and no capacity is null', async () => {
    const { slug } = await anEvent({ startsAt: '2027-01-14', endsAt: null })
    expect(await (await event(slug)).json()).toMatchObject({ startsAt: '2027-01-14', endsAt: null, hourKnown: false, capacity: null })
  })

  test('a full event says whether there is a line', async () => {
    const lined = await anEvent({ capacity: 0, waitlist: true })
    const full = await anEvent({ capacity: 0 })
    expect((await (await event(lined.slug)).json()).registration).toBe('waitlist')
    expect((await (await event(full.slug)).json()).registration).toBe('full')
  })

  test('the figures of a closed circle are its organisers’: one that moved would tell who is on its list', async () => {
    const { slug } = await anEvent({ audience: 'members', capacity: 25 })
    expect(await (await event(slug)).json()).toMatchObject({ capacity: 25, seatsTaken: null, waitlistLength: null, registration: 'open' })
    expect(await (await event(slug, { token: await aToken() })).json()).toMatchObject({ seatsTaken: 0, waitlistLength: 0 })
    expect((await (await list('')).json()).data.find((one: { slug: string }) => one.slug === slug)).toMatchObject({ seatsTaken: null })
  })

  test('a draft is there for an organiser’s token alone, and nobody keeps it', async () => {
    const { slug } = await aDraft()
    expect((await event(slug)).status).toBe(404)
    const seen = await event(slug, { token: await aToken() })
    expect(await seen.json()).toMatchObject({ status: 'draft', registration: 'closed' })
    expect(seen.headers.get('cache-control')).toBe('private, no-store')
    expect((await event(slug, { token: 'x'.repeat(43) })).status).toBe(401)
  })

  test('the list goes on from a cursor until nothing is left', async () => {
    for (const day of ['01', '02', '03']) await anEvent({ startsAt: `2027-03-${day}T09:00`, endsAt: null })
    await aDraft()
    const first = await (await list('?limit=2')).json()
    expect(eventList.parse(first)).toEqual(first)
    expect(first.data).toHaveLength(2)
    const second = await (await list(`?limit=2&cursor=${first.next}`)).json()
    expect(second).toMatchObject({ data: [{ startsAt: '2027-03-03T09:00:00+01:00' }], next: null })
  })

  test('a span of days holds both of its days; a plus sign that became a space is understood', async () => {
    for (const day of ['01', '02', '03']) await anEvent({ startsAt: `2027-03-${day}T09:00`, endsAt: null })
    const days = async (query: string) => (await (await list(query)).json()).data.map(({ startsAt }: { startsAt: string }) => startsAt.slice(8, 10))
    expect(await days('?from=2027-03-02&to=2027-03-03')).toEqual(['02', '03'])
    expect(await days('?from=2027-03-02T09:00:00+01:00')).toEqual(['02', '03'])
    expect(await days('?to=2027-03-02T08:00:00Z')).toEqual(['01'])
    expect(await days('?theme=nothing')).toEqual([])
  })

  test.each([
    ['from=yesterday', 'from', 'not-a-date'],
    ['to=2026-02-30', 'to', 'not-a-date'],
    ['from=', 'from', 'not-a-date'],
    ['from=2027-03-28T02:30', 'from', 'not-a-date'],
    ['cursor=abc', 'cursor', 'not-a-cursor'],
    [`cursor=${Buffer.from(`1.${'-'.repeat(36)}`).toString('base64url')}`, 'cursor', 'not-a-cursor'],
    ['limit=0', 'limit', 'too-small'],
    ['limit=201', 'limit', 'too-big'],
    ['limit=-1', 'limit', 'not-a-count'],
    ['theme=%00', 'theme', 'not-a-slug'],
    [`q=${'a'.repeat(121)}`, 'q', 'too-long'],
  ])('%s is refused with 400 and named', async (query, field, reason) => {
    const said = await problemOf(await list(`?${query}`))
    expect(said).toMatchObject({ status: 400, errors: [{ field, reason }] })
    expect(said.detail).toContain(field)
  })

  test('nothing changed is 304, HEAD is GET without its body', async () => {
    const { slug } = await anEvent()
    const first = await event(slug)
    const etag = first.headers.get('etag') ?? ''
    expect((await event(slug, { headers: { 'If-None-Match': `W/${etag}` } })).status).toBe(304)
    const head = await event(slug, { method: 'HEAD' })
    expect([head.headers.get('etag'), head.headers.get('content-length'), await head.text()]).toEqual([etag, String(Buffer.byteLength(await first.text())), ''])
  })
})

describe('writing events', () => {
  test('a draft is made, changed, published and called off', async () => {
    const token = await aToken()
    const made = await list('', { token, body: { ...draft, capacity: 40 } })
    expect(made.status).toBe(201)
    const { slug, status } = await made.json()
    expect([status, made.headers.get('location')]).toEqual(['draft', `http://localhost:3000/api/v1/events/${slug}`])

    const moved = await event(slug, { method: 'PATCH', token, body: { startsAt: '2027-02-05T14:00:00+01:00', endsAt: null } })
    expect(await moved.json()).toMatchObject({ startsAt: '2027-02-05T14:00:00+01:00', endsAt: null, title: draft.title, capacity: 40 })
    const published = await knock(publishDoor, '/', { method: 'POST', params: { slug }, token })
    expect(await published.json()).toMatchObject({ status: 'published', registration: 'open' })
    const calledOff = await knock(callOffDoor, '/', { params: { slug }, token, body: { reason: 'L’intervenante est souffrante.' } })
    expect(await calledOff.json()).toMatchObject({ status: 'called-off', registration: 'closed' })
    expect(await problemOf(await event(slug, { method: 'PATCH', token, body: { title: 'Autre' } }))).toMatchObject({ status: 409, reason: 'called-off' })
    expect((await db.activity.findMany({ orderBy: { at: 'asc' } })).map(({ verb }) => verb).filter((verb) => verb.startsWith('event.'))).toEqual([
      'event.create',
      'event.edit',
      'event.publish',
      'event.call-off',
    ])
  })

  test('what it discusses is given by slug and number, and unknown ones are named', async () => {
    const token = await aToken()
    const said = await problemOf(await list('', { token, body: { ...draft, themes: ['ouvert'], recommendations: [{ report: 'nope', number: 3 }] } }))
    expect(said).toMatchObject({ status: 422, errors: [{ field: 'themes.0', reason: 'unknown' }, { field: 'recommendations.0', reason: 'unknown' }] })
  })

  test('without a token nothing is written, whoever is logged in', async () => {
    const { slug } = await anEvent()
    const said = await list('', { body: draft })
    expect(said.headers.get('www-authenticate')).toContain('Bearer')
    expect(await problemOf(said)).toMatchObject({ status: 401, reason: 'no-token' })
    await aToken()
    const { id: personId } = await db.person.findFirstOrThrow()
    await startSession({ personId, token: 'a-session-of-an-organiser', expires: new Date('2027-01-01') })
    const cookie = { Cookie: 'parlons-en.session=a-session-of-an-organiser', Origin: 'http://localhost:3000', 'Sec-Fetch-Site': 'same-origin' }
    expect((await event(slug, { method: 'PATCH', body: { title: 'x' }, headers: cookie })).status).toBe(401)
    expect((await knock(callOffDoor, '/', { method: 'POST', params: { slug }, headers: cookie })).status).toBe(401)
    expect((await knock(registrationsDoor, '/', { params: { slug }, headers: cookie })).status).toBe(401)
  })

  test.each([
    [{ ...draft, title: undefined }, 422, 'title', 'required'],
    [{ ...draft, title: '  ' }, 422, 'title', 'required'],
    [{ ...draft, title: 'a'.repeat(141) }, 422, 'title', 'too-long'],
    [{ ...draft, title: 'a\u0000b' }, 422, 'title', 'not-text'],
    [{ ...draft, title: { a: 1 } }, 400, 'title', 'wrong-kind'],
    [{ ...draft, startsAt: 'demain' }, 422, 'startsAt', 'not-a-date'],
    [{ ...draft, startsAt: '2027-03-28T02:30', endsAt: null }, 422, 'startsAt', 'gap'],
    [{ ...draft, endsAt: '2027-02-04T08:00' }, 422, 'endsAt', 'before-start'],
    [{ ...draft, mode: 'by pigeon' }, 422, 'mode', 'not-among'],
    [{ ...draft, capacity: -1 }, 422, 'capacity', 'not-a-count'],
    [{ ...draft, colour: 'red' }, 400, 'colour', 'unknown-field'],
    [{ ...draft, themes: 'ia' }, 400, 'themes', 'wrong-kind'],
  ])('%j is refused', async (body, status, field, reason) => {
    const said = await problemOf(await list('', { token: await aToken(), body, headers: { 'Accept-Language': 'en-GB, fr;q=0.5' } }))
    expect(problemShape.strict().parse(said)).toEqual(said)
    expect(said).toMatchObject({ status, reason: 'invalid', errors: [{ field, reason }] })
    expect(said.detail).toContain(`Field “${field}”`)
  })
})

describe('registering', () => {
  test('takes a seat without a token, and a letter is written in the language asked', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true })
    const response = await signUpBy(slug, anne, { headers: { 'Accept-Language': 'en' } })
    expect([response.status, await response.json()]).toEqual([201, { status: 'confirmed' }])
    expect(await db.letter.findFirstOrThrow({ where: { toAddress: anne.email } })).toMatchObject({ kind: 'seat-confirmed', locale: 'en' })
    expect(await (await signUpBy(slug, { ...anne, email: 'bob@theatre.example', locale: 'fr' })).json()).toEqual({ status: 'waitlisted' })
  })

  test.each([
    ['closed', { closesAt: '2026-11-23T08:59' }],
    ['full', { capacity: 0 }],
  ])('409 says why: %s', async (reason, said) => {
    const { slug } = await anEvent(said)
    expect(await problemOf(await signUpBy(slug, anne))).toMatchObject({ status: 409, reason })
  })

  test('called off, over, a draft, unknown', async () => {
    const token = await aToken()
    const { slug } = await anEvent()
    await knock(callOffDoor, '/', { method: 'POST', params: { slug }, token })
    expect(await problemOf(await signUpBy(slug, anne))).toMatchObject({ status: 409, reason: 'called-off' })
    const old = await anEvent()
    setClock(new Date('2027-01-14T12:00:00Z'))
    expect(await problemOf(await signUpBy(old.slug, anne))).toMatchObject({ status: 409, reason: 'already-over' })
    expect((await signUpBy((await aDraft()).slug, anne)).status).toBe(404)
    expect((await signUpBy('nothing', anne)).status).toBe(404)
  })

  test.each([
    ['a@example.org, b@example.org', 'address-list'],
    ['Group: a@example.org;', 'address-list'],
    ['anne＠example.org', 'address-homoglyph'],
    ['anne@example.org\r\nBcc: b@example.org', 'address-control'],
    ['a\u0000@example.org', 'address-control'],
    ['\ud800@example.org', 'address-control'],
    ['anne', 'address-malformed'],
    ['', 'address-empty'],
  ])('%j is no address: %s', async (email, reason) => {
    const { slug } = await anEvent()
    const said = await problemOf(await signUpBy(slug, { ...anne, email }))
    expect(said).toMatchObject({ status: 422, errors: [{ field: 'email', reason }] })
    expect(said.detail).toMatch(/^Champ «\u00a0email\u00a0»\u00a0: .*(adresse|arobase)/i)
    expect(await db.registration.count()).toBe(0)
  })

  test.each([
    ['{"name":"\\ud800","email":"a@example.org"}', 422, 'name', 'not-text'],
    ['{"name":["a"],"email":"a@example.org"}', 400, 'name', 'wrong-kind'],
    ['{"name":"a","email":{"a":1}}', 400, 'email', 'wrong-kind'],
    ['{"name":"a","email":"a@example.org","admin":true}', 400, 'admin', 'unknown-field'],
    ['{"name":"a","email":"a@example.org","__proto__":{"x":1}}', 400, '__proto__', 'unknown-field'],
    ['{"name":"a","email":"a@example.org","locale":"de"}', 422, 'locale', 'not-among'],
    ['{"name":null,"email":"a@example.org"}', 422, 'name', 'required'],
    ['{}', 422, 'name', 'required'],
    ['', 422, 'name', 'required'],
    ['{"name":"a","email":"a@example.org","answers":{"age":3}}', 400, 'answers.age', 'unknown-field'],
  ])('%s is refused and named', async (body, status, field, reason) => {
    const { slug } = await anEvent()
    const said = await problemOf(await signUpBy(slug, body))
    expect(said.status).toBe(status)
    expect(said.errors?.[0]).toMatchObject({ field, reason })
  })

  test.each([
    ['{', 400, 'body-unreadable'],
    ['"text"', 400, 'body-not-an-object'],
    ['[]', 400, 'body-not-an-object'],
    ['null', 400, 'body-not-an-object'],
    ['{"a":'.repeat(10_000), 400, 'body-unreadable'],
    ['['.repeat(60_000), 400, 'body-unreadable'],
    [Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x7d), 400, 'body-unreadable'],
    [JSON.stringify({ ...anne, name: 'a'.repeat(1_000_000) }), 413, 'body-too-large'],
  ])('a body of no use is refused (%#)', async (body, status, reason) => {
    const { slug } = await anEvent()
    expect(await problemOf(await signUpBy(slug, body))).toMatchObject({ status, reason })
  })

  test('thousands of unknown fields are answered at once', async () => {
    const { slug } = await anEvent()
    const many = Object.fromEntries(Array.from({ length: 6000 }, (_, i) => [`x${i}`, 1]))
    const said = await problemOf(await signUpBy(slug, many))
    expect([said.status, said.errors?.length]).toEqual([400, 50])
  })

  test('a body without length is counted as it arrives; other types are refused', async () => {
    const { slug } = await anEvent()
    const endless = new ReadableStream({ pull: (stream) => stream.enqueue(new Uint8Array(16_384).fill(32)) })
    const request = new Request('http://localhost:3000/', { method: 'POST', body: endless, duplex: 'half', headers: { 'Content-Type': 'application/json' } } as RequestInit)
    const response = await registrationsDoor.POST(request, { params: Promise.resolve({ slug }) })
    expect(await problemOf(response)).toMatchObject({ status: 413 })
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=latin1']) {
      expect(await problemOf(await signUpBy(slug, anne, { headers: { 'Content-Type': type } }))).toMatchObject({ status: 415, reason: 'not-json' })
    }
  })

  test('somebody logged in registers from our own pages only', async () => {
    const { slug } = await anEvent()
    await aToken()
    const { id: personId } = await db.person.findFirstOrThrow()
    await startSession({ personId, token: 'a-session-of-an-organiser', expires: new Date('2027-01-01') })
    const Cookie = 'parlons-en.session=a-session-of-an-organiser'
    expect(await problemOf(await signUpBy(slug, anne, { headers: { Cookie, Origin: 'https://elsewhere.example' } }))).toMatchObject({ status: 403, reason: 'cross-origin' })
    expect((await signUpBy(slug, anne, { headers: { Cookie, Origin: 'http://localhost:3000' } })).status).toBe(201)
  })

  test('the twenty-first request for one address in ten minutes waits; others do not', async () => {
    const { slug } = await anEvent()
    for (let n = 0; n < 20; n++) expect((await signUpBy(slug, { ...anne, email: n % 2 ? 'Anne@theatre.example' : anne.email })).status).toBe(201)
    const refused = await signUpBy(slug, anne)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await problemOf(refused)).toMatchObject({ status: 429, reason: 'too-many-registrations' })
    expect((await signUpBy(slug, { ...anne, email: 'bob@theatre.example' })).status).toBe(201)
  })

  test('organisers see everybody, cancelled ones too; nobody else does', async () => {
    const { slug } = await anEvent()
    const { registrationId } = must(await signUp(slug, 'anne@theatre.example'))
    const seen = await (await knock(registrationsDoor, '/', { params: { slug }, token: await aToken() })).json()
    expect(registrationList.parse(seen)).toEqual(seen)
    expect(seen.data).toMatchObject([{ id: registrationId, name: 'Anne Martin', email: 'anne@theatre.example', status: 'confirmed', via: 'form' }])
    expect(JSON.stringify(seen)).not.toMatch(/hash/i)
    expect((await knock(registrationsDoor, '/', { params: { slug } })).status).toBe(401)
  })
})

describe('every door', () => {
  test('says which methods it knows', async () => {
    const refused = await list('', { method: 'DELETE' })
    expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS'])
    expect((await problemOf(refused)).reason).toBe('method-not-allowed')
    const asked = await list('', { method: 'OPTIONS' })
    expect([asked.status, asked.headers.get('access-control-allow-methods')]).toEqual([204, 'GET, HEAD'])
  })

  test('answers 404 to what nothing stands at, and to what can be no slug', async () => {
    expect(await problemOf(await knock(nowhere, '/api/v1/nothing'))).toMatchObject({ status: 404 })
    for (const slug of ['a\u0000b', '%E0%A4', '../reports', 'é', 'a'.repeat(5000), "'; DROP TABLE"]) {
      expect(await problemOf(await knock(eventDoor, '/', { params: { slug } }))).toMatchObject({ status: 404 })
    }
  })

  test.each([
    ['fr', 'Introuvable'],
    ['en-US,en;q=0.9,fr;q=0.1', 'Not found'],
    ['de, fr;q=0.2, en;q=0.1', 'Introuvable'],
    ['*', 'Introuvable'],
    [';;;q=x,,', 'Introuvable'],
  ])('speaks the language of %s', async (language, title) => {
    expect((await problemOf(await event('nothing', { headers: { 'Accept-Language': language } }))).title).toBe(title)
  })

  test('lets a network guess at tokens for a while only', async () => {
    for (let n = 0; n < 60; n++) expect((await event('x', { token: `guess-number-${n}-of-many-guesses` })).status).toBe(401)
    expect((await event('x', { token: 'one-more-guess-than-allowed' })).status).toBe(429)
  })
})
