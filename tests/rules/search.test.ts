import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { distance, excerptOf, meant, numbersIn, plain, tokensOf, wordsIn } from '@/lib/search/rules'

describe('what was typed', () => {
  test.each([
    ['L’Œuvre d’art', ['oeuvre', 'art']],
    ["l'œuvre", ['oeuvre']],
    ['qu’est-ce que l’IA', ['ia']],
    ['Théâtres & « publics »', ['theatres', 'publics']],
    ['recommandation n° 16', ['recommandation', '16']],
    ['le', ['le']],
    ["café:* | !thé <-> ('x') \\ %_", ['cafe', 'x']],
    ['un deux trois quatre cinq six sept huit neuf dix onze', ['deux', 'trois', 'quatre', 'cinq', 'six', 'sept', 'huit', 'neuf']],
    ['\0\u202E', []],
  ])('%j is looked for as %j', (typed, words) => {
    expect(wordsIn(typed)).toEqual(words)
  })

  test('is never more than eight words of letters and figures, whatever it is', () => {
    const typed = fc.oneof(fc.string({ unit: 'binary', maxLength: 80 }), fc.string({ maxLength: 200 }))
    fc.assert(fc.property(typed, (one) => wordsIn(one).length <= 8 && wordsIn(one).every((word) => /^[\p{L}\p{N}]{1,40}$/u.test(word))), { numRuns: 50 })
  })

  test('may hold numbers of recommendations', () => {
    expect(numbersIn(['recommandation', '16', '0', '1001', '007', '1000'])).toEqual([16, 1000])
  })
})

describe('an excerpt', () => {
  test('marks the words in their place, written as they are', () => {
    expect(excerptOf('Les Théâtres et l’œuvre', new Set(['theatres', 'oeuvre']))).toEqual([
      { text: 'Les ', hit: false }, { text: 'Théâtres', hit: true }, { text: ' et l’', hit: false }, { text: 'œuvre', hit: true },
    ])
  })

  test('of a long text stands around the first of them and is cut between words', () => {
    const runs = excerptOf(`${'avant '.repeat(200)}trouvé ${'après '.repeat(200)}`, new Set(['trouve']))
    expect(runs.filter(({ hit }) => hit)).toEqual([{ text: 'trouvé', hit: true }])
    expect(plain(runs)).toMatch(/^… (avant )+trouvé (après )+…$/)
    expect(plain(runs).length).toBeLessThan(260)
  })

  test('loses nothing of a short text, whatever it is', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 120 }), (text) => {
      const hits = new Set(tokensOf(text).slice(0, 2).map(({ token }) => token))
      expect(excerptOf(text, hits, 4000).map((run) => run.text).join('')).toBe(text.replace(/\s+/g, ' '))
    }), { examples: [['a b'], ['<b>x</b>']] })
  })
})

describe('a mistyped word', () => {
  const written = ['recommandation', 'responsable', 'theatre', 'theatres', 'achat'].map((word) => ({ word }))
  test.each([['recomandation', 'recommandation'], ['respnsable', 'responsable'], ['thaetre', 'theatre'], ['recomm', 'recommandation'], ['zzz', null]])('%s was meant as %s', (typed, word) => {
    expect(meant(typed, written)?.word ?? null).toBe(word)
  })

  test('is as far from another as that one is from it', () => {
    fc.assert(fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (a, b) => distance(a, b, 12) === distance(b, a, 12)))
    expect(distance('abcd', 'acbd', 3)).toBe(1)
  })
})
