import { expect, test } from 'vitest'
import { guest } from '@/lib/actor'
import { db } from '@/lib/db'
import { prepareQuestion, voteForQuestion } from '@/lib/notes/prepare-question'
import { allPrepared, preparedQuestions } from '@/lib/notes/queries'
import { anEvent, linkOf, must, signUp } from '@/tests/support/events'

test('a seat that is taken, votes and is given back again and again has no voices left', async () => {
  const event = await anEvent({ title: 'Café' })
  const [anne, zoe, omar] = await Promise.all(['anne', 'zoe', 'omar'].map(async (name) => linkOf(must(await signUp(event.slug, `${name}@x.example`)).registrationId)))
  const [one, other] = [must(await prepareQuestion(guest, anne, { text: 'Un ?' })), must(await prepareQuestion(guest, anne, { text: 'Deux ?' }))]
  must(await voteForQuestion(guest, zoe, other.id))
  must(await voteForQuestion(guest, omar, one.id))
  await db.registration.updateMany({ where: { addressFold: 'zoe@x.example' }, data: { status: 'cancelled' } })
  expect((await preparedQuestions(event.id)).map(({ text, votes }) => [text, votes])).toEqual([['Un ?', 1], ['Deux ?', 0]])
  expect((await allPrepared(event.id)).map(({ votes }) => votes)).toEqual([1, 0])
})
