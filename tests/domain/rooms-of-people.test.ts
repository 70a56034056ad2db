import { expect, test } from 'vitest'
import { guest } from '@/lib/actor'
import { db } from '@/lib/db'
import { ask } from '@/lib/events/ask'
import { askInput } from '@/lib/events/schema'
import { isMember } from '@/lib/people/queries'
import { cancel } from '@/lib/registrations/cancel'
import { admit, askAccess, decline } from '@/lib/registrations/decide'
import { importPeople } from '@/lib/registrations/import-people'
import { countLists, decisionsAwaiting, findPeople, listOf, personListed } from '@/lib/registrations/queries'
import { register } from '@/lib/registrations/register'
import { registrationInput } from '@/lib/registrations/schema'
import { anEvent, house, linkOf, must, signUp } from '@/tests/support/events'

const namesOf = async (eventId: string, list: Parameters<typeof listOf>[1]) => (await listOf(eventId, list)).rows.map(({ name }) => name)

test('each person stands in one list: to decide, to prove, seated, in line, cancelled', async () => {
  const { id, slug } = await anEvent({ capacity: 1, waitlist: true, provesAddress: true })
  must(await importPeople(house, slug, 'nom;adresse\nAssise;assise@x.example\nEn ligne;attend@x.example\nParti;parti@x.example'))
  must(await signUp(slug, 'preuve@x.example', { name: 'À prouver' }))
  const gone = await db.registration.findFirstOrThrow({ where: { name: 'Parti' } })
  must(await cancel(guest, linkOf(gone.id)))
  const lists = { decide: [], proof: ['À prouver'], seated: ['Assise'], waiting: ['En ligne'], cancelled: ['Parti'] }
  for (const [list, names] of Object.entries(lists)) expect(await namesOf(id, list as 'proof')).toEqual(names)
  expect(await countLists(id)).toEqual({ decide: 0, awaited: 0, proof: 1, seated: 1, offered: 0, waiting: 1, cancelled: 1 })
})

test('of those to decide, whoever asked comes before whoever only tried, the first who asked first', async () => {
  const { id, slug } = await anEvent({ audience: 'members' })
  for (const [name, email] of [['Tard', 'tard@x.example'], ['Silence', 'silence@x.example'], ['Tôt', 'tot@x.example']]) must(await signUp(slug, email, { name }))
  const idOf = async (name: string) => (await db.registration.findFirstOrThrow({ where: { name } })).id
  must(await askAccess(guest, linkOf(await idOf('Tôt')), 'Bonjour'))
  must(await askAccess(guest, linkOf(await idOf('Tard')), null))
  expect(await namesOf(id, 'decide')).toEqual(['Tôt', 'Tard', 'Silence'])
  expect(await countLists(id)).toMatchObject({ decide: 3, awaited: 2 })
  expect(await decisionsAwaiting(house)).toMatchObject([{ slug, open: 2 }])
  expect(await decisionsAwaiting(guest)).toEqual([])

  must(await admit(house, await idOf('Tôt'), { asMember: true }))
  must(await decline(house, await idOf('Tard'), 'Une autre fois.'))
  expect(await isMember('tot@x.example')).toBe(true)
  expect(await isMember('tard@x.example')).toBe(false)
  expect([await namesOf(id, 'decide'), await namesOf(id, 'seated'), await namesOf(id, 'cancelled')]).toEqual([['Silence'], ['Tôt'], ['Tard']])
})

test('the lists come fifty at a time, and a person is found by a part of their name without its accents, or of their address', async () => {
  const { id, slug } = await anEvent()
  const rows = Array.from({ length: 60 }, (_, n) => `Personne ${n};p${n}@x.example`)
  must(await importPeople(house, slug, ['nom;adresse', ...rows, 'Chloé Œuvrard;chloe@y.example'].join('\n')))
  const first = await listOf(id, 'seated')
  expect([first.rows.length, first.next]).toEqual([50, 50])
  const rest = await listOf(id, 'seated', 50)
  expect([rest.rows.length, rest.next]).toEqual([11, null])
  expect((await findPeople(id, 'oeuvrard CHLOE')).rows.map(({ name }) => name)).toEqual(['Chloé Œuvrard'])
  expect((await findPeople(id, 'p7@x')).rows.map(({ name }) => name)).toEqual(['Personne 7'])
  expect(await findPeople(id, 'personne')).toMatchObject({ more: true })
  expect((await findPeople(id, 'nobody at all')).rows).toEqual([])
  const other = await anEvent({ title: 'Un autre' })
  expect(await personListed(other.id, first.rows[0].id)).toBeNull()
})

test('an answer to a wording that changed since stays with its wording, and says so; of several the newest is shown', async () => {
  const { id, slug } = await anEvent()
  const asking = (label: string) => askInput.parse({ questions: [{ key: 'stage', kind: 'short', label }] })
  must(await ask(house, slug, asking('Où en êtes-vous ?')))
  must(await register(guest, slug, registrationInput.parse({ name: 'Anne', email: 'anne@x.example', answers: { stage: 'Au début' } })))
  must(await ask(house, slug, asking('Où en êtes-vous maintenant ?')))
  must(await register(guest, slug, registrationInput.parse({ name: 'Zoé', email: 'zoe@x.example', answers: { stage: 'À la fin' } })))
  const { rows } = await listOf(id, 'seated')
  expect(rows.map(({ name, answers }) => [name, answers.map(({ value, earlier, question }) => [value, earlier, question.label])])).toEqual([
    ['Anne', [['Au début', true, 'Où en êtes-vous ?']]],
    ['Zoé', [['À la fin', false, 'Où en êtes-vous maintenant ?']]],
  ])
})
