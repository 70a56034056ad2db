import { describe, expect, it } from 'vitest'
import { changesBetween, countChanges, wordsBetween } from '@/lib/notes/changes'
import { citedBlocks, type NotesDocument } from '@/lib/notes/document'
import { fromMarkdown } from '@/lib/notes/markdown'
import { numbersNamed, reviewOf } from '@/lib/notes/review'
import { proposedAuthors } from '@/lib/notes/rules'

/** Ids by the order of reading: a, b, c … */
function noted(markdown: string, ids = 'abcdefghij'): NotesDocument {
  const document = fromMarkdown(markdown)
  citedBlocks(document).forEach((block, i) => (block.attrs.id = ids[i]))
  return document
}

describe('what changed between two editions', () => {
  it('is told by the ids of the blocks: added, gone, worded otherwise, moved', () => {
    const older = noted('Un.\n\nDeux mots ici.\n\nTrois.\n\nQuatre.', 'abcd')
    const newer = noted('Quatre.\n\nUn.\n\nDeux mots là.\n\nCinq.', 'dabe')
    expect(changesBetween(older, newer)).toEqual([
      { id: 'd', is: 'moved', after: 'Quatre.' },
      { id: 'b', is: 'changed', words: [{ is: 'same', text: 'Deux mots ' }, { is: 'removed', text: 'ici' }, { is: 'added', text: 'là' }, { is: 'same', text: '.' }], ties: null, form: false },
      { id: 'e', is: 'added', after: 'Cinq.' },
      { id: 'c', is: 'removed', before: 'Trois.' },
    ])
    expect(countChanges(changesBetween(older, newer))).toEqual({ added: 1, removed: 1, changed: 1, moved: 1 })
    expect(changesBetween(newer, newer)).toEqual([])
  })

  it('sees ties, headings, marks and tasks that changed under the same words', () => {
    expect(changesBetween(noted('Un. {#ia/16}'), noted('Un. {#ia/17}'))).toMatchObject([{ is: 'changed', ties: { before: ['ia/16'], after: ['ia/17'] }, form: false, words: [{ is: 'same', text: 'Un.' }] }])
    expect(changesBetween(noted('Un'), noted('## Un'))).toMatchObject([{ is: 'changed', form: true, ties: null }])
    expect(changesBetween(noted('Un'), noted('**Un**'))).toMatchObject([{ is: 'changed', form: true }])
    expect(changesBetween(noted('- [ ] Écrire'), noted('- [x] Écrire'))).toMatchObject([{ is: 'changed', form: true }])
  })

  it('is not slow on long paragraphs, which then stand beside each other whole', () => {
    const long = (word: string) => Array.from({ length: 4000 }, (_, i) => `${word}${i}`).join(' ')
    const begun = performance.now()
    expect(wordsBetween(long('a'), long('b')).map(({ is }) => is)).toEqual(['removed', 'added'])
    expect(performance.now() - begun).toBeLessThan(500)
  })

  it('puts the two texts back together', () => {
    const [before, after] = ['Le dépôt des données, dit-elle, se négocie.', 'Le dépôt de nos données se négocie vraiment.']
    const words = wordsBetween(before, after)
    expect(words.filter(({ is }) => is !== 'added').map(({ text }) => text).join('')).toBe(before)
    expect(words.filter(({ is }) => is !== 'removed').map(({ text }) => text).join('')).toBe(after)
  })
})

describe('numbers that a text names', () => {
  it.each([
    ['La recommandation 17 propose', [17]],
    ['la recommandation n° 17', [17]],
    ['la Recommandation nº17 et la R16', [17, 16]],
    ['recommandations 16, 17 et 18', [16, 17, 18]],
    ['les recommandations n° 3 et n° 5', [3, 5]],
    ['the recommendation 17, see also recommendation no. 4', [17, 4]],
    ['reco 12', [12]],
    ['la recommandation dix-sept, puis la recommandation vingt et une', [17, 21]],
    ['recommendation twenty-two', [22]],
    ['la recommandation 17\u00A0% des voix', []],
    ['A4, R2D2, 17 recommandations, rue R, R 1234', []],
    ['recommandation 3,5 fois', []],
    ['recommandation de dix personnes', []],
  ])('%s', (text, numbers) => expect(numbersNamed(text)).toEqual(numbers))
})

describe('what is looked at before an edition leaves', () => {
  const known = { reports: [{ slug: 'ia', numbers: Array.from({ length: 25 }, (_, i) => i + 1) }], targets: new Set(['ia/16', 'ia/17', 'donnees']) }
  const found = (markdown: string) => reviewOf(noted(markdown), known).map(({ excerpt: _, ...one }) => one)

  it('says where the text names another recommendation than the paragraph is tied to', () => {
    expect(found('La recommandation 17. {#ia/16}')).toEqual([{ id: 'a', is: 'number-elsewhere', number: 17, report: 'ia', tied: [16] }])
    expect(found('Le n° 4, puis la R17.')).toEqual([{ id: 'a', is: 'number-untied', number: 17, report: 'ia', tied: [] }])
    expect(found('La recommandation 17. {#donnees}')).toEqual([{ id: 'a', is: 'number-untied', number: 17, report: 'ia', tied: [] }])
    expect(found('La recommandation 31. {#ia/16}')).toEqual([{ id: 'a', is: 'number-beyond', number: 31, report: 'ia' }])
    expect(found('Les recommandations 16 et 17. {#ia/16 #ia/17}')).toEqual([])
  })

  it('says what is empty, alone, unowned, or tied to nothing', () => {
    expect(found('## Seul\n\n## Suivi\n\n### Dessous\n\nTexte.')).toEqual([{ id: 'a', is: 'heading-alone' }])
    expect(found('Un. {#ia/99}')).toMatchObject([{ id: 'a', is: 'unknown-reference', key: 'ia/99' }])
    const empty = noted('Un. {#ia/16}\n\n## Deux')
    for (const block of citedBlocks(empty)) delete block.content
    expect(reviewOf(empty, known).map(({ is }) => is)).toEqual(['passage-empty', 'heading-empty'])
    expect(found('- [ ] Écrire au ministère\n- [x] Fini')).toEqual([{ id: 'a', is: 'task-unowned' }])
  })
})

it('authors are those who wrote, each once, or whoever publishes', () => {
  expect(proposedAuthors([{ name: 'Anne' }, { name: ' Zoé ' }, { name: 'Anne' }], 'Camille')).toBe('Anne, Zoé')
  expect(proposedAuthors([], 'Camille')).toBe('Camille')
  expect(proposedAuthors(Array.from({ length: 200 }, (_, i) => ({ name: `Personne ${i}` })), 'x').length).toBeLessThanOrEqual(300)
})
