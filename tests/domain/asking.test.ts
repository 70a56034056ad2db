import { expect, test } from 'vitest'
import { draftOf, inputOf, losses, readDraft, rearrange, withoutBlanks } from '@/app/[locale]/(host)/organise/events/[slug]/questions/draft'
import { formInput } from '@/app/_session/form-input'
import { guest } from '@/lib/actor'
import { ask } from '@/lib/events/ask'
import { answersToEach, consentRequestsOf, questionsOf } from '@/lib/events/queries'
import { register } from '@/lib/registrations/register'
import { registrationInput } from '@/lib/registrations/schema'
import { anEvent, house, must } from '@/tests/support/events'

const input = (draft: Parameters<typeof inputOf>[0]) => {
  const read = inputOf(draft)
  if ('refusals' in read) throw new Error(JSON.stringify(read.refusals))
  return read.input
}

/** The editor as a browser sends it back: what it was made of, in fields. */
function asForm({ questions, consents }: ReturnType<typeof draftOf>) {
  const form = new FormData()
  for (const [place, { required, known, translation, values, ...words }] of questions.entries()) {
    for (const [name, value] of Object.entries(words)) form.append(`questions.${place}.${name}`, value)
    if (required) form.append(`questions.${place}.required`, 'on')
    form.append(`questions.${place}.known`, JSON.stringify(known))
    for (const [name, value] of Object.entries(translation)) form.append(`questions.${place}.translation.${name}`, value)
    for (const value of values) form.append(`questions.${place}.values.${words.dependsOn}[]`, value)
  }
  for (const [place, consent] of consents.entries()) for (const [name, value] of Object.entries(consent)) form.append(`consents.${place}.${name}`, value)
  return withoutBlanks(readDraft(formInput(form)))
}

test('the editor opens on what is asked, and saved as it is it changes nothing; what was answered is told before it is left behind', async () => {
  const { id, slug } = await anEvent()
  const opened = async () => draftOf(await questionsOf(id), await consentRequestsOf(id))
  const begun = ['organisation', 'role', 'region'].reduce((draft, ready) => rearrange(draft, `add.questions.${ready}`, 'fr').draft, await opened())
  const own = new FormData()
  for (const [name, value] of Object.entries({
    'questions.0.label': 'Déjeunez-vous avec nous ?', 'questions.0.kind': 'yes_no', 'questions.0.required': 'on',
    'questions.1.label': 'Quel repas ?', 'questions.1.kind': 'one', 'questions.1.options': 'Végétarien\nDe tout', 'questions.1.translation.label': 'Which meal?', 'questions.1.translation.options': 'Vegetarian',
    'questions.1.dependsOn': 'dejeunez-vous-avec-nous', 'questions.1.values.dejeunez-vous-avec-nous[]': 'yes',
    'consents.0.wording': 'Je veux bien être sur les photos.',
  })) own.append(name, value)
  const typed = readDraft(formInput(own))
  expect(must(await ask(house, slug, input({ questions: [...begun.questions, ...typed.questions], consents: typed.consents })))).toMatchObject({ asked: 5, changed: 0, dropped: 0 })

  must(await register(guest, slug, registrationInput.parse({ name: 'Anne', email: 'anne@x.example', answers: { 'dejeunez-vous-avec-nous': true, 'quel-repas': 'de-tout' }, consents: { 'je-veux-bien-etre-sur-les': true } })))
  const counts = await answersToEach(id)
  expect(counts.questions).toMatchObject({ 'dejeunez-vous-avec-nous': 1, 'quel-repas': 1, region: 0 })
  expect(Object.values(counts.consents)).toEqual([1])

  const again = asForm(await opened())
  expect(losses(await opened(), again, counts)).toEqual([])
  expect(must(await ask(house, slug, input(again)))).toMatchObject({ asked: 5, changed: 0, dropped: 0 })

  const changed = rearrange({ ...again, questions: again.questions.map((one) => (one.key === 'quel-repas' ? { ...one, label: 'Quel menu ?' } : one)) }, 'up.questions.3', 'fr').draft
  expect(losses(await opened(), changed, counts)).toEqual([{ list: 'questions', words: 'Quel repas ?', count: 1, what: 'changed' }])
  expect(must(await ask(house, slug, input(changed)))).toMatchObject({ asked: 5, changed: 1, dropped: 0 })
  expect((await answersToEach(id)).questions['quel-repas']).toBe(0)
})
