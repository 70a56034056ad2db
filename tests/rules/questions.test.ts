import { describe, expect, test } from 'vitest'
import { consentsByForm, givenByForm, type Question, readAnswers, readConsents, sayAnswer, wordsOf } from '@/lib/events/questions'
import { readyMade, readyQuestions } from '@/lib/events/ready-questions'
import { accessInput, answersInput, askInput } from '@/lib/events/schema'

const asked = (key: string, said: Partial<Question> = {}): Question => ({
  id: `id-${key}`, key, kind: 'short', ready: null, label: key, purpose: null, options: [], translation: null, required: false, dependsOn: null, dependsValues: [], ...said,
})
const options = (...keys: string[]) => keys.map((key) => ({ key, label: key.toUpperCase() }))
const read = (questions: Question[], given: Record<string, unknown>, how?: { lenient?: boolean }) => {
  const { answers, refusals } = readAnswers(questions, given, how)
  return { said: Object.fromEntries(answers.map(({ key, value }) => [key, value])), refused: Object.fromEntries(refusals.map(({ field, reason }) => [field, reason])) }
}

describe('an answer', () => {
  test.each([
    ['short', '  deux   mots ', 'deux mots'],
    ['short', '   ', undefined],
    ['long', 'une ligne\r\nune autre\r\n\r\n\r\nla fin', 'une ligne\nune autre\n\nla fin'],
    ['number', '12', 12],
    ['number', 12, 12],
    ['number', '12,5', 12.5],
    ['number', '1 200', 1200],
    ['number', '1 200 000', 1_200_000],
    ['number', '-3', -3],
    ['number', '-0', 0],
    ['yes_no', 'yes', true],
    ['yes_no', false, false],
    ['yes_no', '', undefined],
    ['one', 'b', 'b'],
    ['one', '', undefined],
    ['several', ['c', 'a', 'c'], ['a', 'c']],
    ['several', 'b', ['b']],
    ['several', [], undefined],
  ] as const)('to a question of the kind %s, %j, is kept as %j', (kind, given, kept) => {
    const { said, refused } = read([asked('q', { kind, options: options('a', 'b', 'c') })], { q: given })
    expect(refused).toEqual({})
    expect(said.q).toEqual(kept)
  })

  test.each([
    ['short', 'x'.repeat(201), 'too-long'],
    ['short', 'deux\nlignes', 'not-text'],
    ['short', 'nul\0', 'not-text'],
    ['short', '\ud800', 'not-text'],
    ['short', 4, 'wrong-kind'],
    ['short', { a: 1 }, 'wrong-kind'],
    ['long', 'x'.repeat(2001), 'too-long'],
    ['number', 'douze', 'not-a-figure'],
    ['number', '1e9', 'not-a-figure'],
    ['number', Number.NaN, 'not-a-figure'],
    ['number', Number.POSITIVE_INFINITY, 'not-a-figure'],
    ['number', '0x10', 'not-a-figure'],
    ['number', 2_000_000_000, 'too-big'],
    ['number', true, 'wrong-kind'],
    ['yes_no', 'peut-être', 'not-among'],
    ['yes_no', 1, 'wrong-kind'],
    ['one', 'd', 'not-among'],
    ['one', 'constructor', 'not-among'],
    ['one', ['a'], 'wrong-kind'],
    ['several', ['a', 'd'], 'not-among'],
    ['several', [1], 'wrong-kind'],
  ] as const)('to a question of the kind %s, %j, is refused: %s', (kind, given, reason) => {
    const { said, refused } = read([asked('q', { kind, options: options('a', 'b', 'c') })], { q: given })
    expect(refused).toEqual({ 'answers.q': reason })
    expect(said).toEqual({})
  })

  test('nobody asked for is refused, whatever its name', () => {
    expect(read([asked('q')], { autre: 'x', __proto__: 'y' }).refused).toEqual({ 'answers.autre': 'unknown-field' })
    expect(read([], JSON.parse('{"__proto__": "y", "constructor": "z"}') as Record<string, unknown>).refused).toEqual({ 'answers.__proto__': 'unknown-field', 'answers.constructor': 'unknown-field' })
  })

  test('that is missing is missed only where one must answer, and never of whom another registers', () => {
    const questions = [asked('must', { required: true }), asked('may')]
    expect(read(questions, {}).refused).toEqual({ 'answers.must': 'required' })
    expect(read(questions, { must: '   ' }).refused).toEqual({ 'answers.must': 'required' })
    expect(read(questions, {}, { lenient: true }).refused).toEqual({})
    expect(read(questions, { must: 4 }, { lenient: true }).refused).toEqual({ 'answers.must': 'wrong-kind' })
    expect(read([asked('several', { kind: 'several', options: options('a'), required: true })], { several: [] }).refused).toEqual({ 'answers.several': 'required' })
  })
})

describe('a question that hangs on another’s answer', () => {
  const group = asked('group', { kind: 'yes_no' })
  const many = asked('many', { kind: 'number', required: true, dependsOn: 'group', dependsValues: ['yes'] })
  const kinds = asked('kinds', { kind: 'several', options: options('school', 'company', 'other'), required: true, dependsOn: 'group', dependsValues: ['yes'] })
  const which = asked('which', { required: true, dependsOn: 'kinds', dependsValues: ['school', 'other'] })
  const all = [group, many, kinds, which]

  test('is not required where it is not asked, and what was typed there is dropped', () => {
    expect(read(all, { group: 'no', many: '12', kinds: ['school'], which: 'Lycée' })).toEqual({ said: { group: false }, refused: {} })
    expect(read(all, {})).toEqual({ said: {}, refused: {} })
  })

  test('is not even read where it is not asked: what stands there cannot be wrong', () => {
    expect(read(all, { group: false, many: 'douze', kinds: 4 }).refused).toEqual({})
  })

  test('is required where it is asked', () => {
    expect(read(all, { group: 'yes' }).refused).toEqual({ 'answers.many': 'required', 'answers.kinds': 'required' })
    expect(read(all, { group: true, many: 12, kinds: ['company'] })).toEqual({ said: { group: true, many: 12, kinds: ['company'] }, refused: {} })
  })

  test('may hang on one that hangs itself: hidden with it', () => {
    expect(read(all, { group: true, many: 2, kinds: ['other', 'company'] }).refused).toEqual({ 'answers.which': 'required' })
    expect(read(all, { group: true, many: 2, kinds: ['other'], which: 'Une troupe' }).said.which).toBe('Une troupe')
    expect(read(all, { group: false, kinds: ['other'], which: 'Une troupe' }).said).toEqual({ group: false })
  })

  test('is not asked while the answer it hangs on is refused', () => {
    expect(read(all, { group: 'peut-être' }).refused).toEqual({ 'answers.group': 'not-among' })
  })

  test('is asked wherever it stands in the list; a circle asks nothing and ends', () => {
    expect(read([many, group], { group: true }).refused).toEqual({ 'answers.many': 'required' })
    const circle = [asked('a', { kind: 'yes_no', dependsOn: 'b', dependsValues: ['yes'], required: true }), asked('b', { kind: 'yes_no', dependsOn: 'a', dependsValues: ['yes'], required: true })]
    expect(read(circle, { a: true, b: true })).toEqual({ said: {}, refused: {} })
    expect(read([asked('lost', { dependsOn: 'gone', dependsValues: ['x'], required: true })], {})).toEqual({ said: {}, refused: {} })
  })
})

describe('a form', () => {
  test('says the same as JSON: one field, or boxes all alike', () => {
    const questions = [asked('structure'), asked('jours', { kind: 'several', options: options('lundi', 'mardi') }), asked('seul', { kind: 'several', options: options('a', 'b') }), asked('vide', { kind: 'several', options: options('a') })]
    const form = new FormData()
    form.append('answers.structure', 'Théâtre\0')
    form.append('answers.jours', 'mardi')
    form.append('answers.jours', 'lundi')
    form.append('answers.seul', 'b')
    form.append('answers.autre', 'ignoré')
    form.append('name', 'Anne')
    const given = givenByForm(questions, form)
    expect(given).toEqual({ structure: 'Théâtre\uFFFD', jours: ['mardi', 'lundi'], seul: ['b'], vide: [] })
    expect(read(questions, given)).toEqual({ said: { jours: ['lundi', 'mardi'], seul: ['b'] }, refused: { 'answers.structure': 'not-text' } })
  })

  test('gives the consents that are ticked and no others', () => {
    const requests = ['photo', 'lettre'].map((key) => ({ id: `id-${key}`, key, wording: key, wordingTranslation: null }))
    const form = new FormData()
    form.append('consents.photo', 'on')
    form.append('consents.autre', 'on')
    expect(readConsents(requests, consentsByForm(requests, form))).toEqual({ given: ['id-photo'], not: ['id-lettre'], refusals: [] })
    expect(readConsents(requests, {})).toEqual({ given: [], not: [], refusals: [] })
    expect(readConsents(requests, { photo: 'on', autre: true }).refusals).toEqual([{ field: 'consents.autre', reason: 'unknown-field' }, { field: 'consents.photo', reason: 'wrong-kind' }])
  })
})

describe('the words', () => {
  test('are those of the reader’s language where there are any, option by option', () => {
    const question = asked('q', { kind: 'one', label: 'Vous venez', purpose: 'Pour l’accueil', options: [{ key: 'seul', label: 'Seul' }, { key: 'groupe', label: 'En groupe' }], translation: { label: 'You come', purpose: null, options: { groupe: 'As a group' } } })
    expect(wordsOf(question, 'fr', 'fr')).toMatchObject({ label: 'Vous venez', language: 'fr' })
    expect(wordsOf(question, 'fr', 'en')).toEqual({ label: 'You come', purpose: 'Pour l’accueil', options: [{ key: 'seul', label: 'Seul' }, { key: 'groupe', label: 'As a group' }], language: 'en' })
    expect(wordsOf(asked('r'), 'fr', 'en')).toMatchObject({ label: 'r', language: 'fr' })
  })

  test('of an answer are its options’ labels', () => {
    const words = { yes: 'oui', no: 'non' }
    expect([true, 4, 'a', ['a', 'b'], 'texte'].map((value) => sayAnswer(value, options('a', 'b'), words))).toEqual(['oui', '4', 'A', 'A, B', 'texte'])
  })

  test('of the ready-made questions are there in both languages, every region of France among them', () => {
    const { options: regions } = readyQuestions.region
    expect(regions.filter(({ key }) => !['autre-outre-mer', 'hors-de-france'].includes(key))).toHaveLength(18)
    expect(new Set(regions.map(({ key }) => key)).size).toBe(regions.length)
    expect(regions.every(({ fr, en, key }) => fr && en && /^[a-z]+(-[a-z]+)*$/.test(key) && key.length <= 40)).toBe(true)
    expect(regions.slice(0, 18).map(({ fr }) => fr)).toEqual(regions.slice(0, 18).map(({ fr }) => fr).toSorted((a, b) => a.localeCompare(b, 'fr')))
    expect(readyMade('region', 'en')).toMatchObject({ label: 'Your region', translation: { label: 'Votre région', options: { bretagne: 'Bretagne' } } })
  })
})

describe('what is sent', () => {
  test.each([{ q: { a: 1 } }, { q: ['x', 1] }, 'texte', ['a'], Object.fromEntries(Array.from({ length: 61 }, (_, n) => [`q${n}`, 1]))])('%j is no list of answers', (sent) => {
    expect(answersInput.safeParse(sent).success).toBe(false)
  })

  test('a question’s key is a word, and none that every object has', () => {
    for (const key of ['Structure', '1er', 'a b', 'constructor', 'x'.repeat(41), '-a', 'é']) {
      expect(askInput.safeParse({ questions: [{ key, label: 'Q', kind: 'short' }] }).success, key).toBe(false)
    }
    expect(askInput.safeParse({ questions: [{ key: 'en-groupe', label: 'Q', kind: 'short', required: 'on' }] }).success).toBe(true)
  })

  test('needs come in one order, each once; unknown ones are refused', () => {
    expect(accessInput.parse({ needs: ['diet', 'captions', 'diet'], words: ' ' })).toEqual({ needs: ['captions', 'diet'], words: null })
    expect(accessInput.safeParse({ needs: ['helicopter'] }).success).toBe(false)
    expect(accessInput.safeParse({ words: 'x'.repeat(601) }).success).toBe(false)
  })
})
