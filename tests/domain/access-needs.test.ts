import { beforeEach, describe, expect, test } from 'vitest'
import { guest, type PersonActor } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { nameKeepers } from '@/lib/events/name-keepers'
import { accessInput, keepersInput, needAnswerInput } from '@/lib/events/schema'
import { answerNeed } from '@/lib/registrations/answer-need'
import { cancel } from '@/lib/registrations/cancel'
import { takeBack } from '@/lib/registrations/come-back'
import { eraseNeeds } from '@/lib/registrations/erase-needs'
import { accessNeedsOf, answersOfEvent, needsAwaiting } from '@/lib/registrations/queries'
import { register } from '@/lib/registrations/register'
import { registrationInput } from '@/lib/registrations/schema'
import { tellNeed } from '@/lib/registrations/tell-need'
import { anEvent, house, linkOf, must } from '@/tests/support/events'

const diet = { needs: ['step-free', 'diet'], words: 'Sans gluten' }

let camille: PersonActor
let malik: PersonActor
let admin: PersonActor

beforeEach(async () => {
  setClock(new Date('2026-11-23T08:00:00Z'))
  camille = await somebody('camille@theatre.example', 'organiser')
  malik = await somebody('malik@theatre.example', 'organiser')
  admin = await somebody('admin@theatre.example', 'admin')
})

async function somebody(address: string, role: PersonActor['role']): Promise<PersonActor> {
  const { id } = await db.person.create({ data: { address, addressFold: address, role, name: address.split('@')[0] } })
  return { kind: 'person', id, role, name: address.split('@')[0], address, addressFold: address, addressFolds: [address], locale: 'fr', via: 'browser' }
}

const keepers = (actor: PersonActor | typeof house, slug: string, ...addresses: string[]) => nameKeepers(actor, slug, keepersInput.parse({ asksAccess: true, keepers: addresses }))
const signUp = async (slug: string, email: string, access?: object) => must(await register(guest, slug, registrationInput.parse({ name: 'Anne Martin', email, ...(access ? { access } : {}) }))).registrationId
const tell = (id: string, said: object) => tellNeed(guest, linkOf(id), accessInput.parse(said))
const reply = (actor: PersonActor, id: string, said: object) => answerNeed(actor, id, needAnswerInput.parse(said))
const words = () => db.letter.findMany({ where: { kind: 'access-need' }, orderBy: [{ toAddress: 'asc' }, { revision: 'asc' }] })

describe('an access need', () => {
  test('is told with the registration, and its keeper gets word of it without a detail', async () => {
    setClock(new Date('2026-12-01T10:07:00Z'))
    const { slug, id } = await anEvent()
    must(await keepers(house, slug, 'camille@theatre.example'))
    const registrationId = await signUp(slug, 'anne@theatre.example', diet)
    expect((await accessNeedsOf(camille, id))?.needs).toMatchObject([{ registrationId, needs: ['step-free', 'diet'], words: 'Sans gluten', state: 'open', registration: { name: 'Anne Martin' } }])
    const [letter, ...others] = await words()
    expect(others).toEqual([])
    expect(letter).toMatchObject({ about: `access/${id}/${camille.id}`, eventId: id, toAddress: 'camille@theatre.example', dueAt: new Date('2026-12-01T10:20:00Z') })
    expect(JSON.stringify(letter)).not.toMatch(/gluten|diet|step-free|Anne/)
  })

  test('makes one letter in twenty minutes, however many are told; the next span has its own', async () => {
    setClock(new Date('2026-12-01T10:01:00Z'))
    const { slug } = await anEvent()
    must(await keepers(house, slug, 'camille@theatre.example', 'malik@theatre.example'))
    await signUp(slug, 'a@theatre.example', diet)
    await signUp(slug, 'b@theatre.example', diet)
    must(await tell(await signUp(slug, 'c@theatre.example'), diet))
    expect((await words()).map(({ toAddress }) => toAddress)).toEqual(['camille@theatre.example', 'malik@theatre.example'])
    setClock(new Date('2026-12-01T10:21:00Z'))
    await signUp(slug, 'd@theatre.example', diet)
    expect(await words()).toHaveLength(4)
  })

  test('reaches admins where nobody is named, or whoever is named has left the team', async () => {
    const { slug, id } = await anEvent({ asksAccess: true })
    await signUp(slug, 'a@theatre.example', diet)
    expect((await words()).map(({ toAddress }) => toAddress)).toEqual(['admin@theatre.example'])
    expect((await accessNeedsOf(admin, id))?.needs).toHaveLength(1)

    const other = await anEvent()
    must(await keepers(house, other.slug, 'camille@theatre.example'))
    await db.person.update({ where: { id: camille.id }, data: { role: 'participant' } })
    await signUp(other.slug, 'b@theatre.example', diet)
    expect((await words()).map(({ toAddress }) => toAddress)).toEqual(['admin@theatre.example', 'admin@theatre.example'])
    expect(await accessNeedsOf({ ...camille, role: 'participant' }, other.id)).toBeNull()
  })

  test('is not taken where the event does not ask', async () => {
    const { slug, id } = await anEvent()
    const refused = await register(guest, slug, registrationInput.parse({ name: 'Anne', email: 'anne@theatre.example', access: diet }))
    expect(refused).toMatchObject({ reason: 'invalid', fields: [{ field: 'access', reason: 'unknown-field' }] })
    expect(await db.registration.count({ where: { eventId: id } })).toBe(0)
    const registrationId = await signUp(slug, 'anne@theatre.example', { needs: [], words: '' })
    expect(await tell(registrationId, diet)).toMatchObject({ reason: 'not-asked' })
  })

  test('is seen by those who are named and by nobody else, whatever their role', async () => {
    const { slug, id } = await anEvent()
    must(await keepers(house, slug, 'camille@theatre.example'))
    const registrationId = await signUp(slug, 'anne@theatre.example', diet)
    for (const actor of [malik, admin, guest, house]) expect(await accessNeedsOf(actor, id)).toBeNull()
    for (const actor of [malik, admin]) expect(await reply(actor, registrationId, { state: 'arranged' })).toMatchObject({ reason: 'forbidden' })
    // Whether somebody has a need at all is not told either.
    expect(await reply(malik, await signUp(slug, 'zoe@theatre.example'), { state: 'arranged' })).toMatchObject({ reason: 'forbidden' })
    expect(await needsAwaiting(malik)).toEqual([])
    expect(await needsAwaiting(camille)).toMatchObject([{ slug, open: 1 }])
    expect(JSON.stringify([...(await answersOfEvent(id)).values()])).not.toContain('gluten')
  })

  test('is said by the person alone: not by an organiser, not under another’s registration', async () => {
    const { slug } = await anEvent({ asksAccess: true })
    const registrationId = await signUp(slug, 'anne@theatre.example')
    const said = accessInput.parse(diet)
    expect(await tellNeed(malik, { id: registrationId }, said)).toMatchObject({ reason: 'forbidden' })
    expect(await tellNeed(guest, { id: registrationId }, said)).toMatchObject({ reason: 'forbidden' })
    const anne = { ...malik, role: 'participant' as const, addressFold: 'anne@theatre.example', addressFolds: ['anne@theatre.example'] }
    expect(must(await tellNeed(anne, { id: registrationId }, said))).toMatchObject({ told: true })
  })
})

describe('a keeper answers', () => {
  const asked = async () => {
    setClock(new Date('2026-12-01T10:00:00Z'))
    const event = await anEvent()
    must(await keepers(house, event.slug, 'camille@theatre.example'))
    return { ...event, registrationId: await signUp(event.slug, 'anne@theatre.example', diet) }
  }

  test('and the participant is written to; the journal knows nothing of what was said', async () => {
    const { id, registrationId } = await asked()
    must(await reply(camille, registrationId, { state: 'arranged', reply: 'Un repas sans gluten vous attend.' }))
    expect(await db.accessNeed.findUnique({ where: { registrationId } })).toMatchObject({ state: 'arranged', reply: 'Un repas sans gluten vous attend.', repliedBy: 'camille' })
    expect(await db.letter.findMany({ where: { kind: 'access-answered' } })).toMatchObject([{ about: `registration/${registrationId}`, toAddress: 'anne@theatre.example', facts: {} }])
    const [line] = await db.activity.findMany({ where: { eventId: id, verb: 'access.answer' } })
    expect(line).toMatchObject({ subject: `event/${id}`, actorName: 'camille', before: null, after: null })
    expect(await needsAwaiting(camille)).toEqual([])
  })

  test('again, where there is more to say: each answer is a letter', async () => {
    const { registrationId } = await asked()
    must(await reply(camille, registrationId, { state: 'impossible', reply: 'Pas de boucle dans cette salle.' }))
    setClock(new Date('2026-12-02T10:00:00Z'))
    must(await reply(camille, registrationId, { state: 'arranged', reply: 'Nous en avons emprunté une.' }))
    expect(await db.letter.count({ where: { kind: 'access-answered' } })).toBe(2)
  })

  test('but never no without a word, nor to what is no longer said', async () => {
    const { registrationId } = await asked()
    expect(await reply(camille, registrationId, { state: 'impossible' })).toMatchObject({ reason: 'invalid', fields: [{ field: 'reply', reason: 'required' }] })
    const [seen] = (await accessNeedsOf(camille, (await db.registration.findUniqueOrThrow({ where: { id: registrationId } })).eventId))!.needs
    setClock(new Date('2026-12-01T11:00:00Z'))
    must(await tell(registrationId, { needs: ['captions'] }))
    expect(await reply(camille, registrationId, { state: 'arranged', seen: seen.updatedAt.toISOString() })).toMatchObject({ reason: 'stale' })
    must(await tell(registrationId, {}))
    expect(await reply(camille, registrationId, { state: 'arranged' })).toMatchObject({ reason: 'not-found' })
    expect(await db.letter.count({ where: { kind: 'access-answered' } })).toBe(0)
  })

  test('and what is then said otherwise is open again, the answer forgotten', async () => {
    const { registrationId } = await asked()
    must(await reply(camille, registrationId, { state: 'arranged', reply: 'Entendu.' }))
    expect(must(await tell(registrationId, diet)).told).toBe(false)
    expect(await db.accessNeed.findUnique({ where: { registrationId } })).toMatchObject({ state: 'arranged' })
    expect(must(await tell(registrationId, { ...diet, words: 'Sans gluten ni lactose' })).told).toBe(true)
    expect(await db.accessNeed.findUnique({ where: { registrationId } })).toMatchObject({ state: 'open', reply: null, repliedBy: null })
  })
})

describe('who keeps the needs', () => {
  test('are organisers, named by their addresses', async () => {
    const { slug } = await anEvent()
    await somebody('zoe@theatre.example', 'participant')
    expect(await keepers(malik, slug, 'camille@theatre.example', 'zoe@theatre.example', 'nobody@theatre.example', 'rien')).toMatchObject({
      reason: 'invalid',
      fields: [{ field: 'keepers.1', reason: 'not-an-organiser' }, { field: 'keepers.2', reason: 'not-an-organiser' }, { field: 'keepers.3', reason: 'address-malformed' }],
    })
    expect(must(await keepers(malik, slug, 'Camille@Theatre.example', 'camille@theatre.example'))).toMatchObject({ named: 1 })
  })

  test('is said by any organiser at first, then by those who are named and by admins', async () => {
    const { slug } = await anEvent()
    must(await keepers(malik, slug, 'camille@theatre.example'))
    expect(await keepers(malik, slug, 'malik@theatre.example')).toMatchObject({ reason: 'forbidden' })
    must(await keepers(camille, slug, 'camille@theatre.example', 'malik@theatre.example'))
    must(await keepers(admin, slug, 'malik@theatre.example'))
    expect(await keepers(camille, slug, 'camille@theatre.example')).toMatchObject({ reason: 'forbidden' })
    expect(await db.activity.count({ where: { verb: 'event.name-keepers' } })).toBe(3)
  })

  test('is not said by an organiser who would read what was told to admins', async () => {
    const { slug, id } = await anEvent({ asksAccess: true })
    await signUp(slug, 'anne@theatre.example', diet)
    expect(await keepers(malik, slug, 'malik@theatre.example')).toMatchObject({ reason: 'forbidden' })
    expect(await accessNeedsOf(malik, id)).toBeNull()
    must(await keepers(admin, slug, 'malik@theatre.example'))
    expect((await accessNeedsOf(malik, id))?.needs).toHaveLength(1)
  })
})

describe('needs are erased', () => {
  test('the day after the event, not before', async () => {
    const { slug } = await anEvent({ asksAccess: true })
    await signUp(slug, 'anne@theatre.example', diet)
    setClock(new Date('2027-01-15T08:59:00Z'))
    expect(await eraseNeeds()).toBe(0)
    setClock(new Date('2027-01-15T09:00:00Z'))
    expect(await eraseNeeds()).toBe(1)
    expect(await db.accessNeed.count()).toBe(0)
  })

  test('as soon as it is called off', async () => {
    const { slug } = await anEvent({ asksAccess: true })
    await signUp(slug, 'anne@theatre.example', diet)
    must(await callOff(house, slug, 'Grève'))
    expect(await eraseNeeds()).toBe(1)
  })

  test('with a registration that was cancelled, once it cannot be taken back', async () => {
    setClock(new Date('2026-12-01T10:00:00Z'))
    const { slug, id } = await anEvent({ asksAccess: true })
    const registrationId = await signUp(slug, 'anne@theatre.example', diet)
    must(await cancel(guest, linkOf(registrationId)))
    expect((await accessNeedsOf(admin, id))?.needs).toEqual([])
    setClock(new Date('2026-12-01T10:09:00Z'))
    expect(await eraseNeeds()).toBe(0)
    must(await takeBack(guest, linkOf(registrationId)))
    expect((await accessNeedsOf(admin, id))?.needs).toHaveLength(1)
    must(await cancel(guest, linkOf(registrationId)))
    setClock(new Date('2026-12-01T10:30:00Z'))
    expect(await eraseNeeds()).toBe(1)
  })

  test('by who said them, at once', async () => {
    const { slug } = await anEvent({ asksAccess: true })
    const registrationId = await signUp(slug, 'anne@theatre.example', diet)
    expect(must(await tell(registrationId, { needs: [] })).told).toBe(false)
    expect(await db.accessNeed.count()).toBe(0)
    const stories = await db.registrationStep.findMany({ where: { registrationId } })
    expect(JSON.stringify(stories, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value))).not.toMatch(/gluten|diet/)
  })
})
