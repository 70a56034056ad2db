import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guest, type PersonActor } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { ask } from '@/lib/events/ask'
import { callOff } from '@/lib/events/call-off'
import { publish } from '@/lib/events/publish'
import { questionsOf, retiredQuestionsOf } from '@/lib/events/queries'
import { type AskInput, askInput } from '@/lib/events/schema'
import { answer } from '@/lib/registrations/answer'
import { cancel } from '@/lib/registrations/cancel'
import { comeBack } from '@/lib/registrations/come-back'
import { answersOfEvent, saidBy } from '@/lib/registrations/queries'
import { register } from '@/lib/registrations/register'
import { registrationInput } from '@/lib/registrations/schema'
import { aDraft, anEvent, house, linkOf, must } from '@/tests/support/events'

beforeEach(() => setClock(new Date('2026-11-23T08:00:00Z')))
afterEach(() => setClock(null))

const group = { key: 'groupe', kind: 'yes_no' as const, label: 'Venez-vous en groupe ?' }
const many = { key: 'combien', kind: 'number' as const, label: 'Combien serez-vous ?', required: true, dependsOn: 'groupe', dependsValues: ['yes'] }
const photo = { key: 'photo', wording: 'J’accepte d’être pris en photo.' }
const asks = (slug: string, questions: unknown[], consents: unknown[] = []) => ask(house, slug, askInput.parse({ questions, consents }) as AskInput)
const signUp = (slug: string, email: string, said: Record<string, unknown> = {}, via: 'form' | 'api' | 'organiser' = 'form') =>
  register(via === 'organiser' ? house : guest, slug, registrationInput.parse({ name: 'Anne Martin', email, ...said }), via)
const somebody = (addressFold: string, role: PersonActor['role'] = 'participant'): PersonActor => ({
  kind: 'person', id: '00000000-0000-7000-8000-000000000001', role, name: 'Zoé', address: addressFold, addressFold, addressFolds: [addressFold], locale: 'fr', via: 'browser',
})
const answersOf = async (id: string) => Object.fromEntries((await saidBy(id)).answers.map(({ question, value }) => [question.key, value]))

describe('an organiser asks', () => {
  test('a list of questions, in its order, each with a key of its own', async () => {
    const { slug, id } = await anEvent()
    must(await asks(slug, [{ ready: 'region' }, { kind: 'short', label: 'Votre attente' }, { kind: 'short', label: 'Votre attente' }, { kind: 'several', label: 'Jours', options: [{ label: 'Lundi' }, { label: '2e mardi', translation: '2nd Tuesday' }] }]))
    const questions = await questionsOf(id)
    expect(questions.map(({ key, position }: { key: string; position?: number }) => [position, key])).toEqual([[0, 'region'], [1, 'votre-attente'], [2, 'votre-attente-2'], [3, 'jours']])
    expect(questions[0]).toMatchObject({ kind: 'one', ready: 'region', label: 'Votre région', translation: { label: 'Your region' } })
    expect(questions[3].options.map(({ key }) => key)).toEqual(['lundi', 'q-2e-mardi'])
    expect(await db.activity.findFirst({ where: { eventId: id, verb: 'event.ask' } })).toMatchObject({ before: { questions: [] }, after: { questions: ['region', 'votre-attente', 'votre-attente-2', 'jours'] } })
  })

  test.each([
    ['a question without words', [{ kind: 'short' }], 'questions.0.label', 'required'],
    ['a question of no kind', [{ label: 'Quoi' }], 'questions.0.kind', 'required'],
    ['a choice of one', [{ kind: 'one', label: 'Quoi', options: [{ label: 'A' }] }], 'questions.0.options', 'too-few'],
    ['an option twice', [{ kind: 'one', label: 'Quoi', options: [{ key: 'a', label: 'A' }, { key: 'a', label: 'B' }] }], 'questions.0.options', 'twice'],
    ['a key twice', [group, group], 'questions.1.key', 'twice'],
    ['the same ready-made one twice', [{ ready: 'role' }, { ready: 'role' }], 'questions.1.ready', 'twice'],
    ['what hangs on a later one', [many, group], 'questions.0.dependsOn', 'unknown'],
    ['what hangs on itself', [{ ...many, dependsOn: 'combien' }], 'questions.0.dependsOn', 'unknown'],
    ['what hangs on a text', [{ key: 'groupe', kind: 'short', label: 'Quoi' }, many], 'questions.1.dependsOn', 'opens-nothing'],
    ['what hangs on an answer that nobody can give', [group, { ...many, dependsValues: ['oui'] }], 'questions.1.dependsValues', 'not-among'],
    ['what hangs on no answer', [group, { ...many, dependsValues: [] }], 'questions.1.dependsValues', 'required'],
  ])('but not %s', async (_, questions, field, reason) => {
    const { slug, id } = await anEvent()
    expect(await asks(slug, questions)).toMatchObject({ ok: false, reason: 'invalid', fields: [{ field, reason }] })
    expect(await questionsOf(id)).toEqual([])
  })

  test('and nobody else does; nor of what is not there or is called off', async () => {
    const { slug } = await anEvent()
    const list = askInput.parse({ questions: [group] })
    expect(await ask(guest, slug, list)).toMatchObject({ reason: 'forbidden' })
    expect(await ask(somebody('zoe@theatre.example'), slug, list)).toMatchObject({ reason: 'forbidden' })
    expect(await ask(house, 'nulle-part', list)).toMatchObject({ reason: 'not-found' })
    must(await callOff(house, slug, 'Grève'))
    expect(await ask(house, slug, list)).toMatchObject({ reason: 'called-off' })
  })
})

describe('a question that somebody answered', () => {
  test('is retired when it changes, and followed by one of the same key; the answer stays with what was asked', async () => {
    const { slug, id } = await anEvent()
    must(await asks(slug, [{ key: 'attente', kind: 'short', label: 'Votre attente' }]))
    const { registrationId } = must(await signUp(slug, 'anne@theatre.example', { answers: { attente: 'Comprendre' } }))
    expect(must(await asks(slug, [{ key: 'attente', kind: 'long', label: 'Qu’attendez-vous ?' }]))).toMatchObject({ changed: 1, dropped: 0 })

    const [now] = await questionsOf(id)
    const [before] = await retiredQuestionsOf(id)
    expect(before).toMatchObject({ key: 'attente', label: 'Votre attente', kind: 'short', replacedById: now.id })
    expect(now).toMatchObject({ key: 'attente', label: 'Qu’attendez-vous ?', kind: 'long' })
    const told = (await answersOfEvent(id)).get(registrationId)?.answers.get('attente')
    expect(told).toMatchObject({ value: 'Comprendre', earlier: true, question: { label: 'Votre attente' } })
  })

  test('is retired when it is dropped, and its answers are still told', async () => {
    const { slug, id } = await anEvent()
    must(await asks(slug, [group, many]))
    const { registrationId } = must(await signUp(slug, 'anne@theatre.example', { answers: { groupe: true, combien: 3 } }))
    expect(must(await asks(slug, [group]))).toMatchObject({ changed: 0, dropped: 1 })
    expect((await questionsOf(id)).map(({ key }) => key)).toEqual(['groupe'])
    expect((await answersOfEvent(id)).get(registrationId)?.answers.get('combien')).toMatchObject({ value: 3, earlier: true })
    // What comes back later is asked anew.
    must(await asks(slug, [group, many]))
    expect(await db.question.count({ where: { eventId: id, key: 'combien' } })).toBe(2)
  })

  test('stays the very same row where only its place in the list changed, or nothing', async () => {
    const { slug, id } = await anEvent()
    must(await asks(slug, [group, { ready: 'organisation' }], [photo]))
    const before = await questionsOf(id)
    expect(must(await asks(slug, [{ ready: 'organisation', key: 'organisation' }, group], [photo]))).toMatchObject({ changed: 0, dropped: 0 })
    expect((await questionsOf(id)).map((one) => one.id)).toEqual([before[1].id, before[0].id])
    expect(await db.consentRequest.count({ where: { eventId: id } })).toBe(1)
  })

  test('of a draft leaves nothing behind: nobody could answer', async () => {
    const { slug, id } = await aDraft()
    must(await asks(slug, [group]))
    must(await asks(slug, [{ ...group, label: 'À plusieurs ?' }]))
    expect(await db.question.count({ where: { eventId: id } })).toBe(1)
    must(await publish(house, slug))
    must(await asks(slug, [group]))
    expect(await db.question.count({ where: { eventId: id } })).toBe(2)
  })

  test('is not lost when it changes in the very moment of an answer', async () => {
    const { slug, id } = await anEvent()
    must(await asks(slug, [{ key: 'attente', kind: 'short', label: 'Votre attente' }]))
    const people = Array.from({ length: 12 }, (_, n) => signUp(slug, `person${n}@theatre.example`, { answers: { attente: `réponse ${n}` } }))
    const changes = [1, 2, 3].map((n) => asks(slug, [{ key: 'attente', kind: 'short', label: `Votre attente ${n}` }]))
    for (const outcome of await Promise.all([...people, ...changes])) expect(outcome).toMatchObject({ ok: true })
    expect(await db.answer.count({ where: { question: { eventId: id } } })).toBe(12)
    expect((await questionsOf(id)).map(({ key }) => key)).toEqual(['attente'])
  })
})

describe('somebody who registers', () => {
  test('answers by the keys; the seat and the answers are one', async () => {
    const { slug } = await anEvent({ capacity: 1 })
    must(await asks(slug, [group, many, { ready: 'region' }], [photo]))
    const { registrationId, status } = must(await signUp(slug, 'anne@theatre.example', { answers: { groupe: true, combien: '4', region: 'bretagne' }, consents: { photo: true }, locale: 'en' }))
    expect(status).toBe('confirmed')
    expect(await answersOf(registrationId)).toEqual({ groupe: true, combien: 4, region: 'bretagne' })
    expect((await saidBy(registrationId)).consents).toMatchObject([{ request: { key: 'photo' }, locale: 'en', withdrawnAt: null }])
  })

  test('and answers wrongly is refused before anything is written', async () => {
    const { slug, id } = await anEvent({ capacity: 5 })
    must(await asks(slug, [group, many, { ready: 'region', required: true }], [photo]))
    const refused = await signUp(slug, 'anne@theatre.example', { answers: { groupe: true, combien: 'douze', autre: 'x' }, consents: { vente: true } })
    expect(refused).toMatchObject({ reason: 'invalid' })
    expect(refused.ok ? [] : refused.fields).toEqual([
      { field: 'answers.autre', reason: 'unknown-field' },
      { field: 'answers.combien', reason: 'not-a-figure' },
      { field: 'answers.region', reason: 'required' },
      { field: 'consents.vente', reason: 'unknown-field' },
    ])
    expect([await db.registration.count({ where: { eventId: id } }), await db.letter.count(), (await db.seating.findFirstOrThrow({ where: { eventId: id } })).taken]).toEqual([0, 0, 0])
  })

  test('is refused alike whether the address is known or not', async () => {
    const { slug } = await anEvent()
    must(await asks(slug, [{ ready: 'region', required: true }]))
    must(await signUp(slug, 'anne@theatre.example', { answers: { region: 'corse' } }))
    const [known, unknown] = await Promise.all(['anne@theatre.example', 'zoe@theatre.example'].map((email) => signUp(slug, email)))
    expect(known).toEqual(unknown)
  })

  test('and is asked something else by nobody: a hidden question is neither required nor kept', async () => {
    const { slug } = await anEvent()
    must(await asks(slug, [group, many]))
    const { registrationId } = must(await signUp(slug, 'anne@theatre.example', { answers: { groupe: 'no', combien: 'douze' } }))
    expect(await answersOf(registrationId)).toEqual({ groupe: false })
  })

  test('a second time under an address changes nothing of what was answered', async () => {
    const { slug } = await anEvent()
    must(await asks(slug, [group], [photo]))
    const { registrationId } = must(await signUp(slug, 'anne@theatre.example', { answers: { groupe: true } }))
    must(await signUp(slug, 'anne@theatre.example', { answers: { groupe: false }, consents: { photo: true } }))
    expect(await answersOf(registrationId)).toEqual({ groupe: true })
    expect((await saidBy(registrationId)).consents).toEqual([])
  })

  test('by an organiser’s hand answers nothing yet, and nobody consents for them', async () => {
    const { slug } = await anEvent()
    must(await asks(slug, [{ ready: 'region', required: true }], [photo]))
    const { registrationId } = must(await signUp(slug, 'anne@theatre.example', { consents: { photo: true } }, 'organiser'))
    expect(await saidBy(registrationId)).toMatchObject({ answers: [], consents: [] })
  })

  test('comes back by the link with the answers given before; by the form with those given now', async () => {
    const { slug } = await anEvent()
    must(await asks(slug, [{ ready: 'region', required: true }], [photo]))
    const { registrationId } = must(await signUp(slug, 'anne@theatre.example', { answers: { region: 'corse' }, consents: { photo: true } }))
    must(await cancel(guest, linkOf(registrationId)))
    must(await comeBack(guest, linkOf(registrationId)))
    expect(await answersOf(registrationId)).toEqual({ region: 'corse' })
    must(await cancel(guest, linkOf(registrationId)))
    must(await signUp(slug, 'anne@theatre.example', { answers: { region: 'normandie' } }))
    expect(await answersOf(registrationId)).toEqual({ region: 'normandie' })
    expect(await db.consent.findMany({ where: { registrationId } })).toMatchObject([{ withdrawnAt: expect.any(Date) }])
  })
})

describe('answers are changed', () => {
  const changed = async () => {
    const event = await anEvent()
    must(await asks(event.slug, [group, many, { ready: 'organisation' }], [photo]))
    const { registrationId } = must(await signUp(event.slug, 'anne@theatre.example', { answers: { groupe: true, combien: 2, organisation: 'La Criée' } }))
    return { ...event, registrationId }
  }

  test('by the link, all anew: what is left out is gone, and the story says that they changed, not how', async () => {
    const { registrationId } = await changed()
    must(await answer(guest, linkOf(registrationId), { answers: { groupe: false, combien: 7 } }, 'fr'))
    expect(await answersOf(registrationId)).toEqual({ groupe: false })
    const [last] = await db.registrationStep.findMany({ where: { registrationId }, orderBy: { id: 'desc' } })
    expect(last).toMatchObject({ reason: 'answers-changed', actor: 'themselves', detail: null })
    // The same once more changes nothing.
    must(await answer(guest, linkOf(registrationId), { answers: { groupe: false } }, 'fr'))
    expect(await db.registrationStep.count({ where: { registrationId, reason: 'answers-changed' } })).toBe(1)
    expect(await db.letter.count()).toBe(1)
  })

  test('to the question as it is asked now, also where another wording was answered', async () => {
    const { slug, id, registrationId } = await changed()
    must(await asks(slug, [group, many, { ready: 'organisation', key: 'organisation', label: 'Votre maison' }], [photo]))
    must(await answer(guest, linkOf(registrationId), { answers: { groupe: false, organisation: 'Le Quai' } }, 'fr'))
    expect(await db.answer.findMany({ where: { registrationId, question: { key: 'organisation' } }, include: { question: true } })).toMatchObject([{ value: 'Le Quai', question: { label: 'Votre maison' } }])
    expect((await answersOfEvent(id)).get(registrationId)?.answers.get('organisation')).toMatchObject({ earlier: false })
  })

  test('until registering closes, and not after', async () => {
    const { slug, registrationId } = await changed()
    await db.event.update({ where: { slug }, data: { closesAt: new Date('2027-01-12T17:00:00Z') } })
    setClock(new Date('2027-01-12T16:59:00Z'))
    must(await answer(guest, linkOf(registrationId), { answers: { groupe: false } }, 'fr'))
    setClock(new Date('2027-01-12T17:00:00Z'))
    expect(await answer(guest, linkOf(registrationId), { answers: { groupe: true, combien: 1 } }, 'fr')).toMatchObject({ reason: 'closed' })
    expect(await answersOf(registrationId)).toEqual({ groupe: false })
  })

  test('wrongly, and nothing of it is kept', async () => {
    const { registrationId } = await changed()
    const refused = await answer(guest, linkOf(registrationId), { answers: { groupe: true, organisation: 'Autre' } }, 'fr')
    expect(refused).toMatchObject({ reason: 'invalid', fields: [{ field: 'answers.combien', reason: 'required' }] })
    expect(await answersOf(registrationId)).toEqual({ groupe: true, combien: 2, organisation: 'La Criée' })
  })

  test('by its person and by organisers, by nobody else, and by no dead link', async () => {
    const { registrationId } = await changed()
    const said = { answers: { groupe: false } }
    expect(await answer(guest, { id: registrationId }, said, 'fr')).toMatchObject({ reason: 'forbidden' })
    expect(await answer(somebody('zoe@theatre.example'), { id: registrationId }, said, 'fr')).toMatchObject({ reason: 'forbidden' })
    expect(await answer(guest, linkOf(registrationId, 3), said, 'fr')).toMatchObject({ reason: 'not-found' })
    must(await answer(somebody('anne@theatre.example'), { id: registrationId }, said, 'fr'))
    must(await answer(somebody('zoe@theatre.example', 'organiser'), { id: registrationId }, { answers: { groupe: true, combien: 9 } }, 'fr'))
    expect(await db.registrationStep.findMany({ where: { registrationId, reason: 'answers-changed' }, orderBy: { id: 'asc' } })).toMatchObject([{ actor: 'themselves' }, { actor: 'Zoé' }])
    expect(JSON.stringify(await db.activity.findMany({ where: { verb: 'registration.answer' } }))).not.toContain('9}')
  })
})

describe('a consent', () => {
  test('is dated when it is given and when it is taken back, and given again is another', async () => {
    const { slug } = await anEvent()
    must(await asks(slug, [], [photo, { key: 'lettre', wording: 'Je veux la lettre.' }]))
    setClock(new Date('2026-12-01T10:00:00Z'))
    const { registrationId } = must(await signUp(slug, 'anne@theatre.example', { consents: { photo: true, lettre: false } }))
    setClock(new Date('2026-12-02T10:00:00Z'))
    must(await answer(guest, linkOf(registrationId), { consents: { photo: false } }, 'fr'))
    must(await answer(guest, linkOf(registrationId), { consents: { photo: false } }, 'fr'))
    setClock(new Date('2026-12-03T10:00:00Z'))
    must(await answer(guest, linkOf(registrationId), { consents: { photo: true, lettre: true } }, 'en'))
    const rows = await db.consent.findMany({ where: { registrationId }, include: { request: true }, orderBy: { givenAt: 'asc' } })
    expect(rows.map(({ request, givenAt, withdrawnAt, locale }) => [request.key, givenAt.toISOString(), withdrawnAt?.toISOString() ?? null, locale]).toSorted()).toEqual([
      ['lettre', '2026-12-03T10:00:00.000Z', null, 'en'],
      ['photo', '2026-12-01T10:00:00.000Z', '2026-12-02T10:00:00.000Z', 'fr'],
      ['photo', '2026-12-03T10:00:00.000Z', null, 'en'],
    ])
  })

  test('that two tabs give at once is given once', async () => {
    const { slug } = await anEvent()
    must(await asks(slug, [], [photo]))
    const { registrationId } = must(await signUp(slug, 'anne@theatre.example'))
    const both = await Promise.all([1, 2, 3].map(() => answer(guest, linkOf(registrationId), { consents: { photo: true } }, 'fr')))
    expect(both.every(({ ok }) => ok)).toBe(true)
    expect(await db.consent.count({ where: { registrationId } })).toBe(1)
  })

  test('is taken back at any time, even of a wording that is asked no more; and never given by another', async () => {
    const { slug } = await anEvent()
    must(await asks(slug, [], [photo]))
    const { registrationId } = must(await signUp(slug, 'anne@theatre.example', { consents: { photo: true } }))
    const { consents } = await saidBy(registrationId)
    must(await asks(slug, [], [{ ...photo, wording: 'J’accepte d’être filmé.' }]))
    // Agreeing to one wording is not agreeing to the next.
    expect((await saidBy(registrationId)).consents).toMatchObject([{ request: { wording: photo.wording } }])
    expect(await answer(somebody('zoe@theatre.example', 'admin'), { id: registrationId }, { consents: { photo: true } }, 'fr')).toMatchObject({ reason: 'forbidden' })
    setClock(new Date('2027-02-01T10:00:00Z'))
    must(await answer(guest, linkOf(registrationId), { consents: { [consents[0].requestId]: false } }, 'fr'))
    expect(await db.consent.findMany({ where: { registrationId } })).toMatchObject([{ withdrawnAt: new Date('2027-02-01T10:00:00Z') }])
    // Nor can a wording that is asked no more be given.
    must(await answer(guest, linkOf(registrationId), { consents: { photo: true } }, 'fr'))
    expect(await answer(guest, linkOf(registrationId), { consents: { [consents[0].requestId]: true } }, 'fr')).toMatchObject({ reason: 'invalid' })
  })
})
