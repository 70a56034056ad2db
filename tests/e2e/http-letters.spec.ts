import { expect, type House, inDays, parisInstant, test } from '@/tests/support/house'
import { fieldValue, send, wordsOf } from '@/tests/support/http'
import { allParts, mimeParts, readEvent, skeleton } from '@/tests/support/mime'
import type { Received } from '@/tests/support/smtp'

// From a form or a program to a real SMTP server, and what a calendar makes of it.

const to = (address: string, subject?: RegExp) => (mail: Received) => mail.recipients[0].toLowerCase() === address.toLowerCase() && (subject?.test(mail.subject ?? '') ?? true)

/** The invitation of a letter: both copies of it are the same, and two programs that are not ours accept it. */
function invitationOf(letter: Received) {
  const whole = mimeParts(letter.raw)
  const calendars = allParts(whole).filter(({ type }) => type === 'text/calendar' || type === 'application/ics')
  expect(calendars.length).toBe(2)
  expect(calendars[0].body.equals(calendars[1].body)).toBe(true)
  const event = readEvent(calendars[0].body.toString())
  expect(calendars[0].parameters.method).toBe(event.method)
  return { ...event, part: calendars[0], whole, from: letter.from?.value[0].address }
}

const manageLink = (letter: Received) => {
  const [link] = letter.text?.match(/http:\/\/localhost:\d+\/(?:en\/registrations|inscriptions)\/[a-z2-7]{26,}/) ?? []
  if (!link) throw new Error(`No link in the letter: ${letter.text}`)
  return new URL(link).pathname
}

async function invited(house: House, address: string) {
  const begun = Date.now()
  const letter = await house.smtp.next(to(address))
  return { ...invitationOf(letter), letter, took: Date.now() - begun }
}

test('a guest registers by the form: the page answers, the letter brings the invitation', async ({ house }) => {
  const slug = await house.anEvent({ title: 'Café, débat ; « vélo » & l’IA 🚲', joinUrl: 'https://visio.example/salle?a=1&b=2' })
  const sent = await house.submit(`/rendez-vous/${slug}/inscription`, { name: 'Zoé, Martin <"X">', email: ' Zoe.Martin+cafe@Example.ORG ' })
  expect(sent.status).toBe(303)
  expect(sent.pageStatus).toBe(200)
  expect(wordsOf(sent.page)).toContain('Zoe.Martin+cafe@example.org')
  // Nothing of it stands in an address of the web.
  expect(sent.location).not.toMatch(/zoe|martin|@/i)

  const event = await invited(house, 'Zoe.Martin+cafe@example.org')
  expect(wordsOf(sent.page)).toContain(`@${event.from?.split('@')[1]}`)
  expect(skeleton(event.whole)).toBe('multipart/mixed(multipart/alternative(text/plain, text/html, text/calendar), application/ics)')
  expect(event.part.parameters).toMatchObject({ method: 'REQUEST', charset: expect.stringMatching(/^utf-8$/i) })
  expect(event).toMatchObject({ method: 'REQUEST', status: 'CONFIRMED', start: parisInstant(40, '09:00'), summary: 'Café, débat ; « vélo » & l’IA 🚲' })
  expect(event.attendees).toEqual([{ address: 'Zoe.Martin+cafe@example.org', state: 'ACCEPTED', rsvp: expect.stringMatching(/TRUE|FALSE/) }])
  expect(event.organiser).toBe(event.from)
  expect(event.from).toMatch(/^rsvp\+[a-z2-7]+@/)
  expect(event.letter.recipients).toEqual(['Zoe.Martin+cafe@example.org'])
  expect(event.letter.html).toContain('https://visio.example/salle?a=1&amp;b=2')
  expect(event.letter.text).toContain('https://visio.example/salle?a=1&b=2')
})

test('in English too, by the form and by the API', async ({ house }) => {
  const slug = await house.anEvent()
  const sent = await house.submit(`/en/events/${slug}/registration`, { name: 'Ann Reader', email: 'ann@example.org', timeZone: 'America/Montreal' })
  expect(sent.location).toMatch(new RegExp(`^/en/events/${slug}\\?`))
  expect(wordsOf(sent.page)).toContain('ann@example.org')
  const letter = await house.smtp.next(to('ann@example.org'))
  expect(letter.headers.get('content-language')).toBe('en')
  expect(letter.text).toContain('Montr')

  const made = await house.api('POST', `/events/${slug}/registrations`, { name: 'Bo Reader', email: 'bo@example.org', locale: 'en' }, { token: null })
  expect([made.status, made.json]).toEqual([201, { status: 'confirmed' }])
  expect((await house.smtp.next(to('bo@example.org'))).headers.get('content-language')).toBe('en')
})

test('moving and calling off reach the calendar of everybody registered, and every feed', async ({ house }) => {
  const slug = await house.anEvent({ title: 'Atelier mobile', capacity: 1, waitlist: true })
  const register = (name: string) => house.api('POST', `/events/${slug}/registrations`, { name, email: `${name}@example.org` }, { token: null })
  expect((await register('seated')).json).toEqual({ status: 'confirmed' })
  expect((await register('waiting')).json).toEqual({ status: 'waitlisted' })
  const seated = await invited(house, 'seated@example.org')
  const waiting = await invited(house, 'waiting@example.org')
  expect(waiting).toMatchObject({ method: 'REQUEST', status: 'TENTATIVE', uid: seated.uid })
  expect(waiting.organiser).not.toBe(seated.organiser)

  const feeds = [`/feeds/events/${slug}.ics`, '/feeds/events.ics']
  const before = await Promise.all(feeds.map((feed) => send(house.url + feed)))
  for (const feed of before) expect(readEvent(feed.text, seated.uid)).toMatchObject({ method: '', start: parisInstant(40, '09:00'), status: 'CONFIRMED', attendees: [], organiser: '' })

  const moved = await house.api('PATCH', `/events/${slug}`, { startsAt: `${inDays(41)}T14:30`, endsAt: `${inDays(41)}T15:30` })
  expect(moved.status).toBe(200)
  const steps = new Map<string, Awaited<ReturnType<typeof invited>>>()
  for (const before of [seated, waiting]) {
    const [{ address }] = before.attendees
    const letter = await house.smtp.next((mail) => to(address)(mail) && mail !== before.letter)
    const after = invitationOf(letter)
    expect(after).toMatchObject({ method: 'REQUEST', uid: before.uid, start: parisInstant(41, '14:30'), status: before.status, organiser: before.organiser, from: before.from, attendees: before.attendees })
    expect(after.sequence).toBeGreaterThan(before.sequence)
    steps.set(address, { ...after, letter, took: 0 })
  }
  for (const [index, feed] of feeds.entries()) {
    const etag = before[index].headers.get('etag') ?? ''
    const answer = await send(house.url + feed, { headers: { 'If-None-Match': etag } })
    expect(answer.status).toBe(200)
    expect(readEvent(answer.text, seated.uid)).toMatchObject({ start: parisInstant(41, '14:30'), status: 'CONFIRMED' })
    expect((await send(house.url + feed, { headers: { 'If-None-Match': answer.headers.get('etag') ?? '' } })).status).toBe(304)
  }

  expect((await house.api('POST', `/events/${slug}/call-off`, { reason: 'Notre invitée est souffrante.' })).status).toBe(200)
  for (const [address, before] of steps) {
    const letter = await house.smtp.next((mail) => to(address)(mail) && mail.raw.includes('method=CANCEL'))
    const after = invitationOf(letter)
    expect(after).toMatchObject({ method: 'CANCEL', uid: before.uid, status: 'CANCELLED', organiser: before.organiser, from: before.from })
    expect(after.sequence).toBeGreaterThan(before.sequence)
    expect(letter.text).toContain('Notre invitée est souffrante.')
  }
  for (const feed of feeds) {
    const answer = await send(house.url + feed)
    const event = readEvent(answer.text, seated.uid)
    expect(event).toMatchObject({ status: 'CANCELLED', start: parisInstant(41, '14:30') })
    expect(answer.text).not.toMatch(/ATTENDEE|ORGANIZER|@example\.org/)
  }
  expect((await register('late')).json).toMatchObject({ status: 409, reason: 'called-off' })
})

test('what only organisers see tells nobody', async ({ house }) => {
  const slug = await house.anEvent({ title: 'Calme' })
  await house.api('POST', `/events/${slug}/registrations`, { name: 'Calm', email: 'calm@example.org' }, { token: null })
  await house.smtp.next(to('calm@example.org'))
  expect((await house.api('PATCH', `/events/${slug}`, { capacity: 12 })).status).toBe(200)
  expect((await house.api('PATCH', `/events/${slug}`, { title: 'Calme et renommé' })).status).toBe(200)
  await house.smtp.next(to('calm@example.org', /renommé/))
  expect(house.smtp.received.filter(to('calm@example.org')).length).toBe(2)
})

test('looking at a letter’s link changes nothing, its button gives the seat to the first in line', async ({ house }) => {
  const slug = await house.anEvent({ title: 'Petite jauge', capacity: 1, waitlist: true })
  for (const name of ['first', 'second', 'third']) await house.api('POST', `/events/${slug}/registrations`, { name, email: `${name}@example.org` }, { token: null })
  const [first, second, third] = [await invited(house, 'first@example.org'), await invited(house, 'second@example.org'), await invited(house, 'third@example.org')]
  expect([first.status, second.status, third.status]).toEqual(['CONFIRMED', 'TENTATIVE', 'TENTATIVE'])

  const link = manageLink(first.letter)
  for (const path of [link, `${link}/modifier`, `${link}/modifier?act=cancel`, `${link}?act=cancel`]) {
    for (const method of ['GET', 'HEAD']) expect((await send(house.url + path, { method })).status).toBeLessThan(400)
  }
  const states = async () => ((await house.api('GET', `/events/${slug}/registrations`)).json.data as { email: string; status: string }[]).map(({ email, status }) => `${email.split('@')[0]} ${status}`).sort()
  expect(await states()).toEqual(['first confirmed', 'second waitlisted', 'third waitlisted'])
  const page = await send(house.url + link)
  expect(wordsOf(page.text)).toContain('first@example.org')
  expect(page.headers.get('referrer-policy') ?? '').toMatch(/same-origin|no-referrer/)
  expect(page.headers.get('cache-control')).toMatch(/no-store/)
  expect(page.text).toMatch(/<meta name="robots" content="noindex/)

  // Another site's form may not press the button.
  const foreign = await send(`${house.url}${link}/modifier`, { method: 'POST', body: 'act=cancel', headers: { 'Content-Type': 'application/x-www-form-urlencoded', Origin: 'https://evil.example' } })
  expect(foreign.status).toBe(403)
  expect(await states()).toContain('first confirmed')

  const count = house.smtp.received.length
  expect((await house.submit(`${link}/modifier`, { act: 'cancel' })).status).toBe(303)
  expect(await states()).toEqual(['first cancelled', 'second confirmed', 'third waitlisted'])
  const gone = invitationOf(await house.smtp.next(to('first@example.org'), { after: count }))
  expect(gone).toMatchObject({ method: 'CANCEL', uid: first.uid, organiser: first.organiser })
  expect(gone.sequence).toBeGreaterThan(first.sequence)
  const promoted = invitationOf(await house.smtp.next(to('second@example.org'), { after: count }))
  expect(promoted).toMatchObject({ method: 'REQUEST', status: 'CONFIRMED', uid: second.uid, organiser: second.organiser })
  expect(promoted.sequence).toBeGreaterThan(second.sequence)
  expect(house.smtp.received.slice(count).filter(to('third@example.org'))).toEqual([])

  // Pressing it twice changes nothing, and coming back means the end of the line, under the same UID.
  await house.submit(`${link}/modifier`, { act: 'cancel' })
  await house.submit(`${link}/modifier`, { act: 'return' })
  expect(await states()).toEqual(['first waitlisted', 'second confirmed', 'third waitlisted'])
  const back = invitationOf(await house.smtp.next((mail) => to('first@example.org')(mail) && mail.raw.includes('method=REQUEST'), { after: count }))
  expect(back).toMatchObject({ uid: first.uid, status: 'TENTATIVE' })
  expect(back.sequence).toBeGreaterThan(gone.sequence)
})

test('registering twice is answered like the first time, and only the letter tells', async ({ house }) => {
  const slug = await house.anEvent({ title: 'Deux fois' })
  const path = `/rendez-vous/${slug}/inscription`
  const once = await house.submit(path, { name: 'Nour', email: 'nour@example.org' })
  await house.smtp.next(to('nour@example.org'))
  const count = house.smtp.received.length
  const twice = await house.submit(path, { name: 'Nour', email: 'NOUR@example.org' })
  const plain = (page: string) => wordsOf(page).replaceAll(/nour@/gi, 'x@').replace(/\d+ places?/g, '')
  expect(twice.location).toBe(once.location)
  expect(plain(twice.page)).toBe(plain(once.page))
  const letter = await house.smtp.next(to('nour@example.org'), { after: count })
  expect(letter.text).toMatch(/déjà/)
  const rows = (await house.api('GET', `/events/${slug}/registrations`)).json.data as unknown[]
  expect(rows.length).toBe(1)

  // "Send again" and "correct the address", from the page alone.
  const other = await house.submit(path, { name: 'Typo', email: 'tpyo@example.org' })
  const old = await house.smtp.next(to('tpyo@example.org'))
  expect(fieldValue(other.page, 'email')).not.toBeNull()
  const mended = await house.submit(path, { act: 'correct', email: 'typo@example.org' }, other.cookies)
  expect(wordsOf(mended.page)).toContain('typo@example.org')
  const right = await house.smtp.next(to('typo@example.org'))
  expect(invitationOf(right)).toMatchObject({ method: 'REQUEST', status: 'CONFIRMED' })
  expect((await send(house.url + manageLink(old))).status).toBe(410)
  const [mine] = ((await house.api('GET', `/events/${slug}/registrations`)).json.data as { email: string }[]).filter(({ email }) => /ty?p/.test(email))
  expect(mine.email).toBe('typo@example.org')
})

test('several mistakes put right at once to one address leave one registration, and no error', async ({ house }) => {
  const slug = await house.anEvent({ title: 'Un seul compte' })
  const path = `/rendez-vous/${slug}/inscription`
  const typed = await Promise.all(Array.from({ length: 6 }, (_, n) => house.submit(path, { name: `Mistake ${n}`, email: `mistake-${n}@example.org` })))
  const mended = await Promise.all(typed.map(({ cookies }) => house.submit(path, { act: 'correct', email: 'right@example.org' }, cookies)))
  expect(mended.map(({ status, pageStatus }) => [status, pageStatus])).toEqual(mended.map(() => [303, 200]))
  const rows = (await house.api('GET', `/events/${slug}/registrations`)).json.data as { email: string; status: string }[]
  expect(rows.filter(({ status }) => status === 'confirmed').map(({ email }) => email)).toEqual(['right@example.org'])
  expect(await house.admin('check')).toMatchObject({ code: 0 })
})
