import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guest } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { deliverDue } from '@/lib/mail/deliver'
import { acceptOffer, passOffer } from '@/lib/registrations/answer-offer'
import { cancel } from '@/lib/registrations/cancel'
import { changeAddress } from '@/lib/registrations/change-address'
import { confirmAddress } from '@/lib/registrations/confirm-address'
import { admit, askAccess, decline } from '@/lib/registrations/decide'
import { lapseDue } from '@/lib/registrations/lapse'
import { prove } from '@/lib/registrations/prove'
import { switchPlace } from '@/lib/registrations/switch-place'
import { answerNeed } from '@/lib/registrations/answer-need'
import { stand } from '@/lib/registrations/stand'
import { tellCalledOff } from '@/lib/registrations/tell-change'
import { tellNeed } from '@/lib/registrations/tell-need'
import { capability } from '@/lib/ids'
import { compose } from '@/lib/worker/compose'
import { becomeDue, smtp } from '@/tests/support/mail'
import { anEvent, house, linkOf, must, signUp } from '@/tests/support/events'

const at = (instant: string) => setClock(new Date(instant))
beforeEach(() => at('2026-11-23T08:00:00Z'))
afterEach(() => setClock(null))

/** What an address has in its mailbox, oldest first: the kind, and what its calendar was told. */
async function mailOf(address: string) {
  await deliverDue(compose)
  const letters = await db.letter.findMany({ where: { toAddress: address, status: 'sent' }, orderBy: { createdAt: 'asc' } })
  return letters.map(({ kind, calendar, calendarMethod }) => [kind, calendarMethod && `${calendarMethod} ${/STATUS:(\w+)/.exec(calendar ?? '')?.[1] ?? ''} ${/SEQUENCE:(\d+)/.exec(calendar ?? '')?.[1]}`].filter(Boolean).join(': '))
}
const textOf = async (kind: string) => (await db.letter.findFirstOrThrow({ where: { kind, composedAt: { not: null } }, orderBy: { createdAt: 'desc' } })).text?.replace(/\s+/g, ' ') ?? ''
const statusOf = async (kind: string) => (await db.letter.findMany({ where: { kind } })).map(({ status }) => status)

describe('what a calendar is told along the way', () => {
  test('waiting, offered, passed, offered again, taken: tentative until the seat is theirs, each under a higher number', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true, offerHours: 4 })
    const anne = must(await signUp(slug, 'anne@x.example'))
    const zoe = must(await signUp(slug, 'zoe@x.example'))
    await mailOf('zoe@x.example')
    must(await cancel(guest, linkOf(anne.registrationId)))
    expect(await mailOf('zoe@x.example')).toEqual(['seat-waitlisted: REQUEST TENTATIVE 0', 'seat-offered: REQUEST TENTATIVE 1'])
    must(await passOffer(guest, linkOf(zoe.registrationId)))
    await mailOf('zoe@x.example')
    const max = must(await signUp(slug, 'max@x.example'))
    await mailOf('max@x.example')
    must(await cancel(guest, linkOf(max.registrationId)))
    await mailOf('zoe@x.example')
    must(await acceptOffer(guest, linkOf(zoe.registrationId)))
    expect(await mailOf('zoe@x.example')).toEqual([
      'seat-waitlisted: REQUEST TENTATIVE 0', 'seat-offered: REQUEST TENTATIVE 1', 'offer-passed: REQUEST TENTATIVE 2',
      'seat-offered: REQUEST TENTATIVE 3', 'seat-confirmed: REQUEST CONFIRMED 4',
    ])
    expect(await mailOf('anne@x.example')).toEqual(['seat-confirmed: REQUEST CONFIRMED 0', 'registration-cancelled: CANCEL  1'])
  })

  test('who only asked has no entry: none is made, none is withdrawn', async () => {
    const { slug } = await anEvent({ approves: true })
    const anne = must(await signUp(slug, 'anne@x.example'))
    expect(await mailOf('anne@x.example')).toEqual(['approval-awaited'])
    must(await decline(house, anne.registrationId, 'La salle est petite.'))
    expect(await mailOf('anne@x.example')).toEqual(['approval-awaited', 'registration-declined'])
    expect(await textOf('registration-declined')).toContain('> La salle est petite.')
    const zoe = must(await signUp(slug, 'zoe@x.example'))
    await mailOf('zoe@x.example')
    must(await cancel(guest, linkOf(zoe.registrationId)))
    expect(await mailOf('zoe@x.example')).toEqual(['approval-awaited', 'registration-cancelled'])
    expect(await textOf('registration-cancelled')).toContain('Votre inscription est retirée.')
  })

  test('a seat given back and asked for anew stays withdrawn until it is granted', async () => {
    const { slug } = await anEvent({ approves: true })
    const anne = must(await signUp(slug, 'anne@x.example'))
    must(await admit(house, anne.registrationId))
    must(await cancel(guest, linkOf(anne.registrationId)))
    await mailOf('anne@x.example')
    await db.registration.update({ where: { id: anne.registrationId }, data: { approvedAt: null } })
    must(await signUp(slug, 'anne@x.example'))
    must(await decline(house, anne.registrationId))
    const mail = await mailOf('anne@x.example')
    expect(mail.slice(-1)).toEqual(['registration-declined'])
    expect(mail.filter((one) => one.includes('CANCEL')).length).toBeLessThanOrEqual(1)
  })

  test('a seat confirmed and given back before the letter left was never in a calendar', async () => {
    const { slug } = await anEvent()
    const anne = must(await signUp(slug, 'anne@x.example'))
    must(await cancel(guest, linkOf(anne.registrationId)))
    expect(await mailOf('anne@x.example')).toEqual(['registration-cancelled'])
    expect(await statusOf('seat-confirmed')).toEqual(['overtaken'])
  })

  test('from the room to the screen: the same entry, elsewhere', async () => {
    const { slug } = await anEvent({ mode: 'hybrid', venue: { name: 'Le Grand T' }, joinUrl: 'https://visio.example/x' })
    const anne = must(await signUp(slug, 'anne@x.example', { place: 'room' }))
    await mailOf('anne@x.example')
    must(await switchPlace(guest, linkOf(anne.registrationId), 'screen'))
    expect(await mailOf('anne@x.example')).toEqual(['seat-confirmed: REQUEST CONFIRMED 0', 'place-switched: REQUEST CONFIRMED 1'])
    const { calendar } = await db.letter.findFirstOrThrow({ where: { kind: 'place-switched' } })
    expect(calendar).toMatch(/LOCATION:En ligne/)
    expect(await textOf('place-switched')).toContain('https://visio.example/x')
  })

  test('called off: whoever was invited is told so by their calendar too', async () => {
    const { slug, id } = await anEvent({ capacity: 1, waitlist: true })
    for (const name of ['anne', 'zoe']) must(await signUp(slug, `${name}@x.example`))
    await mailOf('anne@x.example')
    must(await callOff(house, slug))
    await tellCalledOff(id, 1)
    expect((await mailOf('zoe@x.example')).slice(-1)).toEqual(['event-called-off: CANCEL CANCELLED 1'])
  })

  test('a registration that moves to another address is withdrawn from the old calendar, by no fault of its owner', async () => {
    const { slug } = await anEvent()
    const anne = must(await signUp(slug, 'anne@x.example'))
    await mailOf('anne@x.example')
    must(await changeAddress(guest, linkOf(anne.registrationId), 'anne@new.example'))
    expect(await mailOf('anne@new.example')).toEqual(['address-change'])
    expect(await textOf('address-change')).toMatch(/adresse\/\w{32}/)
    const change = await db.addressChange.findFirstOrThrow()
    must(await confirmAddress(guest, capability('address-change', change.id)))
    expect(await mailOf('anne@new.example')).toEqual(['address-change', 'seat-confirmed: REQUEST CONFIRMED 1'])
    const old = await mailOf('anne@x.example')
    expect(old).toEqual(expect.arrayContaining(['address-changed', 'registration-cancelled: CANCEL  1']))
    expect(await textOf('registration-cancelled')).toMatch(/passée à une autre adresse/)
    expect(await textOf('registration-cancelled')).not.toMatch(/rendu|anne@new/)
    expect(await textOf('address-changed')).not.toMatch(/new/)
  })
})

describe('a letter whose moment has passed', () => {
  test('an offer that is over is not made any more', async () => {
    const { slug } = await anEvent({ capacity: 1, waitlist: true, offerHours: 4 })
    const anne = must(await signUp(slug, 'anne@x.example'))
    must(await signUp(slug, 'zoe@x.example'))
    must(await cancel(guest, linkOf(anne.registrationId)))
    at('2026-11-23T20:00:00Z')
    expect((await mailOf('zoe@x.example')).filter((one) => one.startsWith('seat-offered'))).toEqual([])
    await lapseDue()
    expect((await mailOf('zoe@x.example')).slice(-1)).toEqual(['offer-passed: REQUEST TENTATIVE 2'])
    expect(await textOf('offer-passed')).toContain('Le temps de répondre est passé.')
  })

  test('a proof is not asked for when its seat is held no more, nor when it was given', async () => {
    const { slug } = await anEvent({ provesAddress: true })
    const anne = must(await signUp(slug, 'anne@x.example'))
    const zoe = must(await signUp(slug, 'zoe@x.example'))
    must(await prove(guest, linkOf(zoe.registrationId)))
    expect((await mailOf('zoe@x.example'))).toEqual(['seat-confirmed: REQUEST CONFIRMED 1'])
    expect(await mailOf('anne@x.example')).toEqual(['address-to-prove'])
    expect(await textOf('address-to-prove')).toContain('jusqu’au lundi 23 novembre à 9h30, heure de Paris')
    const max = must(await signUp(slug, 'max@x.example'))
    at('2026-11-23T08:31:00Z')
    expect(await mailOf('max@x.example')).toEqual([])
    await lapseDue()
    expect((await db.registration.findUniqueOrThrow({ where: { id: max.registrationId } })).status).toBe('cancelled')
    expect((await db.registration.findUniqueOrThrow({ where: { id: anne.registrationId } })).status).toBe('cancelled')
  })
})

describe('an outsider of a closed circle', () => {
  test('learns by letter alone that the address is on no list, then that they have asked, then that they are in', async () => {
    const { slug } = await anEvent({ audience: 'members' })
    const eve = must(await signUp(slug, 'eve@x.example'))
    expect(await mailOf('eve@x.example')).toEqual(['registration-pending'])
    expect(await textOf('registration-pending')).toMatch(/n’est pas dans la liste des membres.*Demander un accès/)
    must(await askAccess(guest, linkOf(eve.registrationId), 'Je prépare une thèse.'))
    at('2026-11-23T08:21:00Z')
    must(await signUp(slug, 'eve@x.example'))
    await mailOf('eve@x.example')
    expect(await textOf('registration-pending')).toMatch(/L’équipe lit chaque demande/)
    expect(await textOf('registration-pending')).not.toMatch(/thèse/)
    must(await admit(house, eve.registrationId))
    expect((await mailOf('eve@x.example')).slice(-1)).toEqual(['seat-confirmed: REQUEST CONFIRMED 1'])
  })
})

describe('access', () => {
  const admin = () => db.person.create({ data: { name: 'Camille', address: 'camille@house.example', addressFold: 'camille@house.example', role: 'admin', provenAt: new Date() } })

  test('a keeper learns that there is a need, not whose nor which; the answer goes to the person, and is not kept', async () => {
    const { received } = await smtp()
    await admin()
    const { slug } = await anEvent({ asksAccess: true })
    const anne = must(await signUp(slug, 'anne@x.example'))
    must(await tellNeed(guest, linkOf(anne.registrationId), { needs: ['sign-language'], words: 'Je suis sourde.' }))
    await becomeDue()
    await deliverDue(compose)
    const word = received.find(({ recipients }) => recipients[0] === 'camille@house.example')
    expect(word?.subject).toMatch(/^Besoins d’accessibilité à traiter/)
    expect(word?.text).toContain(`/organiser/rendez-vous/${slug}/accessibilite`)
    expect(word?.raw).not.toMatch(/Anne|sourde|sign-language/)

    must(await answerNeed(house, anne.registrationId, { state: 'arranged', reply: 'Une interprète sera au premier rang.' }))
    await deliverDue(compose)
    const answer = received.find(({ subject }) => subject?.startsWith('Une réponse'))
    expect([answer?.recipients, answer?.text?.includes('premier rang')]).toEqual([['anne@x.example'], true])
    const kept = await db.letter.findFirstOrThrow({ where: { kind: 'access-answered' } })
    expect(kept).toMatchObject({ status: 'sent', text: null, html: null, calendar: null, facts: {} })
  })

  test('no word of a need that was taken back in the meantime', async () => {
    await admin()
    const { slug } = await anEvent({ asksAccess: true })
    const anne = must(await signUp(slug, 'anne@x.example'))
    must(await tellNeed(guest, linkOf(anne.registrationId), { needs: [], words: 'Une rampe.' }))
    must(await tellNeed(guest, linkOf(anne.registrationId), { needs: [], words: null }))
    await becomeDue()
    await deliverDue(compose)
    expect(await statusOf('access-need')).toEqual(['overtaken'])
  })
})

test('a standing registration asks for the proof of its address, and names what is on the agenda already', async () => {
  const series = await db.series.create({ data: { slug: 'cafe-du-jeudi', nature: 'format', nameFr: 'Café du jeudi', nameEn: 'Thursday coffee' } })
  await anEvent({ title: 'Qui lit nos archives ?', format: series.slug })
  must(await stand(guest, series.slug, { name: 'Zoé', email: 'zoe@x.example', locale: 'fr' }))
  await becomeDue()
  expect(await mailOf('zoe@x.example')).toEqual(['standing-started'])
  expect(await textOf('standing-started')).toMatch(/Confirmer mon adresse : http:\/\/localhost:3000\/inscription-permanente\/\w{32}.*jeudi 14 janvier 2027 à 9h : Qui lit nos archives/)
  await db.standingRegistration.updateMany({ data: { endedAt: new Date() } })
  const [letter] = await db.letter.findMany({ where: { kind: 'standing-started' } })
  expect(await compose(letter)).toBeNull()
})
