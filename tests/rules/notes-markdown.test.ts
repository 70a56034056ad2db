import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Block, type Inline, type Mark, type NotesDocument, passagesOf, readDocument } from '@/lib/notes/document'
import { fromMarkdown, toMarkdown } from '@/lib/notes/markdown'

/** Without ids, which text cannot carry, and with neighbours of the same marks joined. */
const bare = (document: NotesDocument): unknown => JSON.parse(JSON.stringify(document), (key, value) => (key === 'id' ? undefined : key === 'content' && Array.isArray(value) ? joined(value) : value))

function joined(content: (Inline | Block)[]) {
  return content.reduce<(Inline | Block)[]>((all, one) => {
    const last = all.at(-1)
    if (one.type === 'text' && last?.type === 'text' && JSON.stringify(one.marks) === JSON.stringify(last.marks)) return [...all.slice(0, -1), { ...last, text: last.text + one.text }]
    return [...all, one]
  }, [])
}

describe('notes as Markdown', () => {
  it('writes a long run of spaces at once', () => {
    const begun = performance.now()
    const written = toMarkdown({ type: 'doc', content: [{ type: 'paragraph', attrs: { id: 'aaaaaaaa', about: [] }, content: [{ type: 'text', text: `a${' '.repeat(100_000)}b `, marks: [{ type: 'bold' }] }] }] })
    expect(written).toBe(`**a${' '.repeat(100_000)}b**\n`)
    expect(performance.now() - begun).toBeLessThan(1000)
  })

  it('read headings, lists in lists, quotations, rules, links, bold and italic', () => {
    const written = [
      '## Ce qui a été dit', '', 'Un **mot** et un *autre*, [un lien](https://tmnlab.com).', 'La suite.', '', '- un', '  - dedans', '- deux', '', '3. trois', '4. quatre', '', '> Cité', '> encore', '', '---', '### Fin',
    ].join('\n')
    expect(bare(fromMarkdown(written))).toMatchObject({
      content: [
        { type: 'heading', attrs: { level: 2 } },
        { type: 'paragraph', content: [{ text: 'Un ' }, { text: 'mot', marks: [{ type: 'bold' }] }, { text: ' et un ' }, { text: 'autre', marks: [{ type: 'italic' }] }, { text: ', ' }, { text: 'un lien', marks: [{ type: 'link', attrs: { href: 'https://tmnlab.com' } }] }, { text: '. La suite.' }] },
        { type: 'bulletList', content: [{ content: [{ type: 'paragraph' }, { type: 'bulletList' }] }, { content: [{ type: 'paragraph' }] }] },
        { type: 'orderedList', attrs: { start: 3 }, content: [{}, {}] },
        { type: 'blockquote', content: [{ content: [{ text: 'Cité encore' }] }] },
        { type: 'horizontalRule' },
        { type: 'heading', attrs: { level: 3 } },
      ],
    })
  })

  it('make passages of the ties at a paragraph’s end, in a list and in a quotation too', () => {
    const written = 'Le dépôt. {#ia-notre-ambition/16 #donnees-culturelles}\n\n- Former {#ia-notre-ambition/3}\n\n> Dit {#formation} {#ia-notre-ambition/4}\n\nPas {#ici} mais là\n\nNi \\{#la}'
    expect(passagesOf(fromMarkdown(written)).map(({ text, about }) => [text, about])).toEqual([
      ['Le dépôt.', [{ report: 'ia-notre-ambition', number: 16 }, { theme: 'donnees-culturelles' }]],
      ['Former', [{ report: 'ia-notre-ambition', number: 3 }]],
      ['Dit', [{ theme: 'formation' }, { report: 'ia-notre-ambition', number: 4 }]],
    ])
  })

  it('take for text what is no mark-up', () => {
    for (const words of ['2 * 3 * 4', 'un_nom_de_fichier', '[x](javascript:alert(1))', '<script>alert(1)</script>', '**seul', '{#}', '#mot-dièse', '1.5 million', 'a [b] c'])
      expect(bare(fromMarkdown(words))).toMatchObject({ content: [{ type: 'paragraph', content: [{ text: words }] }] })
  })

  it('come back the same from a document to text and again', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const sane = readDocument(document)
        if (!sane.ok) throw new Error(sane.reason)
        const back = fromMarkdown(toMarkdown(sane.value))
        expect(bare(back)).toEqual(bare(sane.value))
        expect(readDocument(back).ok).toBe(true)
      }),
      { numRuns: 1500 },
    )
  })

  it('are read in time, whatever is thrown at them', () => {
    const begun = performance.now()
    for (const piece of ['[', '**a ', '*a', '_a _', '> ', '- ', '  - a\n', '[a](', '{#a} ', '\\', '***', '1. ', '[[](', '![x](', '> - ', '#'])
      expect(fromMarkdown(piece.repeat(Math.floor(200_000 / piece.length))).type).toBe('doc')
    expect(performance.now() - begun).toBeLessThan(10_000)
  })

  it('never make of any text what cannot be saved', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'*_[]()#>-1. \n\\{}aé/:!'), maxLength: 120 }), (written) => {
      expect(readDocument(fromMarkdown(written)).ok).toBe(true)
    }), { numRuns: 2000 })
  })
})

// What the editor makes: words without spaces at the edges of a block or of a mark.
const word = fc.string({ unit: fc.constantFrom(...'abé1*_[]()#>-.\\{}!«»'), minLength: 1, maxLength: 6 })
const words = fc.array(word, { minLength: 1, maxLength: 3 }).map((all) => all.join(' '))
const marks: fc.Arbitrary<Mark[]> = fc.constantFrom<Mark[]>([], [{ type: 'bold' }], [{ type: 'italic' }], [{ type: 'bold' }, { type: 'italic' }], [{ type: 'link', attrs: { href: 'https://a.fr/x' } }], [{ type: 'link', attrs: { href: 'mailto:a@b.fr' } }, { type: 'bold' }])
const inline = fc.array(fc.record({ text: words, marks }), { minLength: 1, maxLength: 4 }).map((runs) =>
  runs.flatMap(({ text, marks: own }, i): Inline[] => [...(i > 0 ? [{ type: 'text' as const, text: ' ' }] : []), { type: 'text', text, ...(own.length > 0 ? { marks: own } : {}) }]),
)
const broken = fc.array(inline, { minLength: 1, maxLength: 2 }).map((lines) => lines.flatMap((line, i): Inline[] => (i > 0 ? [{ type: 'hardBreak' }, ...line] : line)))
const about = fc.uniqueArray(fc.constantFrom({ theme: 'donnees' }, { report: 'ia', number: 16 }, { report: 'ia-et-culture', number: 3 }), { maxLength: 2 })
const attrs = about.map((list) => ({ id: '', about: list }))
const paragraphs: fc.Arbitrary<Block> = fc.record({ type: fc.constant('paragraph' as const), attrs, content: broken })
const headings: fc.Arbitrary<Block> = fc.record({ type: fc.constant('heading' as const), attrs: attrs.chain((own) => fc.constantFrom(2 as const, 3 as const).map((level) => ({ ...own, level }))), content: inline })
const { block } = fc.letrec<{ block: Block }>((tie) => {
  const item = fc.tuple(paragraphs, fc.array(tie('block'), { maxLength: 1 })).map(([first, rest]) => ({ type: 'listItem' as const, content: [first, ...rest] }))
  const list = fc.array(item, { minLength: 1, maxLength: 3 })
  return {
    block: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      paragraphs,
      headings,
      fc.constant<Block>({ type: 'horizontalRule' }),
      list.map((content): Block => ({ type: 'bulletList', content })),
      list.map((content): Block => ({ type: 'orderedList', attrs: { start: 1 }, content })),
      fc.array(tie('block'), { minLength: 1, maxLength: 2 }).map((content): Block => ({ type: 'blockquote', content })),
    ),
  }
})
const documents = fc.array(block, { minLength: 1, maxLength: 5 }).map((content): NotesDocument => ({ type: 'doc', content }))
