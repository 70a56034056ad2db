import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { citedBlocks, headingsOf, isEmpty, limits, type NotesDocument, type Paragraph, passagesOf, readDocument, readReference, safeHref, tasksOf, textOf } from '@/lib/notes/document'
import { aligned, withIdsOf } from '@/lib/notes/kept-ids'

const text = (words: string, marks?: unknown[]) => ({ type: 'text', text: words, ...(marks ? { marks } : {}) })
const paragraph = (words: string, attrs: object = {}) => ({ type: 'paragraph', attrs, content: [text(words)] })
const doc = (...content: unknown[]) => ({ type: 'doc', content })
const read = (sent: unknown) => {
  const outcome = readDocument(sent)
  if (!outcome.ok) throw new Error(outcome.reason)
  return outcome.value
}

describe('a document of notes', () => {
  it('keeps the ids it has, and gives one to each paragraph and heading that has none', () => {
    const document = read(doc({ type: 'heading', attrs: { level: 2, id: 'abcdefgh' }, content: [text('Titre')] }, paragraph('Un'), paragraph('Deux', { id: 'abcdefgh' })))
    const ids = citedBlocks(document).map((block) => block.attrs.id)
    expect(ids[0]).toBe('abcdefgh')
    expect(new Set(ids).size).toBe(3)
    expect(ids.every((id) => /^[a-z2-7]{8}$/.test(id))).toBe(true)
    expect(read(document)).toEqual(document)
  })

  it('knows its passages and its table of contents', () => {
    const about = [{ report: 'ia', number: 16 }, { theme: 'donnees' }, { report: 'ia', number: 16 }, { report: 'IA', number: 2 }, { report: 'ia', number: 0 }, { theme: 'a/3' }, 'x', null]
    const document = read(doc({ type: 'heading', attrs: { level: 3 }, content: [text('Ensuite')] }, { type: 'blockquote', content: [paragraph('Cité', { id: 'citation', about })] }))
    expect(passagesOf(document)).toEqual([{ id: 'citation', text: 'Cité', about: [{ report: 'ia', number: 16 }, { theme: 'donnees' }] }])
    expect(headingsOf(document)).toMatchObject([{ level: 3, text: 'Ensuite' }])
  })

  it('refuses nodes that it does not know, and nodes where they cannot stand', () => {
    for (const bad of [
      null, 7, 'doc', [], {}, { type: 'doc', content: {} }, doc({ type: 'script', content: [text('alert(1)')] }), doc({ type: 'image', attrs: { src: 'x' } }), doc(text('loose')),
      doc({ type: 'bulletList', content: [] }), doc({ type: 'bulletList', content: [paragraph('x')] }), doc({ type: 'listItem', content: [paragraph('x')] }),
      doc({ type: 'paragraph', content: [{ type: 'paragraph' }] }), doc({ type: 'paragraph', content: [{ type: 'text', text: { toString: 'x' } }] }), doc(null), doc([doc()]), { __proto__: { type: 'doc' } },
    ]) expect(readDocument(bad)).toEqual({ ok: false, reason: 'malformed' })
  })

  it('keeps the words and drops what would run: unsafe links, foreign marks, foreign attributes', () => {
    const marks = [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }, { type: 'bold', attrs: { onclick: 'x' } }, { type: 'blink' }]
    const hostile = JSON.parse(`{"type":"doc","__proto__":{"polluted":1},"content":[{"type":"paragraph","attrs":{"id":"aaaaaaaa","style":"x","__proto__":{"x":1},"constructor":{"prototype":{"y":1}}},"content":[{"type":"text","text":"ici"}]}]}`)
    hostile.content[0].content[0].marks = marks
    expect(read(hostile)).toEqual({ type: 'doc', content: [{ type: 'paragraph', attrs: { id: 'aaaaaaaa', about: [] }, content: [{ type: 'text', text: 'ici', marks: [{ type: 'bold' }] }] }] })
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it.each(['javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' https://x.fr', 'java\nscript:x', 'data:text/html,x', '//evil.example', '/local', 'https://', 'vbscript:x', 'https://a b', 'http://x"onclick', 'mailto:', 'ftp://x.fr', 'https://x\\y'])(
    'takes %j for no link',
    (href) => expect(safeHref(href)).toBeNull(),
  )
  it.each(['https://tmnlab.com/a?b=c#d', 'http://localhost:3000/', 'mailto:anne@theatre.fr', 'https://fr.wikipedia.org/wiki/Théâtre_(art)'])('takes %s for a link', (href) => expect(safeHref(href)).toBe(href))

  it('is not felled by ten thousand levels, a megabyte, or a million empty nodes', () => {
    let deep: unknown = paragraph('fond')
    for (let i = 0; i < 10_000; i++) deep = { type: 'blockquote', content: [deep] }
    expect(readDocument(doc(deep))).toEqual({ ok: false, reason: 'too-deep' })
    expect(readDocument(doc(paragraph('x'.repeat(limits.bytes))))).toEqual({ ok: false, reason: 'too-big' })
    expect(readDocument(doc(paragraph('é'.repeat(limits.bytes / 2))))).toEqual({ ok: false, reason: 'too-big' })
    expect(readDocument({ type: 'doc', content: Array.from({ length: 1_000_000 }, () => ({ type: 'paragraph' })) })).toEqual({ ok: false, reason: 'too-big' })
    expect(readDocument(doc(paragraph('x'.repeat(2_000_000)))).ok).toBe(true)
  })

  it('refuses NUL and lone surrogates, and turns other control characters into spaces', () => {
    expect(readDocument(doc(paragraph('a\0b')))).toEqual({ ok: false, reason: 'not-text' })
    expect(readDocument(doc(paragraph('a\uD800b')))).toEqual({ ok: false, reason: 'not-text' })
    expect(textOf(citedBlocks(read(doc(paragraph('a\u0007b\nc\u202Ed'))))[0])).toBe('a b cd')
  })

  it('is never without a paragraph, also in an item or a quotation', () => {
    expect(read(doc()).content).toMatchObject([{ type: 'paragraph' }])
    expect(read(doc({ type: 'bulletList', content: [{ type: 'listItem' }] }, { type: 'blockquote' })).content).toMatchObject([
      { content: [{ content: [{ type: 'paragraph' }] }] },
      { content: [{ type: 'paragraph' }] },
    ])
    expect(isEmpty(read(doc()))).toBe(true)
    expect(isEmpty(read(doc(paragraph(' . '))))).toBe(false)
  })

  it('takes tasks, tables and who speaks, and of them only what is said of such', () => {
    const task = (attrs: object) => ({ type: 'taskList', content: [{ type: 'taskItem', attrs, content: [paragraph('Écrire')] }] })
    const facts = { checked: true, owner: 'Anne Martin', due: '2026-12-12', follows: '01890000-0000-7000-8000-000000000000' }
    expect(tasksOf(read(doc(task({ ...facts, onclick: 'x' }))))[0].attrs).toEqual(facts)
    expect(tasksOf(read(doc(task({ checked: 'yes', owner: ' @{\n} ', due: '2026-02-30', follows: '../x' }))))[0].attrs).toEqual({ checked: false, owner: null, due: null, follows: null })
    const cell = (content: unknown[], attrs: object = {}) => ({ type: 'tableCell', attrs, content })
    const table = (...rows: unknown[][]) => doc({ type: 'table', content: rows.map((content) => ({ type: 'tableRow', content })) })
    expect(read(table([cell([{ type: 'bulletList', content: [{ type: 'listItem', content: [paragraph('a'), { type: 'heading', content: [text('b')] }] }] }], { colspan: 2, rowspan: -1, style: 'x' })])).content).toMatchObject([
      { content: [{ content: [{ attrs: { colspan: 2, rowspan: 1 }, content: [{ type: 'paragraph', content: [{ text: 'a' }] }, { type: 'paragraph', content: [{ text: 'b' }] }] }] }] },
    ])
    expect(readDocument(table([cell([table([cell([])]).content[0]])]))).toEqual({ ok: false, reason: 'malformed' })
    expect(readDocument(table(Array.from({ length: 41 }, () => cell([]))))).toEqual({ ok: false, reason: 'too-big' })
    expect(readDocument(table(...Array.from({ length: 501 }, () => [])))).toEqual({ ok: false, reason: 'too-big' })
    expect(readDocument(table(...Array.from({ length: 500 }, () => [cell([])]))).ok).toBe(true)
    const speaker = (attrs: object) => read(doc({ type: 'paragraph', content: [text('Dit '), { type: 'speaker', attrs }] })).content[0]
    expect(speaker({ slug: 'anne-martin', name: 'Anne\nMartin ', id: 7 })).toMatchObject({ content: [{ text: 'Dit ' }, { type: 'speaker', attrs: { slug: 'anne-martin', name: 'Anne Martin' } }] })
    expect(speaker({ slug: '../x', name: 'Anne' })).toMatchObject({ content: [{}, { attrs: { slug: null } }] })
    expect(textOf(speaker({ slug: null, name: 'Anne' }) as Paragraph)).toBe('Dit Anne')
    expect((speaker({ slug: 'x', name: '' }) as Paragraph).content).toHaveLength(1)
  })

  it('sees through lists, tasks, tables and quotations', () => {
    const inCell = { type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableHeader', content: [paragraph('Dans une case', { id: 'dans0001', about: [{ theme: 'donnees' }] })] }] }] }
    const inTask = { type: 'taskList', content: [{ type: 'taskItem', content: [paragraph('À faire', { id: 'faire001', about: [{ report: 'ia', number: 16 }] }), { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph('Dessous', { id: 'dessous1' })] }] }] }] }
    const document = read(doc({ type: 'blockquote', content: [inTask] }, inCell))
    expect(citedBlocks(document).map(({ attrs }) => attrs.id)).toEqual(['faire001', 'dessous1', 'dans0001'])
    expect(passagesOf(document).map(({ id }) => id)).toEqual(['faire001', 'dans0001'])
    expect(tasksOf(document)).toHaveLength(1)
    expect(isEmpty(document)).toBe(false)
  })

  it('reads references as they are written', () => {
    expect(readReference('ia-notre/16')).toEqual({ report: 'ia-notre', number: 16 })
    expect(readReference('donnees')).toEqual({ theme: 'donnees' })
    for (const bad of ['', 'A', 'a/0', 'a/1001', 'a/1/2', '../x', 'a/-1', 'a'.repeat(81)]) expect(readReference(bad)).toBeNull()
  })
})

describe('notes written again as text', () => {
  const of = (...words: string[]) => read(doc(...words.map((one) => paragraph(one))))
  const ids = (document: NotesDocument) => citedBlocks(document).map((block) => block.attrs.id)

  it('keep the ids of the words that stayed, and of what was reworded between them', () => {
    const before = of('Un', 'Deux', 'Trois', 'Quatre')
    const [one, two, three, four] = ids(before)
    expect(ids(withIdsOf(before, of('Un', 'Deux bis', 'Trois', 'Quatre')))).toEqual([one, two, three, four])
    const [first, added, ...rest] = ids(withIdsOf(before, of('Un', 'Neuf', 'Deux', 'Trois', 'Quatre')))
    expect([first, ...rest]).toEqual([one, two, three, four])
    expect([one, two, three, four]).not.toContain(added)
    expect(ids(withIdsOf(before, of('Deux', 'Quatre')))).toEqual([two, four])
    expect(new Set(ids(withIdsOf(before, of('Un', 'Un', 'Un')))).size).toBe(3)
    expect(ids(withIdsOf(of('Seul'), of('Autre')))).toHaveLength(1)
  })

  it('keep the ids of what was moved', () => {
    const before = of('Un', 'Deux', 'Trois', 'Quatre')
    const [one, two, three, four] = ids(before)
    expect(ids(withIdsOf(before, of('Quatre', 'Un', 'Deux', 'Trois')))).toEqual([four, one, two, three])
  })

  it('keep the id of a mended paragraph when the one beside it goes, or another comes', () => {
    const before = of('Ce qui reste.', 'Ce qui s’en va.', 'Ce qui est corigé.')
    const [stays, , mended] = ids(before)
    expect(ids(withIdsOf(before, of('Ce qui reste.', 'Ce qui est corrigé.')))).toEqual([stays, mended])
    const titles = of('Bonjor', 'La suite')
    expect(ids(withIdsOf(titles, of('Un mot avant', 'Bonjour'))).at(1)).toBe(ids(titles)[0])
    expect(ids(titles)).not.toContain(ids(withIdsOf(titles, of('Rien de pareil')))[0])
  })

  it('keep the ids of all that was mended, whatever was taken away, added or moved around it', () => {
    const said = ['les théâtres', 'une salle', 'la recommandation', 'le public', 'notre équipe'] as const
    const words = (i: number, from = '') => `${said[i % 5]} ${from}${i} parle de chose${i} et de raison${i}, avec voix${i} ou sans elle`
    fc.assert(fc.property(fc.array(fc.constantFrom('stays', 'goes', 'mended', 'longer', 'new behind'), { minLength: 1, maxLength: 40 }), fc.boolean(), (fates, isTurned) => {
      const before = of(...fates.map((_, i) => words(i)))
      const was = ids(before)
      const after = fates.flatMap((fate, i): { text: string; id?: string }[] => {
        if (fate === 'goes') return []
        const text = fate === 'mended' ? words(i).replace('parle de', 'parlait d’une') : fate === 'longer' ? `Vraiment ${words(i)}, dit-on` : words(i)
        return [{ text, id: was[i] }, ...(fate === 'new behind' ? [{ text: words(i, 'ajout').replaceAll(String(i), `neuf${i}`) }] : [])]
      })
      if (after.length === 0) return
      const turned = isTurned ? after.toReversed() : after
      const is = ids(withIdsOf(before, of(...turned.map(({ text }) => text))))
      expect(new Set(is).size).toBe(is.length)
      turned.forEach(({ id }, i) => id && expect(is[i]).toBe(id))
    }))
  })

  it('are compared in time, however alike their paragraphs are', () => {
    const begun = performance.now()
    const same = Array.from({ length: 30_000 }, () => 'Oui')
    expect(aligned(same, ['Non', ...same]).filter((one) => one === undefined)).toHaveLength(1)
    const every = Array.from({ length: 30_000 }, (_, i) => (i % 2 ? `${i}` : 'Oui'))
    expect(aligned(every, every.toReversed())).toHaveLength(30_000)
    const alike = (mended: string) => Array.from({ length: 5000 }, (_, i) => `Paragraphe ${i} ${'un mot de plus '.repeat(7)}${mended}`)
    expect(aligned(alike('écrit ici.'), alike('écrit là.').slice(1)).filter((one) => one === undefined).length).toBeLessThan(5000)
    expect(performance.now() - begun).toBeLessThan(2000)
  })
})
