import { inflateRawSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as form from '@/app/[locale]/(public)/events/[slug]/registration/route'
import * as letter from '@/app/[locale]/(public)/registrations/[token]/answers/route'
import * as eventDoor from '@/app/api/v1/events/[slug]/route'
import * as door from '@/app/api/v1/events/[slug]/registrations/route'
import { event as eventShape, registrationList } from '@/app/api/v1/shapes'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { ask } from '@/lib/events/ask'
import { askInput } from '@/lib/events/schema'
import { aToken, knock, problemOf } from '@/tests/support/doors'
import { anEvent, house, linkOf, must } from '@/tests/support/events'

beforeEach(() => setClock(new Date('2026-11-23T08:00:00Z')))
afterEach(() => setClock(null))

const questions = [
  { ready: 'organisation', required: true },
  { key: 'groupe', kind: 'yes_no', label: 'Venez-vous en groupe ?' },
  { key: 'combien', kind: 'number', label: 'Combien serez-vous ?', required: true, dependsOn: 'groupe', dependsValues: ['yes'] },
  { key: 'jours', kind: 'several', label: 'Quels jours ?', options: [{ label: 'Lundi' }, { label: 'Mardi' }] },
  { key: 'attente', kind: 'long', label: 'Qu’attendez-vous ?' },
]
const consents = [{ key: 'photo', wording: 'J’accepte d’être pris en photo.' }, { key: 'lettre', wording: 'Je veux la lettre.' }]

async function asking() {
  const event = await anEvent({ asksAccess: true })
  must(await ask(house, event.slug, askInput.parse({ questions, consents })))
  return event
}

const urlencoded = { 'Content-Type': 'application/x-www-form-urlencoded' }
type Fields = Record<string, string | string[]>
const encoded = (fields: Fields) => new URLSearchParams(Object.entries(fields).flatMap(([name, values]) => [values].flat().map((value) => [name, value]))).toString()
const send = (slug: string, fields: Fields) =>
  knock(form, `/rendez-vous/${slug}/inscription`, { params: { locale: 'fr', slug }, headers: urlencoded, body: encoded({ name: 'Anne Martin', email: 'anne@theatre.example', ...fields }) })
const sendByLink = (registrationId: string, fields: Fields) => {
  const { token } = linkOf(registrationId)
  return knock(letter, `/inscriptions/${token}/reponses`, { params: { locale: 'fr', token }, headers: urlencoded, body: encoded(fields) })
}
const cookieOf = (response: Response, name: string) => response.headers.getSetCookie().find((one) => one.startsWith(`parlons-en.${name}=`)) ?? ''
const kept = (response: Response) => {
  const [packed] = cookieOf(response, 'asked').slice('parlons-en.asked='.length).split('.')
  return Object.fromEntries((JSON.parse(inflateRawSync(Buffer.from(packed, 'base64url')).toString()) as [string, [string, unknown][]])[1])
}
const fieldsOf = (response: Response) => {
  const [text] = cookieOf(response, 'answer').slice('parlons-en.answer='.length).split('.')
  return (JSON.parse(Buffer.from(text, 'base64url').toString()) as { fields?: { field: string; reason: string }[] }).fields
}
const answersOf = async (address: string) => {
  const rows = await db.answer.findMany({ where: { registration: { addressFold: address } }, include: { question: { select: { key: true } } } })
  return Object.fromEntries(rows.map(({ question, value }) => [question.key, value]))
}

describe('the form', () => {
  test('takes answers, consents and needs with the seat', async () => {
    const { slug } = await asking()
    const response = await send(slug, {
      'answers.organisation': 'La Criée', 'answers.groupe': 'yes', 'answers.combien': '12', 'answers.jours': ['mardi', 'lundi'], 'answers.attente': '',
      'consents.photo': 'on', 'access.needs': ['diet', 'captions', 'inconnu'], 'access.words': 'Sans gluten',
    })
    expect(response.status).toBe(303)
    expect(response.headers.get('location')).toContain('reponse=confirmed')
    expect(await answersOf('anne@theatre.example')).toEqual({ organisation: 'La Criée', groupe: true, combien: 12, jours: ['lundi', 'mardi'] })
    expect(await db.consent.findMany({ include: { request: true } })).toMatchObject([{ request: { key: 'photo' } }])
    expect(await db.accessNeed.findMany()).toMatchObject([{ needs: ['captions', 'diet'], words: 'Sans gluten' }])
    // What somebody needs does not stay in their browser.
    expect(Object.keys(kept(response))).toEqual(['answers.organisation', 'answers.groupe', 'answers.combien', 'answers.jours', 'consents.photo'])
  })

  test('says everything that is to be mended at once, and gives everything back that was typed', async () => {
    const { slug, id } = await asking()
    const typed = { 'answers.groupe': 'yes', 'answers.combien': 'douze', 'answers.jours': ['lundi', 'mardi'], 'consents.lettre': 'on', 'access.words': 'Un fauteuil' }
    const response = await send(slug, { ...typed, name: '', email: 'anne@' })
    expect(fieldsOf(response)).toEqual([
      { field: 'name', reason: 'required' },
      { field: 'answers.organisation', reason: 'required' },
      { field: 'answers.combien', reason: 'not-a-figure' },
      { field: 'email', reason: 'address-malformed' },
    ])
    expect(kept(response)).toEqual(typed)
    expect(await db.registration.count({ where: { eventId: id } })).toBe(0)
  })

  test('asks nothing of what is hidden, even if it was filled in', async () => {
    const { slug } = await asking()
    const response = await send(slug, { 'answers.organisation': 'La Criée', 'answers.groupe': 'no', 'answers.combien': 'douze' })
    expect(response.headers.get('location')).toContain('reponse=confirmed')
    expect(await answersOf('anne@theatre.example')).toEqual({ organisation: 'La Criée', groupe: false })
  })

  test('keeps its cookie within what a browser takes, whatever was typed', async () => {
    const { slug } = await asking()
    const noise = Array.from({ length: 1900 }, () => String.fromCharCode(33 + Math.floor(Math.random() * 5000))).join('')
    const response = await send(slug, { 'answers.groupe': 'yes', 'answers.attente': noise, 'answers.combien': '3' })
    for (const cookie of response.headers.getSetCookie()) expect(Buffer.byteLength(cookie.split(';')[0])).toBeLessThan(4000)
    expect(kept(response)).toEqual({ 'answers.groupe': 'yes', 'answers.combien': '3' })
  })

  test('of an event that asks nothing sets no such cookie and takes no answer', async () => {
    const { slug } = await anEvent()
    const response = await send(slug, { 'consents.photo.x': 'on', 'access.autre.chose': 'x' })
    expect(response.headers.get('location')).toContain('reponse=confirmed')
    expect(cookieOf(response, 'asked')).toBe('')
  })
})

describe('the letter’s page', () => {
  const registered = async () => {
    const event = await asking()
    await send(event.slug, { 'answers.organisation': 'La Criée', 'consents.photo': 'on' })
    return { ...event, registrationId: (await db.registration.findFirstOrThrow({ where: { eventId: event.id } })).id }
  }

  test('changes answers and consents by POST; a GET only leads back', async () => {
    const { registrationId } = await registered()
    const { token } = linkOf(registrationId)
    const got = await knock(letter, '/', { params: { locale: 'fr', token } })
    expect([got.status, got.headers.get('location')]).toEqual([303, `/inscriptions/${token}`])
    const response = await sendByLink(registrationId, { act: 'answers', 'answers.organisation': 'Le Quai', 'answers.groupe': 'yes', 'answers.combien': '2', 'consents.lettre': 'on' })
    expect(response.headers.get('location')).toBe(`/inscriptions/${token}?said=answers-saved#answers`)
    expect(await answersOf('anne@theatre.example')).toEqual({ organisation: 'Le Quai', groupe: true, combien: 2 })
    const standing = await db.consent.findMany({ where: { withdrawnAt: null }, include: { request: true } })
    expect(standing.map(({ request }) => request.key)).toEqual(['lettre'])
  })

  test('refuses what is wrong and gives it back', async () => {
    const { registrationId } = await registered()
    const response = await sendByLink(registrationId, { act: 'answers', 'answers.organisation': '', 'answers.attente': 'Beaucoup' })
    expect(response.headers.get('location')).toContain('?said=answers-invalid#answers')
    expect(fieldsOf(response)).toEqual([{ field: 'answers.organisation', reason: 'required' }])
    expect(kept(response)).toEqual({ 'answers.attente': 'Beaucoup' })
    expect(await answersOf('anne@theatre.example')).toEqual({ organisation: 'La Criée' })
  })

  test('once registering closed takes consents still, and no answers', async () => {
    const { registrationId, id } = await registered()
    await db.event.update({ where: { id }, data: { closesAt: new Date('2027-01-10T10:00:00Z') } })
    setClock(new Date('2027-01-11T10:00:00Z'))
    expect((await sendByLink(registrationId, { act: 'answers', 'answers.organisation': 'Le Quai' })).headers.get('location')).toContain('said=answers-closed')
    expect((await sendByLink(registrationId, { act: 'consents' })).headers.get('location')).toContain('said=answers-saved')
    expect(await db.consent.count({ where: { withdrawnAt: null } })).toBe(0)
    expect(await answersOf('anne@theatre.example')).toEqual({ organisation: 'La Criée' })
  })

  test('tells a need and takes it back', async () => {
    const { registrationId } = await registered()
    expect((await sendByLink(registrationId, { act: 'access', 'access.needs': 'step-free', 'access.words': '' })).headers.get('location')).toContain('said=need-saved#need')
    expect(await db.accessNeed.findMany()).toMatchObject([{ needs: ['step-free'] }])
    expect((await sendByLink(registrationId, { act: 'access', 'access.words': 'x'.repeat(700) })).headers.get('location')).toContain('said=need-invalid')
    expect((await sendByLink(registrationId, { act: 'access', 'access.words': ' ' })).headers.get('location')).toContain('said=need-erased')
    expect(await db.accessNeed.count()).toBe(0)
  })

  test('does nothing by an unknown link', async () => {
    await registered()
    const token = 'a'.repeat(32)
    const response = await knock(letter, '/', { params: { locale: 'en', token }, headers: urlencoded, body: encoded({ act: 'answers' }) })
    expect(response.headers.get('location')).toContain('/en/registrations/')
    expect(response.headers.get('location')).toContain('said=answers-not-found')
  })
})

describe('the API', () => {
  const register = (slug: string, body: object) => knock(door, '/', { params: { slug }, body: { name: 'Anne Martin', email: 'anne@theatre.example', ...body } })

  test('says what an event asks, takes answers by their keys, and shows them to organisers without needs', async () => {
    const { slug } = await asking()
    const said = await (await knock(eventDoor, '/', { params: { slug } })).json()
    expect(eventShape.strict().parse(said)).toEqual(said)
    expect(said.questions.map(({ key, kind, when }: { key: string; kind: string; when: unknown }) => [key, kind, when])).toEqual([
      ['organisation', 'short', null], ['groupe', 'yes-no', null], ['combien', 'number', { question: 'groupe', isOneOf: ['yes'] }], ['jours', 'several', null], ['attente', 'long', null],
    ])
    expect(said.consents).toEqual(consents)
    const made = await register(slug, { answers: { organisation: 'La Criée', groupe: true, combien: 3 }, consents: { photo: true, lettre: false }, access: { needs: ['captions'], words: 'LfPC' } })
    expect(made.status).toBe(201)
    const list = await (await knock(door, '/', { params: { slug }, token: await aToken() })).json()
    expect(registrationList.parse(list)).toEqual(list)
    expect(list.data).toMatchObject([{ answers: { organisation: 'La Criée', groupe: true, combien: 3 }, earlier: [], consents: { photo: { wording: consents[0].wording, withdrawnAt: null } } }])
    expect(JSON.stringify(list)).not.toMatch(/captions|LfPC/)
  })

  test('marks what was answered to an earlier wording', async () => {
    const { slug } = await asking()
    await register(slug, { answers: { organisation: 'La Criée' } })
    must(await ask(house, slug, askInput.parse({ questions: [{ ready: 'organisation', key: 'organisation', label: 'Votre maison' }], consents })))
    const list = await (await knock(door, '/', { params: { slug }, token: await aToken() })).json()
    expect(list.data).toMatchObject([{ answers: { organisation: 'La Criée' }, earlier: ['organisation'] }])
  })

  test('refuses by the field: 422 for a value, 400 for what cannot be read', async () => {
    const { slug, id } = await asking()
    const refused = await problemOf(await register(slug, { answers: { groupe: true } }))
    expect([refused.status, refused.errors?.map(({ field, reason }) => [field, reason])]).toEqual([422, [['answers.organisation', 'required'], ['answers.combien', 'required']]])
    const misread = await problemOf(await register(slug, { answers: { organisation: 'x', autre: 1 }, consents: { vente: true } }))
    expect([misread.status, misread.errors?.map(({ field, reason }) => [field, reason])]).toEqual([400, [['answers.autre', 'unknown-field'], ['consents.vente', 'unknown-field']]])
    for (const answers of ['texte', [], { organisation: { a: 1 } }]) expect((await register(slug, { answers })).status).toBe(400)
    expect(await db.registration.count({ where: { eventId: id } })).toBe(0)
  })
})
