import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Block, type Cell, type Inline, limits, type Mark, type NotesDocument, passagesOf, readDocument, tasksOf } from '@/lib/notes/document'
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

  it('say what is to be done, by whom, until when, and what it carries on', () => {
    const written = '- [ ] Écrire au ministère\\\n  et attendre {@Anne Martin} {>2026-12-12} {^01890000-0000-7000-8000-000000000000} {#ia/16}\n\n  - d’abord l’adresse\n    - la bonne\n- [x] Relire\n- Pas une tâche\n'
    const document = fromMarkdown(written)
    expect(tasksOf(document).map(({ attrs }) => attrs)).toEqual([
      { checked: false, owner: 'Anne Martin', due: '2026-12-12', follows: '01890000-0000-7000-8000-000000000000' },
      { checked: true, owner: null, due: null, follows: null },
    ])
    expect(document.content.map(({ type }) => type)).toEqual(['taskList', 'bulletList'])
    expect(document.content[0]).toMatchObject({ content: [{ content: [{ attrs: { about: [{ report: 'ia', number: 16 }] } }, { content: [{ content: [{}, { type: 'bulletList' }] }] }] }, {}] })
    expect(bare(fromMarkdown(toMarkdown(document)))).toEqual(bare(document))
    for (const words of ['- [x](https://a.fr/b) et la suite', '- [y] non', '[ ] nu', '- a {>2026-12-12}', '- [ ] a {>2026-02-30}', '- [ ] a {@} {qui}'])
      expect(tasksOf(fromMarkdown(words)).every(({ attrs }) => attrs.due === null && attrs.owner === null)).toBe(true)
  })

  it('read tables, and who speaks', () => {
    const document = fromMarkdown('Avant\n| Qui | Quoi |\n| :-- | --: |\n| @[Anne Martin](anne-martin) | a \\| b<br>c<br><br>d {#ia/3} |\n| seule\n| x | y | z |\n\nAprès @[Un Inconnu]() et @[non](https://a.fr)')
    expect(document.content.map(({ type }) => type)).toEqual(['paragraph', 'table', 'paragraph'])
    expect(bare({ type: 'doc', content: [document.content[1]] })).toMatchObject({ content: [{ content: [
      { content: [{ type: 'tableHeader' }, { type: 'tableHeader' }] },
      { content: [{ content: [{ content: [{ type: 'speaker', attrs: { slug: 'anne-martin', name: 'Anne Martin' } }] }] }, { content: [{ content: [{ text: 'a | b' }, { type: 'hardBreak' }, { text: 'c' }] }, { attrs: { about: [{ report: 'ia', number: 3 }] } }] }] },
      { content: [{}, { content: [{ type: 'paragraph' }] }] },
      { content: [{}, { content: [{ content: [{ text: 'y | z' }] }] }] },
    ] }] })
    expect(document.content[2]).toMatchObject({ content: [{}, { type: 'speaker', attrs: { slug: null, name: 'Un Inconnu' } }, { text: ' et @' }, { text: 'non', marks: [{ type: 'link' }] }] })
    for (const words of ['a | b', '| a | b |\n| --- |\n', 'a|b\n\n-|-', '|'.repeat(43) + '\n' + '|-'.repeat(42) + '|'])
      expect(fromMarkdown(words).content.every(({ type }) => type === 'paragraph')).toBe(true)
    expect(fromMarkdown(`|a|\n|-|\n${'|b|\n'.repeat(700)}`).content.map((one) => one.type === 'table' && one.content.length)).toEqual([500, 201])
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
      { numRuns: 500 },
    )
  })

  it('are read in time, whatever is thrown at them', () => {
    const begun = performance.now()
    for (const piece of ['[', '**a ', '*a', '_a _', '*_a ', '_*a ', '|', '|-', '| a |\n|-|\n', '|-|-|\n', '- [ ] ', '- [ ] a {@b} ', '@[', '@[a](', '\\|', '<br>', '{', '}', '> ', '- ', '  - a\n', '[a](', '{#a} ', '\\', '***', '1. ', '[[](', '![x](', '> - ', '#'])
      expect(fromMarkdown(piece.repeat(Math.floor(200_000 / piece.length))).type).toBe('doc')
    expect(performance.now() - begun).toBeLessThan(10_000)
  })

  it('are read within a second or two when they are as long as they may be, and a transcript of 200 pages at once', () => {
    const transcript = Array.from({ length: 2000 }, (_, i) => `${i % 20 === 0 ? `## Partie ${i}\n\n` : ''}**Anne Martin.** ${'Ce que nous avons vu au théâtre, c’est que les données existent. '.repeat(4)}${i % 5 === 0 ? '{#ia/16}' : ''}\n\n`).join('')
    const begun = performance.now()
    const document = fromMarkdown(transcript)
    expect(performance.now() - begun).toBeLessThan(1000)
    expect([transcript.length > 500_000, document.content.length, readDocument(document).ok]).toEqual([true, 2100, true])
    for (const piece of ['|', '[', '> ', '- a\n', '|a|\n|-|\n', '*a _b ']) {
      const since = performance.now()
      fromMarkdown(piece.repeat(Math.floor(limits.bytes / piece.length)))
      expect(performance.now() - since, piece).toBeLessThan(3000)
    }
    expect(readDocument(fromMarkdown(`|${'a|'.repeat(40)}\n|${'-|'.repeat(40)}\n${'|\n'.repeat(1_000_000)}`))).toMatchObject({ ok: false, reason: 'too-big' })
  })

  it('never make of any text what cannot be saved', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'*_[]()#>-1. \n\\{}aé/:!|@x<br'), maxLength: 120 }), (written) => {
      expect(readDocument(fromMarkdown(written)).ok).toBe(true)
    }), { numRuns: 1500 })
  })
})

// What the editor makes: words without spaces at the edges of a block or of a mark.
const word = fc.string({ unit: fc.constantFrom(...'abé1*_[]()#>-.\\{}!«»|@<:x'), minLength: 1, maxLength: 6 })
const words = fc.array(word, { minLength: 1, maxLength: 3 }).map((all) => all.join(' '))
const marks: fc.Arbitrary<Mark[]> = fc.constantFrom<Mark[]>([], [{ type: 'bold' }], [{ type: 'italic' }], [{ type: 'bold' }, { type: 'italic' }], [{ type: 'link', attrs: { href: 'https://a.fr/x' } }], [{ type: 'link', attrs: { href: 'mailto:a@b.fr' } }, { type: 'bold' }])
const inline = fc.array(fc.record({ text: words, marks }), { minLength: 1, maxLength: 4 }).map((runs) =>
  runs.flatMap(({ text, marks: own }, i): Inline[] => [...(i > 0 ? [{ type: 'text' as const, text: ' ' }] : []), { type: 'text', text, ...(own.length > 0 ? { marks: own } : {}) }]),
)
const speakers: fc.Arbitrary<Inline> = fc.record({ name: fc.constantFrom('Anne Martin', 'A_b *c* [d]', '(x) @y'), slug: fc.constantFrom(null, 'anne-martin') }).map((who) => ({ type: 'speaker', attrs: who }))
const spoken = fc.tuple(fc.option(speakers), inline).map(([who, said]): Inline[] => (who ? [who, { type: 'text', text: ' ' }, ...said] : said))
const broken = fc.array(spoken, { minLength: 1, maxLength: 2 }).map((lines) => lines.flatMap((line, i): Inline[] => (i > 0 ? [{ type: 'hardBreak' }, ...line] : line)))
const about = fc.uniqueArray(fc.constantFrom({ theme: 'donnees' }, { report: 'ia', number: 16 }, { report: 'ia-et-culture', number: 3 }), { maxLength: 2 })
const attrs = about.map((list) => ({ id: '', about: list }))
const paragraphs: fc.Arbitrary<Block> = fc.record({ type: fc.constant('paragraph' as const), attrs, content: broken })
const headings: fc.Arbitrary<Block> = fc.record({ type: fc.constant('heading' as const), attrs: attrs.chain((own) => fc.constantFrom(2 as const, 3 as const).map((level) => ({ ...own, level }))), content: inline })
const facts = fc.record({ checked: fc.boolean(), owner: fc.constantFrom(null, 'Anne Martin', 'J.-P. #2 [x]'), due: fc.constantFrom(null, '2026-12-12'), follows: fc.constantFrom(null, '01890000-0000-7000-8000-000000000000') })
const cell = (type: Cell['type']): fc.Arbitrary<Cell> => fc.array(paragraphs as fc.Arbitrary<Cell['content'][0]>, { minLength: 1, maxLength: 2 }).map((content) => ({ type, attrs: { colspan: 1, rowspan: 1 }, content }))
const tables: fc.Arbitrary<Block> = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.boolean()).chain(([width, height, hasHead]) =>
  fc.tuple(...Array.from({ length: height }, (_, i) => fc.array(cell(hasHead && i === 0 ? 'tableHeader' : 'tableCell'), { minLength: width, maxLength: width }))).map((rows) => ({ type: 'table', content: rows.map((content) => ({ type: 'tableRow', content })) })),
)
const { block } = fc.letrec<{ block: Block }>((tie) => {
  const item = fc.tuple(paragraphs, fc.array(tie('block'), { maxLength: 1 })).map(([first, rest]) => ({ type: 'listItem' as const, content: [first, ...rest] }))
  const task = fc.tuple(facts, item).map(([own, { content }]) => ({ type: 'taskItem' as const, attrs: own, content }))
  const list = fc.array(item, { minLength: 1, maxLength: 3 })
  return {
    block: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      paragraphs,
      headings,
      fc.constant<Block>({ type: 'horizontalRule' }),
      list.map((content): Block => ({ type: 'bulletList', content })),
      tables,
      fc.array(task, { minLength: 1, maxLength: 3 }).map((content): Block => ({ type: 'taskList', content })),
      list.map((content): Block => ({ type: 'orderedList', attrs: { start: 1 }, content })),
      fc.array(tie('block'), { minLength: 1, maxLength: 2 }).map((content): Block => ({ type: 'blockquote', content })),
    ),
  }
})
const documents = fc.array(block, { minLength: 1, maxLength: 5 }).map((content): NotesDocument => ({ type: 'doc', content }))
