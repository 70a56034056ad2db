import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guest } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { ask } from '@/lib/events/ask'
import { publish } from '@/lib/events/publish'
import { startSession } from '@/lib/people/keep-session'
import { openLogin } from '@/lib/people/open-login'
import { everythingAbout, type Subject } from '@/lib/privacy/queries'
import { personExport, registrationExport } from '@/lib/privacy/schema'
import { addCompanion } from '@/lib/registrations/add-companion'
import { register } from '@/lib/registrations/register'
import { renewFeed } from '@/lib/registrations/renew-feed'
import { stand } from '@/lib/registrations/stand'
import { createSeries } from '@/lib/series/create'
import { follow } from '@/lib/syndication/follow'
import { aDraft, anEvent, house, linkOf, must, signUp } from '@/tests/support/events'
import { reply, rsvpOf, words } from '@/tests/support/inbox'

beforeEach(() => setClock(new Date('2026-11-23T08:00:00Z')))
afterEach(() => setClock(null))

async function whole(subject: Subject) {
  let text = ''
  for await (const piece of everythingAbout(subject)) text += piece
  return text
}

/** Anne, with everything that a participant can have. */
async function anne() {
  const address = 'Anne@theatre.example'
  const person = await db.person.create({ data: { address, addressFold: 'anne@theatre.example', provenAt: new Date(), name: 'Anne Martin' } })
  await db.otherAddress.create({ data: { address: 'anne@home.example', addressFold: 'anne@home.example', personId: person.id, provenAt: new Date() } })
  await startSession({ personId: person.id, token: 'a-session-that-nobody-may-read', expires: new Date('2026-12-01'), userAgent: 'Mozilla/5.0 (Android 15) Gecko/1 Firefox/140.0' })
  must(await createSeries(house, { slug: 'cafe', nature: 'format', nameFr: 'Café', nameEn: 'Café' }))
  must(await stand(guest, 'cafe', { name: 'Anne Martin', email: address }))
  must(await follow(guest, { email: address, follow: 'series/cafe' }))
  const draft = await aDraft({ asksAccess: true })
  must(
    await ask(house, draft.slug, {
      questions: [{ key: 'region', kind: 'one', label: 'Votre région ?', options: [{ key: 'bzh', label: 'Bretagne' }, { key: 'idf', label: 'Île-de-France' }] }],
      consents: [{ key: 'photo', wording: 'Être prise en photo' }],
    }),
  )
  must(await publish(house, draft.slug))
  const { registrationId } = must(
    await register(guest, draft.slug, { name: 'Anne Martin', email: address, answers: { region: 'bzh' }, consents: { photo: true }, access: { needs: ['sign-language'], words: 'Au premier rang' } }),
  )
  must(await addCompanion(guest, linkOf(registrationId), 'Aïcha Benali'))
  const home = await anEvent({ title: 'À la maison' })
  must(await signUp(home.slug, 'anne@home.example'))
  must(await signUp(home.slug, 'somebody@else.example'))
  must(await openLogin(house, { address, locale: 'fr' }))
  must(await renewFeed({ kind: 'person', id: person.id, role: 'participant', name: null, address, addressFold: 'anne@theatre.example', addressFolds: [], locale: 'fr', via: 'browser' }))
  return { person, registrationId }
}

describe('everything about somebody', () => {
  test('has the shape that is written down, and all that a participant can have', async () => {
    const { person } = await anne()
    const found = personExport.parse(JSON.parse(await whole({ person: person.id })))
    expect(found).toMatchObject({
      person: { name: 'Anne Martin', address: 'Anne@theatre.example', hasCalendarAddress: true },
      otherAddresses: [{ address: 'anne@home.example' }],
      sessions: [{ device: 'Firefox, Android' }],
      logIns: [{ address: 'Anne@theatre.example', usedAt: null }],
      standingRegistrations: [{ series: 'Café', provenAt: null }],
      follows: [{ what: 'Café', address: 'Anne@theatre.example', confirmedAt: null, stoppedAt: null }],
    })
    expect(found.registrations).toHaveLength(2)
    expect(found.registrations.find(({ address }) => address === 'Anne@theatre.example')).toMatchObject({
      companions: [{ name: 'Aïcha Benali' }],
      answers: [{ question: 'Votre région ?', key: 'region', answer: 'Bretagne' }],
      consents: [{ to: 'Être prise en photo', withdrawnAt: null }],
      accessNeeds: { needs: ['sign-language'], words: 'Au premier rang' },
      story: [{ reason: 'form', by: 'yourself' }, { reason: 'companion-added', by: 'yourself' }],
    })
    expect(found.letters.map(({ kind }) => kind).toSorted()).toEqual(['companion-changed', 'follow-confirm', 'log-in', 'seat-confirmed', 'seat-confirmed', 'standing-started'])
  })

  test('holds nobody else, and nothing that opens a door', async () => {
    const { person } = await anne()
    const text = await whole({ person: person.id })
    expect(text).not.toContain('somebody@else')
    expect(text).not.toContain('nobody-may-read')
    expect(text).not.toMatch(/Hash/)
    // A capability is 32 letters of base32, a session or a log-in link 43 of base64url, a code six digits.
    expect(text).not.toMatch(/(?<![a-z0-9])[a-z2-7]{32}(?![a-z0-9])/)
    expect(text).not.toMatch(/[A-Za-z0-9_-]{43}/)
    const { facts } = await db.letter.findFirstOrThrow({ where: { kind: 'log-in' } })
    expect(text).not.toContain((facts as { code: string }).code)
  })

  test('by one registration’s link is that one and the letters about it', async () => {
    const { registrationId } = await anne()
    const found = registrationExport.parse(JSON.parse(await whole({ registration: registrationId })))
    expect(found.registrations.map(({ id }) => id)).toEqual([registrationId])
    expect(found.letters.map(({ kind }) => kind)).toEqual(['seat-confirmed', 'companion-changed'])
  })

  test('is read in batches, and leaves nothing out', async () => {
    const person = await db.person.create({ data: { address: 'many@theatre.example', addressFold: 'many@theatre.example', provenAt: new Date() } })
    const { slug } = await anEvent()
    must(await signUp(slug, 'many@theatre.example'))
    const [letter] = await db.letter.findMany()
    await db.letter.createMany({ data: Array.from({ length: 250 }, (_, n) => ({ ...letter, facts: {}, id: crypto.randomUUID(), revision: n + 1, messageId: `${n}@x` })) })
    const found = personExport.parse(JSON.parse(await whole({ person: person.id })))
    expect(found.letters).toHaveLength(251)
  })

  test('of somebody who did nothing is whole, too', async () => {
    const person = await db.person.create({ data: { address: 'new@theatre.example', addressFold: 'new@theatre.example' } })
    expect(personExport.parse(JSON.parse(await whole({ person: person.id })))).toMatchObject({ registrations: [], letters: [], otherAddresses: [] })
  })
})

describe('what calendars and people wrote to us', () => {
  test('stands with the registration; somebody else’s words, and the address that answers, do not', async () => {
    const { person, registrationId } = await anne()
    const { event } = await db.registration.findUniqueOrThrow({ where: { id: registrationId }, include: { event: true } })
    const who = { id: registrationId, address: 'Anne@theatre.example', uid: event.uid, startsAt: event.startsAt, endsAt: event.endsAt }
    await reply(who, 'tentative', { sequence: 1, comment: `peut-être ${rsvpOf(registrationId)}` }).file()
    await reply(who, 'declined', { attendee: 'paul@else.example', from: 'paul@else.example' }).file()
    await words('Puis-je venir avec ma stagiaire ?', { to: [rsvpOf(registrationId)], from: 'anne@home.example' }).file()
    await words('Secret de Paul', { to: [rsvpOf(registrationId)], from: 'paul@else.example' }).file()
    await words('À l’équipe', { to: ['postmaster@parlons-en.localhost'], from: 'anne@home.example' }).file()
    await db.proposedPassage.create({ data: { id: crypto.randomUUID(), eventId: event.id, registrationId, text: 'Une charte.', signature: 'Anne', via: 'page' } })
    await db.unreachable.create({ data: { addressFold: 'anne@theatre.example', address: 'Anne@theatre.example', diagnosis: '550' } })
    const text = await whole({ person: person.id })
    const found = personExport.parse(JSON.parse(text))
    expect(found.registrations.find(({ id }) => id === registrationId)).toMatchObject({
      calendarAnswers: [{ answer: 'tentative', old: false, comment: 'peut-être rsvp+…@parlons-en.localhost' }],
      messages: [
        { from: 'Anne@theatre.example', outcome: 'tentative', kind: 'calendar' },
        { from: null, words: null, subject: null, outcome: 'attendee-differs' },
        { from: 'anne@home.example', words: 'Puis-je venir avec ma stagiaire ?', outcome: 'words' },
        { from: null, words: null, outcome: 'words' },
      ],
      takeaways: [{ words: 'Une charte.', name: 'Anne', by: 'page', decision: 'open' }],
    })
    expect(found).toMatchObject({ messages: [{ words: 'À l’équipe', outcome: 'no-address' }], unreachable: [{ address: 'Anne@theatre.example', diagnosis: '550' }] })
    expect(text).not.toMatch(/paul@|Paul|(?<![a-z0-9])[a-z2-7]{32}(?![a-z0-9])/)
    expect(registrationExport.parse(JSON.parse(await whole({ registration: registrationId }))).unreachable).toHaveLength(1)
  })
})
