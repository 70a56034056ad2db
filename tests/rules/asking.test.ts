import { describe, expect, test } from 'vitest'
import { canSwap, draftOf, inFields, inputOf, losses, readDraft, rearrange, withoutBlanks } from '@/app/[locale]/(host)/organise/events/[slug]/questions/draft'
import { formInput } from '@/app/_session/form-input'
import type { Question } from '@/lib/events/questions'

const sent = (fields: Record<string, string | string[]>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, one)
  return readDraft(formInput(form))
}

const meal = { 'questions.0.label': 'Déjeunez-vous avec nous ?', 'questions.0.kind': 'yes_no' }
const diet = { 'questions.1.label': 'Quel repas ?', 'questions.1.kind': 'one', 'questions.1.options': 'Végétarien\nSans gluten\n', 'questions.1.dependsOn': 'dejeunez-vous-avec-nous', 'questions.1.values.dejeunez-vous-avec-nous[]': 'yes' }

const asked: Question = {
  id: 'x', key: 'repas', kind: 'one', ready: null, label: 'Quel repas ?', purpose: 'Pour la cuisine.', required: true, dependsOn: null, dependsValues: [],
  options: [{ key: 'veg', label: 'Végétarien' }, { key: 'tout', label: 'De tout' }],
  translation: { label: 'Which meal?', purpose: null, options: { veg: 'Vegetarian' } },
}

describe('the editor of questions', () => {
  test('reads what a form sends, and a new question has a name that another can hang on', () => {
    const { questions } = sent({ ...meal, ...diet })
    expect(questions).toMatchObject([{ key: 'dejeunez-vous-avec-nous', kind: 'yes_no', required: false }, { key: 'quel-repas', dependsOn: 'dejeunez-vous-avec-nous', values: ['yes'] }])
    expect(questions[1].known).toEqual([{ key: 'vegetarien', label: 'Végétarien' }, { key: 'sans-gluten', label: 'Sans gluten' }])
  })

  test('reads anything at all without a surprise', () => {
    const junk = sent({ 'questions.0.known': '{"', 'questions.0.kind': 'rocket', 'questions.1.values': 'x', 'questions.2.key.deeper': 'y', consents: 'nothing', 'questions.3.translation': 'z' })
    expect(junk.questions).toHaveLength(4)
    expect(junk.questions[0]).toMatchObject({ kind: 'short', known: [] })
    expect(junk.consents).toEqual([])
    expect(readDraft({})).toEqual({ questions: [], consents: [] })
  })

  test('what an event asks comes back as it was: opened and saved, nothing changes', () => {
    const draft = draftOf([asked], [])
    expect(inputOf(draft)).toMatchObject({ input: { questions: [{ key: 'repas', label: 'Quel repas ?', required: true, translation: { label: 'Which meal?', purpose: null }, options: [{ key: 'veg', translation: 'Vegetarian' }, { key: 'tout', translation: null }] }] } })
    expect(losses(draft, draftOf([asked], []), { questions: { repas: 12 }, consents: {} })).toEqual([])
  })

  test('an answer that is put in other words keeps its key, one that is added gets its own', () => {
    const known = JSON.stringify(asked.options)
    const keys = (options: string) => sent({ 'questions.0.label': 'Quel repas ?', 'questions.0.kind': 'one', 'questions.0.known': known, 'questions.0.options': options }).questions[0].known.map(({ key }) => key)
    expect(keys('Végétarien, sans œuf\r\nDe tout')).toEqual(['veg', 'tout'])
    expect(keys('De tout\nVégétarien')).toEqual(['tout', 'veg'])
    expect(keys('Végétarien\nDe tout\nRien')).toEqual(['veg', 'tout', 'rien'])
    expect(keys('De tout')).toEqual(['tout'])
  })

  test('lines are added, moved and removed by buttons, and one goes on from there', () => {
    const draft = sent({ ...meal, 'questions.1.label': 'Autre chose ?' })
    const up = rearrange(draft, 'up.questions.1', 'fr')
    expect(up.draft.questions.map(({ label }) => label)).toEqual(['Autre chose ?', 'Déjeunez-vous avec nous ?'])
    expect([up.focus, up.said]).toEqual(['down.questions.0', 'moved'])
    expect(rearrange(draft, 'down.questions.1', 'fr').draft).toEqual(draft)
    const added = rearrange(draft, 'add.questions', 'fr')
    expect([added.draft.questions.length, added.focus]).toEqual([3, 'questions.2.label'])
    expect(rearrange(draft, 'remove.questions.0', 'fr').draft.questions.map(({ label }) => label)).toEqual(['Autre chose ?'])
    for (const odd of ['up.questions.9', 'remove.questions.x', 'explode', 'up.__proto__.0', '']) expect(rearrange(draft, odd, 'fr').draft).toEqual(draft)
  })

  test('a question stays behind the one that it hangs on, and is asked of everybody once that one is gone', () => {
    const draft = sent({ ...meal, ...diet })
    expect(canSwap(draft, 'questions', 0)).toBe(false)
    expect(rearrange(draft, 'up.questions.1', 'fr').draft).toEqual(draft)
    const without = rearrange(draft, 'remove.questions.0', 'fr')
    expect([without.said, without.draft.questions[0].dependsOn]).toEqual(['freed', ''])
  })

  test('a ready-made question comes in the event’s language with its translation, once', () => {
    const { draft } = rearrange({ questions: [], consents: [] }, 'add.questions.region', 'en')
    expect(draft.questions[0]).toMatchObject({ key: 'region', ready: 'region', label: 'Your region', translation: { label: 'Votre région' } })
    expect(draft.questions[0].translation.options.split('\n')).toHaveLength(draft.questions[0].options.split('\n').length)
    expect(rearrange(draft, 'add.questions.region', 'en').draft.questions).toHaveLength(1)
    expect('input' in inputOf(draft)).toBe(true)
  })

  test('a change of what people answered is told with their number; the order is no change', () => {
    const before = draftOf([asked, { ...asked, key: 'nom', kind: 'short', label: 'Un nom ?', options: [], translation: null }], [{ id: 'c', key: 'photo', wording: 'Photos', wordingTranslation: null }])
    const after = { questions: [{ ...before.questions[1] }, { ...before.questions[0], required: false }], consents: [] }
    expect(losses(before, after, { questions: { repas: 12, nom: 3 }, consents: { photo: 5 } })).toEqual([
      { list: 'questions', words: 'Quel repas ?', count: 12, what: 'changed' },
      { list: 'consents', words: 'Photos', count: 5, what: 'dropped' },
    ])
    expect(losses(before, after, { questions: {}, consents: {} })).toEqual([])
  })

  test('what is wrong is named by the field where it was typed', () => {
    const refusals = (fields: Record<string, string>) => {
      const read = inputOf(sent(fields))
      return 'refusals' in read ? read.refusals : []
    }
    expect(refusals({ 'questions.0.label': 'x'.repeat(201), 'questions.0.purpose': 'y' })).toEqual([{ field: 'questions.0.label', reason: 'too-long' }])
    expect(refusals({ 'questions.0.label': 'Oui ?', 'questions.0.translation.purpose': 'Because' })).toEqual([{ field: 'questions.0.translation.label', reason: 'required' }])
    expect(refusals({ ...meal, ...diet, 'questions.1.translation.label': 'Which?', 'questions.1.translation.options': 'a\nb\nc' })).toEqual([{ field: 'questions.1.translation.options', reason: 'more-than-answers' }])
    expect(inFields([{ field: 'questions.1.dependsValues', reason: 'not-among' }, { field: 'questions.0.key', reason: 'twice' }, { field: 'questions.2.options.3.label', reason: 'too-long' }, { field: 'consents.0.wording', reason: 'required' }, { field: 'questions', reason: 'too-many' }]).map(({ field }) => field)).toEqual([
      'questions.1.values', 'questions.0.label', 'questions.2.options', 'consents.0.wording', 'questions',
    ])
    expect(withoutBlanks(sent({ 'questions.0.label': ' ', 'questions.1.label': 'Oui ?', 'consents.0.wording': '' }))).toMatchObject({ questions: [{ label: 'Oui ?' }], consents: [] })
  })
})
