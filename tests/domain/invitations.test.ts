import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { guest } from '@/lib/actor'
import { calendarEvent } from '@/lib/calendar/entry'
import { feed } from '@/lib/calendar/feed'
import { feedEvents } from '@/lib/calendar/queries'
import { setClock } from '@/lib/clock'
import { completeConfig, config } from '@/lib/config'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { edit } from '@/lib/events/edit'
import { putBackOn } from '@/lib/events/put-back-on'
import { capability } from '@/lib/ids'
import { addCompanion, removeCompanion } from '@/lib/registrations/add-companion'
import { acceptOffer } from '@/lib/registrations/answer-offer'
import { cancel } from '@/lib/registrations/cancel'
import { changeAddress } from '@/lib/registrations/change-address'
import { comeBack, takeBack } from '@/lib/registrations/come-back'
import { confirmAddress } from '@/lib/registrations/confirm-address'
import { lapseDue } from '@/lib/registrations/lapse'
import { remindDue } from '@/lib/registrations/remind'
import { rename } from '@/lib/registrations/rename'
import { check } from '@/lib/worker/check'
import { anEvent, house, linkOf, must, signUp } from '@/tests/support/events'
import { toldTo, unfolded } from '@/tests/support/invitations'
import { settle } from '@/tests/support/jobs'
import { smtp } from '@/tests/support/mail'
import { allParts, mimeParts } from '@/tests/support/mime'

const at = (instant: string) => setClock(new Date(instant))
beforeEach(() => at('2026-11-23T08:00:00Z'))
afterEach(() => {
  setClock(null)
  hear(false)
})

/** Does an answer of a calendar reach us? */
function hear(answers: boolean) {
  const { databaseUrl, authSecret } = config()
  vi.stubEnv('INBOUND_SMTP_PORT', answers ? '2525' : '')
  completeConfig({ databaseUrl, authSecret })
}

const anne = 'anne@x.example'
const zoe = 'zoe@x.example'

async function told(address: string) {
  await settle()
  return (await toldTo(address)).map(({ kind, said, sequence }) => `${kind}: ${said} ${sequence}`)
}
const last = async (address: string) => {
  await settle()
  return (await toldTo(address)).at(-1) ?? { kind: '', said: '', sequence: -1, summary: '', start: '', file: '' }
}

describe('what a calendar is told, and every rule of it', () => {
  test('confirmed: a firm entry', async () => {
    const { slug } = await anEvent({ joinUrl: 'https://visio.example/x', summary: 'Un café, et la question.' })
    must(await signUp(slug, anne))
    expect(await told(anne)).toEqual(['seat-confirmed: REQUEST CONFIRMED ACCEPTED OPAQUE 0'])
    expect((await last(anne)).file).toContain('CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:https://visio.example/x')
  })

  test('waiting is tentative; a seat makes it firm by an update of the same entry', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true, joinUrl: 'https://visio.example/x' })
    const first = must(await signUp(slug, anne))
    must(await signUp(slug, zoe))
    expect(await told(zoe)).toEqual(['seat-waitlisted: REQUEST TENTATIVE TENTATIVE TRANSPARENT 0'])
    expect([(await last(zoe)).summary, (await last(zoe)).file.includes('visio.example')]).toEqual(['(liste d’attente) Café du jeudi', false])
    must(await cancel(guest, linkOf(first.registrationId)))
    expect(await told(zoe)).toEqual(['seat-waitlisted: REQUEST TENTATIVE TENTATIVE TRANSPARENT 0', 'seat-promoted: REQUEST CONFIRMED ACCEPTED OPAQUE 1'])
    expect((await last(zoe)).summary).toBe('Café du jeudi')
  })

  test('offered is tentative too, until it is taken', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true, offerHours: 4 })
    const first = must(await signUp(slug, anne))
    const second = must(await signUp(slug, zoe))
    await settle()
    must(await cancel(guest, linkOf(first.registrationId)))
    await settle()
    must(await acceptOffer(guest, linkOf(second.registrationId)))
    expect(await told(zoe)).toEqual([
      'seat-waitlisted: REQUEST TENTATIVE TENTATIVE TRANSPARENT 0', 'seat-offered: REQUEST TENTATIVE TENTATIVE TRANSPARENT 1', 'seat-confirmed: REQUEST CONFIRMED ACCEPTED OPAQUE 2',
    ])
  })

  test('given back is withdrawn, without a word of the event; whoever comes back has the entry again', async () => {
    const { slug } = await anEvent()
    const { registrationId } = must(await signUp(slug, anne))
    await settle()
    must(await cancel(guest, linkOf(registrationId)))
    expect((await last(anne)).said).toBe('CANCEL withdrawn – TRANSPARENT')
    expect((await last(anne)).file).toContain('DESCRIPTION:Votre inscription à ce rendez-vous est retirée.')
    must(await takeBack(guest, linkOf(registrationId)))
    await settle()
    must(await cancel(guest, linkOf(registrationId)))
    await settle()
    must(await comeBack(guest, linkOf(registrationId)))
    expect((await told(anne)).map((one) => one.replace(/^[^:]*: /, ''))).toEqual([
      'REQUEST CONFIRMED ACCEPTED OPAQUE 0', 'CANCEL withdrawn – TRANSPARENT 1', 'REQUEST CONFIRMED ACCEPTED OPAQUE 2', 'CANCEL withdrawn – TRANSPARENT 3', 'REQUEST CONFIRMED ACCEPTED OPAQUE 4',
    ])
  })

  test('moved, held elsewhere, renamed: each an update under a higher number', async () => {
    const { slug } = await anEvent({ mode: 'in-person', venue: { name: 'Le Grand T', address: '84 rue du Général-Buat', city: 'Nantes' } })
    must(await signUp(slug, anne))
    await settle()
    must(await edit(house, slug, { startsAt: '2027-03-28T09:30', endsAt: '2027-03-28T10:30' }))
    expect([(await last(anne)).start, (await last(anne)).sequence]).toEqual(['2027-03-28T07:30:00.000Z', 1])
    must(await edit(house, slug, { venue: { name: 'Stereolux ; salle « micro », 2', city: 'Nantes' } }))
    expect((await last(anne)).file).toContain('LOCATION:Stereolux \\; salle « micro »\\, 2\\, Nantes')
    must(await edit(house, slug, { title: 'Café, débat ; et \\n vélo 🚲' }))
    expect((await last(anne)).summary).toBe('Café, débat ; et \\n vélo 🚲')
    expect((await told(anne)).map((one) => one.slice(-1))).toEqual(['0', '1', '2', '3'])
  })

  test('a companion is named in the entry, and no longer when they are off it', async () => {
    const { slug } = await anEvent({ companionsMost: 2 })
    const { registrationId } = must(await signUp(slug, anne))
    await settle()
    const { id } = must(await addCompanion(guest, linkOf(registrationId), 'Aïcha Benali, présidente'))
    expect((await last(anne)).file).toContain('Avec vous : Aïcha Benali\\, présidente')
    must(await removeCompanion(guest, linkOf(registrationId), id))
    expect((await last(anne)).file).not.toContain('Avec vous')
    expect(await told(anne)).toEqual(['seat-confirmed: REQUEST CONFIRMED ACCEPTED OPAQUE 0', 'companion-changed: REQUEST CONFIRMED ACCEPTED OPAQUE 1', 'companion-changed: REQUEST CONFIRMED ACCEPTED OPAQUE 2'])
  })

  test('another address: the old one’s entry is withdrawn, the new one’s made, from the same sender', async () => {
    const { slug } = await anEvent()
    const { registrationId } = must(await signUp(slug, anne))
    await settle()
    must(await changeAddress(guest, linkOf(registrationId), 'anne@new.example'))
    await settle()
    must(await confirmAddress(guest, capability('address-change', (await db.addressChange.findFirstOrThrow()).id)))
    expect(await told(anne)).toEqual(['seat-confirmed: REQUEST CONFIRMED ACCEPTED OPAQUE 0', 'registration-cancelled: CANCEL withdrawn – TRANSPARENT 1'])
    expect(await told('anne@new.example')).toEqual(['seat-confirmed: REQUEST CONFIRMED ACCEPTED OPAQUE 1'])
    const files = [...(await toldTo(anne)), ...(await toldTo('anne@new.example'))].map(({ file }) => file)
    expect(new Set(files.map((file) => /^ORGANIZER.*:(mailto:.*)$/m.exec(file)?.[1])).size).toBe(1)
    expect(new Set(files.map((file) => /^UID:(.*)$/m.exec(file)?.[1])).size).toBe(1)
    expect(files[2]).toContain('mailto:anne@new.example')
    expect(files[1]).not.toContain('new.example')
  })

  test('a name put right is no news: it stands in the entry with the next update', async () => {
    const { slug } = await anEvent()
    const { registrationId } = must(await signUp(slug, anne, { name: 'Ane Martin' }))
    await settle()
    must(await rename(guest, linkOf(registrationId), 'Anne "la" Martin, dite ^A'))
    expect((await told(anne)).length).toBe(1)
    must(await edit(house, slug, { title: 'Autre' }))
    expect((await last(anne)).file).toContain('CN="Anne ’la’ Martin, dite A":mailto:anne@x.example')
  })

  test('where answers are read, the entry asks for one; where they are not, it says so', async () => {
    const { slug } = await anEvent()
    must(await signUp(slug, anne))
    expect((await last(anne)).file).toMatch(/;RSVP=FALSE;/)
    expect((await last(anne)).file).toContain('Une réponse donnée dans votre agenda ne nous parvient pas')
    hear(true)
    const other = await anEvent()
    must(await signUp(other.slug, zoe))
    expect((await last(zoe)).file).toMatch(/;RSVP=TRUE;/)
    expect((await last(zoe)).file).not.toContain('ne nous parvient pas')
  })

  test('rule 32: over real SMTP the parts arrive as they were composed', async () => {
    const { received } = await smtp()
    const { slug } = await anEvent()
    must(await signUp(slug, anne, { name: 'Zoé Éléonore' }))
    await settle()
    const hidden = (file: string) => unfolded(file).replace(/[a-z2-7]{32}/g, '…')
    const { calendar } = await db.letter.findFirstOrThrow()
    const parts = allParts(mimeParts(received[0].raw)).filter(({ type }) => /calendar|ics/.test(type))
    expect(parts.map(({ type, body }) => [type, hidden(body.toString('utf8'))])).toEqual(['text/calendar', 'application/ics'].map((type) => [type, hidden(calendar ?? '')]))
  })
})

describe('an event called off, and put back on', () => {
  test('the entry is cancelled, then taken up again; the feed says the same', async () => {
    const { slug, id } = await anEvent({ capacity: 1, waitlist: true })
    must(await signUp(slug, anne))
    must(await signUp(slug, zoe))
    await settle()
    must(await callOff(house, slug, 'Notre invitée est souffrante.'))
    await settle()
    expect(await feedOf()).toMatch(/STATUS:CANCELLED/)
    must(await putBackOn(house, slug))
    expect(await told(anne)).toEqual(['seat-confirmed: REQUEST CONFIRMED ACCEPTED OPAQUE 0', 'event-called-off: CANCEL CANCELLED – TRANSPARENT 1', 'event-back-on: REQUEST CONFIRMED ACCEPTED OPAQUE 2'])
    expect(await told(zoe)).toEqual([
      'seat-waitlisted: REQUEST TENTATIVE TENTATIVE TRANSPARENT 0', 'event-called-off: CANCEL CANCELLED – TRANSPARENT 1', 'event-back-on: REQUEST TENTATIVE TENTATIVE TRANSPARENT 2',
    ])
    expect(await feedOf()).toMatch(/STATUS:CONFIRMED[^]*SEQUENCE:2|SEQUENCE:2[^]*STATUS:CONFIRMED/)
    expect((await db.event.findUniqueOrThrow({ where: { id } })).calledOffReason).toBeNull()
    expect((await db.letter.findFirstOrThrow({ where: { kind: 'event-back-on', toAddress: anne } })).text?.replace(/\s+/g, ' ')).toContain('il est finalement maintenu jeudi 14 janvier 2027 à 9h. Vous avez une place.')
    expect(await check()).toEqual([])
  })

  test('the line moves on, seats can be taken, given back and promoted again', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true })
    const first = must(await signUp(slug, anne))
    must(await signUp(slug, zoe))
    must(await callOff(house, slug))
    expect(await cancel(guest, linkOf(first.registrationId))).toMatchObject({ ok: false, reason: 'called-off' })
    must(await putBackOn(house, slug))
    await settle()
    must(await cancel(guest, linkOf(first.registrationId)))
    expect((await last(zoe)).said).toBe('REQUEST CONFIRMED ACCEPTED OPAQUE')
    expect(must(await signUp(slug, 'max@x.example')).status).toBe('waitlisted')
    expect(await check()).toEqual([])
  })

  test('an offer that ran out meanwhile goes to the next in line', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true, offerHours: 4 })
    const first = must(await signUp(slug, anne))
    must(await signUp(slug, zoe))
    must(await signUp(slug, 'max@x.example'))
    must(await cancel(guest, linkOf(first.registrationId)))
    must(await callOff(house, slug))
    await settle()
    at('2026-11-24T12:00:00Z')
    await lapseDue()
    expect(await db.registration.count({ where: { status: 'offered' } })).toBe(0)
    must(await putBackOn(house, slug))
    await settle()
    expect((await db.registration.findFirstOrThrow({ where: { status: 'offered' } })).address).toBe('max@x.example')
    expect(await check()).toEqual([])
  })

  test('reminders still to come are said; one that fell due while it was off is not made up for', async () => {
    const { slug } = await anEvent()
    must(await signUp(slug, anne))
    must(await callOff(house, slug))
    at('2027-01-13T08:00:00Z')
    expect(await remindDue()).toBe(0)
    must(await putBackOn(house, slug))
    expect(await remindDue()).toBe(0)
    at('2027-01-14T07:00:00Z')
    expect(await remindDue()).toBe(1)
  })

  test('nobody hears of either where it was put back on before the first word left', async () => {
    const { slug } = await anEvent()
    must(await signUp(slug, anne))
    await settle()
    must(await callOff(house, slug))
    must(await putBackOn(house, slug))
    expect(await told(anne)).toEqual(['seat-confirmed: REQUEST CONFIRMED ACCEPTED OPAQUE 0'])
    expect((await db.letter.findMany({ where: { kind: { in: ['event-called-off', 'event-back-on'] } } })).map(({ status }) => status)).toEqual(['overtaken', 'overtaken'])
  })

  test('twice changes nothing; refused to guests, for a draft, and once the hour has passed', async () => {
    const { slug } = await anEvent()
    must(await callOff(house, slug))
    expect(await putBackOn(guest, slug)).toEqual({ ok: false, reason: 'forbidden' })
    expect(await putBackOn(house, 'nowhere')).toEqual({ ok: false, reason: 'not-found' })
    must(await putBackOn(house, slug))
    must(await putBackOn(house, slug))
    expect((await db.event.findFirstOrThrow()).sequence).toBe(2)
    expect(await db.activity.count({ where: { verb: 'event.put-back-on' } })).toBe(1)
    must(await callOff(house, slug))
    at('2027-01-14T08:00:00Z')
    expect(await putBackOn(house, slug)).toEqual({ ok: false, reason: 'already-over' })
  })
})

const feedOf = async () => feed({ name: 'Tous', locale: 'fr', timeZone: 'Europe/Paris', events: (await feedEvents({ kind: 'events' })).map((row) => calendarEvent(row, 'fr')) })
