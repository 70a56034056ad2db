import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { citedBlocks, type NotesDocument, readDocument, textOf } from '@/lib/notes/document'
import { withIdsOf } from '@/lib/notes/kept-ids'
import { fromMarkdown, toMarkdown } from '@/lib/notes/markdown'
import { merged } from '@/lib/notes/merge'

const of = (markdown: string, base?: NotesDocument) => (base ? withIdsOf(base, fromMarkdown(markdown)) : fromMarkdown(markdown))
const together = (base: string, mine: string, theirs: string) => {
  const from = of(base)
  const { document, both } = merged(from, of(mine, structuredClone(from)), of(theirs, structuredClone(from)))
  expect(readDocument(document).ok).toBe(true)
  const ids = citedBlocks(document).map(({ attrs }) => attrs.id)
  expect(new Set(ids).size).toBe(ids.length)
  return { text: toMarkdown(document).trim(), both: both.length }
}

describe('what two made of the same notes', () => {
  it('is both when they changed, added or took away other things', () => {
    expect(together('Un\n\nDeux\n\nTrois', 'Un bis\n\nDeux\n\nTrois', 'Un\n\nDeux\n\nTrois bis')).toEqual({ text: 'Un bis\n\nDeux\n\nTrois bis', both: 0 })
    expect(together('Un\n\nDeux', 'Un\n\nMoi\n\nDeux', 'Un\n\nDeux\n\nElle')).toEqual({ text: 'Un\n\nMoi\n\nDeux\n\nElle', both: 0 })
    expect(together('Un\n\nDeux\n\nTrois', 'Un\n\nTrois', 'Un\n\nDeux\n\nTrois\n\nQuatre')).toEqual({ text: 'Un\n\nTrois\n\nQuatre', both: 0 })
    expect(together('Un\n\nDeux\n\nTrois', 'Trois\n\nUn\n\nDeux', 'Un\n\nDeux bis\n\nTrois')).toEqual({ text: 'Trois\n\nUn\n\nDeux bis', both: 0 })
    expect(together('', 'Moi', 'Elle').text).toBe('Elle\n\nMoi')
  })

  it('loses nothing when both changed the same: theirs stays, mine stands behind it, and it is said', () => {
    expect(together('Un\n\nDeux', 'Un moi\n\nDeux', 'Un elle\n\nDeux')).toEqual({ text: 'Un elle\n\nUn moi\n\nDeux', both: 1 })
    expect(together('Un\n\nDeux', 'Un pareil\n\nDeux', 'Un pareil\n\nDeux')).toEqual({ text: 'Un pareil\n\nDeux', both: 0 })
    expect(together('Un\n\nDeux\n\nTrois', 'Un\n\nTrois', 'Un\n\nDeux elle\n\nTrois').text).toBe('Un\n\nDeux elle\n\nTrois')
    expect(together('Un\n\nDeux\n\nTrois', 'Un\n\nDeux moi\n\nTrois', 'Un\n\nTrois').text).toBe('Un\n\nDeux moi\n\nTrois')
  })

  it('is brought together item by item in a list', () => {
    expect(together('- un\n- deux\n- trois', '- un moi\n- deux\n- trois', '- un\n- deux\n- trois elle\n- quatre')).toEqual({ text: '- un moi\n- deux\n- trois elle\n- quatre', both: 0 })
    expect(together('- [ ] un\n- [ ] deux', '- [x] un\n- [ ] deux', '- [ ] un\n- [ ] deux {@Anne}')).toEqual({ text: '- [x] un\n- [ ] deux {@Anne}', both: 0 })
    expect(together('- un', '- un moi', '- un elle').text).toBe('- un elle\n\n  un moi')
    expect(together('- [ ] un', '- [ ] un {@Moi}', '- [x] un elle')).toEqual({ text: '- [x] un elle {@Moi}', both: 0 })
    expect(together('Un', 'Un {#ia/16}', 'Un elle')).toEqual({ text: 'Un elle {#ia/16}', both: 0 })
    expect(together('- un\n- deux', '- deux', '- un\n- deux\n- trois').text).toBe('- deux\n- trois')
  })

  it('never loses a paragraph that either wrote, and is the other one’s where one changed nothing', () => {
    const line = fc.constantFrom('Un', 'Deux', 'Trois', '- a', '- [ ] b', '> c', '---')
    const lines = fc.array(line, { maxLength: 6 })
    fc.assert(fc.property(lines, fc.array(fc.tuple(fc.nat(8), fc.constantFrom('mien', 'reste')), { maxLength: 5 }), fc.array(fc.tuple(fc.nat(8), fc.constantFrom('sien', 'ôte')), { maxLength: 5 }), (start, one, other) => {
      const edited = (edits: [number, string][]) => edits.reduce<string[]>((all, [at, word], i) => (word === 'ôte' ? all.toSpliced(at, 1) : all.toSpliced(at, i % 2, `${word} ${i}`)), start)
      const from = of(start.join('\n\n'))
      const [mine, theirs] = [edited(one), edited(other)].map((all) => of(all.join('\n\n'), structuredClone(from)))
      const { document } = merged(from, mine, theirs)
      expect(readDocument(document).ok).toBe(true)
      const [said, before] = [document, from].map((all) => new Set(citedBlocks(all).map(textOf)))
      for (const block of [...citedBlocks(mine), ...citedBlocks(theirs)]) if (!before.has(textOf(block))) expect(said.has(textOf(block))).toBe(true)
      expect(toMarkdown(merged(from, structuredClone(from), theirs).document)).toBe(toMarkdown(theirs))
      expect(toMarkdown(merged(from, mine, structuredClone(from)).document)).toBe(toMarkdown(mine))
    }), { numRuns: 400 })
  })
})
