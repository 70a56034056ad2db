import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { type Block, citedBlocks, type NotesDocument, readDocument } from '@/lib/notes/document'
import { changeTo, stateOf } from '@/lib/notes/live-change'
import { childrenOf, documentOf, fragmentOf, joined, openState } from '@/lib/notes/live-document'
import { mendIds } from '@/lib/notes/live-ids'
import { snapshots } from '@/lib/notes/live-snapshot'
import { fromMarkdown } from '@/lib/notes/markdown'

const word = fc.stringMatching(/^[a-zà-ÿ’ ]{1,12}$/u)
const marks = fc.subarray([{ type: 'bold' }, { type: 'italic' }, { type: 'link', attrs: { href: 'https://x.fr/' } }])
const inline = fc.oneof(
  { weight: 6, arbitrary: fc.record({ type: fc.constant('text'), text: word, marks }) },
  { weight: 1, arbitrary: fc.constant({ type: 'hardBreak' }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('speaker'), attrs: fc.record({ slug: fc.constantFrom(null, 'anne'), name: word.map((text) => text.trim() || 'Anne') }) }) },
)
const about = fc.subarray([{ report: 'ia', number: 16 }, { theme: 'donnees' }])
const line = fc.array(inline, { maxLength: 4 })
const { block } = fc.letrec<{ block: unknown; content: unknown[] }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.record({ type: fc.constant('paragraph'), attrs: fc.record({ about }), content: line }),
    fc.record({ type: fc.constant('heading'), attrs: fc.record({ about, level: fc.constantFrom(2, 3) }), content: line }),
    fc.constant({ type: 'horizontalRule' }),
    tie('content').map((content) => ({ type: 'bulletList', content: [{ type: 'listItem', content }] })),
    tie('content').map((content) => ({ type: 'orderedList', attrs: { start: 3 }, content: [{ type: 'listItem', content: [{ type: 'paragraph' }] }, { type: 'listItem', content }] })),
    fc.tuple(tie('content'), fc.boolean()).map(([content, checked]) => ({ type: 'taskList', content: [{ type: 'taskItem', attrs: { checked, owner: checked ? 'Anne' : null, due: checked ? null : '2026-12-01', follows: null }, content }] })),
    tie('content').map((content) => ({ type: 'blockquote', content })),
    tie('content').map((content) => ({ type: 'table', content: [{ type: 'tableRow', content: [{ type: 'tableHeader', content: [{ type: 'paragraph' }] }, { type: 'tableCell', content: content.filter((one) => (one as { type: string }).type !== 'table') }] }] })),
  ),
  content: fc.array(tie('block'), { minLength: 1, maxLength: 3 }),
}))
/** Any notes, as readDocument cleans them. */
const notes = fc.array(block, { maxLength: 6 }).map((content): NotesDocument => {
  const read = readDocument({ type: 'doc', content })
  return read.ok ? read.value : fromMarkdown('')
})

const json = (document: NotesDocument) => JSON.parse(JSON.stringify(joined(document))) as NotesDocument
/** Shrinking a long way says no more, and takes minutes. */
fc.configureGlobal({ interruptAfterTimeLimit: 8_000 })

const idsOf = (document: NotesDocument) => citedBlocks(document).map(({ attrs }) => attrs.id)

describe('a document of Yjs', () => {
  it('holds any notes, and gives back the same, ids, passages and marks too', () => {
    fc.assert(fc.property(notes, (document) => void expect(documentOf(openState(stateOf(document)))).toEqual(json(document))), { numRuns: 60 })
  })

  it('becomes any other notes, and is the same when it is opened again', () => {
    fc.assert(
      fc.property(notes, notes, fc.array(fc.nat(), { maxLength: 8 }), (before, other, picks) => {
        const doc = openState(stateOf(before))
        // Some of what stood there stays, in another order.
        const kept = [...new Set(picks.map((pick) => before.content[pick % before.content.length]))]
        const wanted = readDocument({ type: 'doc', content: [...kept, ...other.content] })
        if (!wanted.ok) return
        changeTo(doc, wanted.value)
        expect(documentOf(doc)).toEqual(json(wanted.value))
        expect(documentOf(openState(Y.encodeStateAsUpdate(doc)))).toEqual(json(wanted.value))
        const again = Y.encodeStateVector(doc)
        changeTo(doc, wanted.value)
        expect(Y.encodeStateVector(doc)).toEqual(again)
      }),
      { numRuns: 40 },
    )
  })

  it('is changed where it must be and nowhere else: whoever writes in another block goes on', () => {
    const before = fromMarkdown('Un\n\nDeux\n\n- a\n- b\n\nTrois\n\nQuatre')
    const doc = openState(stateOf(before))
    const standing = new Map(childrenOf(fragmentOf(doc)).map((child, i) => [before.content[i], child]))
    const elsewhere = openState(Y.encodeStateAsUpdate(doc))
    ;((childrenOf(fragmentOf(elsewhere))[3] as Y.XmlElement).get(0) as Y.XmlText).insert(5, ' et demi')
    const [un, deux, list, trois, quatre] = before.content
    const changed = structuredClone(deux) as Block & { content: { text: string }[] }
    changed.content[0].text = 'Deux, dit Anne'
    changeTo(doc, { type: 'doc', content: [...fromMarkdown('Avant').content, un, changed, list, trois, ...fromMarkdown('Après').content, quatre] })
    const now = childrenOf(fragmentOf(doc))
    expect([now[1], now[2], now[3], now[4], now[6]]).toEqual([un, deux, list, trois, quatre].map((one) => standing.get(one)))
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(elsewhere))
    expect(documentOf(doc).content.map((one) => ('content' in one && one.content && 'text' in one.content[0] ? one.content[0].text : one.type))).toEqual(['Avant', 'Un', 'Deux, dit Anne', 'bulletList', 'Trois et demi', 'Après', 'Quatre'])
  })

  it('keeps the words of what it does not know, or where nothing can stand', () => {
    const doc = new Y.Doc()
    const el = (name: string, ...content: (Y.XmlElement | Y.XmlText)[]) => {
      const one = new Y.XmlElement(name)
      one.insert(0, content)
      return one
    }
    const tx = (text: string) => new Y.XmlText(text)
    let deep = el('blockquote', el('paragraph', tx('au fond')))
    for (let i = 0; i < 400; i++) deep = el('blockquote', deep)
    const bad = el('heading', tx('niveau'))
    bad.setAttribute('level', 'neuf')
    bad.setAttribute('onclick', 'x()')
    fragmentOf(doc).insert(0, [tx('nu'), el('iframe', el('paragraph', tx('dans un cadre')), tx('et à côté')), el('listItem', el('paragraph', tx('puce seule'))), el('bulletList', tx('sans puce'), el('paragraph', tx('ni elle'))), el('bulletList'), el('taskList', el('taskItem')), bad, el('paragraph', tx('a\0b'), el('img', tx('image'))), el('table', el('tableRow', el('tableCell', el('table', el('tableRow', el('tableCell', el('paragraph', tx('dedans')))))))), deep])
    const document = documentOf(doc)
    expect(readDocument(document)).toEqual({ ok: true, value: document })
    const text = JSON.stringify(document)
    for (const words of ['nu', 'dans un cadre', 'et à côté', 'puce seule', 'sans puce', 'ni elle', 'niveau', 'ab', 'image', 'dedans', 'au fond']) expect(text).toContain(words)
    expect(text).not.toMatch(/onclick|iframe|img"/)
    expect(documentOf(doc)).toEqual(document)
  })
})

describe('ids', () => {
  it('stay with who had them, are given once, and two who mend at once agree', () => {
    const doc = openState(stateOf(fromMarkdown('Titre\n\nSuite')))
    const held = mendIds(doc)
    const [first] = childrenOf(fragmentOf(doc)) as Y.XmlElement[]
    const id = first.getAttribute('id')
    // Enter at the beginning of a paragraph: the empty copy comes before, with the same id.
    const copy = new Y.XmlElement('paragraph')
    copy.setAttribute('id', String(id))
    fragmentOf(doc).insert(0, [copy, new Y.XmlElement('paragraph')])
    const [one, other] = [openState(Y.encodeStateAsUpdate(doc)), openState(Y.encodeStateAsUpdate(doc))]
    mendIds(doc, held)
    expect(first.getAttribute('id')).toBe(id)
    mendIds(one)
    mendIds(other)
    expect(documentOf(one)).toEqual(documentOf(other))
    expect(documentOf(one)).toEqual(documentOf(doc))
    const state = Y.encodeStateVector(doc)
    mendIds(doc, held)
    expect(Y.encodeStateVector(doc)).toEqual(state)
  })

  it('are each once after any changes of three at the same time, who then all have the same notes', () => {
    const act = fc.record({ who: fc.nat(2), at: fc.nat(20), what: fc.constantFrom('split', 'add', 'copy', 'delete', 'write', 'sync') })
    fc.assert(
      fc.property(notes, fc.array(act, { maxLength: 25 }), (document, acts) => {
        const state = stateOf(document)
        const docs = [0, 1, 2].map(() => openState(state))
        for (const { who, at, what } of acts) edit(docs, docs[who], at, what)
        for (const one of docs) for (const other of docs) Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
        mendIds(docs[0])
        mendIds(docs[1])
        for (const one of docs) for (const other of docs) Y.applyUpdate(one, Y.encodeStateAsUpdate(other))
        const all = docs.map((doc) => documentOf(doc))
        expect(all[1]).toEqual(all[0])
        expect(all[2]).toEqual(all[0])
        const ids = idsOf(all[0])
        expect(new Set(ids).size).toBe(ids.length)
        const vector = Y.encodeStateVector(docs[0])
        mendIds(docs[0])
        expect(Y.encodeStateVector(docs[0])).toEqual(vector)
      }),
      { numRuns: 50 },
    )
  })
})

it('notes taken again and again, where only what changed is read anew, are those that are read whole', () => {
  const act = fc.record({ who: fc.constant(0), at: fc.nat(20), what: fc.constantFrom('split', 'add', 'copy', 'delete', 'write') })
  fc.assert(
    fc.property(notes, fc.array(act, { maxLength: 15 }), (document, acts) => {
      const doc = openState(stateOf(document))
      const pages = snapshots(doc)
      for (const { at, what } of acts) {
        edit([doc], doc, at, what)
        expect(JSON.parse(pages.take().json)).toEqual(json(documentOf(doc)))
      }
    }),
    { numRuns: 40 },
  )
})

function edit(docs: Y.Doc[], doc: Y.Doc, at: number, what: string) {
  const root = fragmentOf(doc)
  const place = root.length === 0 ? 0 : at % root.length
  const here = root.length === 0 ? undefined : childrenOf(root)[place]
  if (what === 'sync') for (const other of docs) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other))
  else if (what === 'add') root.insert(place, [new Y.XmlElement('paragraph')])
  else if (what === 'delete' && here) root.delete(place, 1)
  else if (here instanceof Y.XmlElement && (what === 'split' || what === 'copy')) root.insert(place + (what === 'split' ? 1 : 0), [here.clone() as Y.XmlElement])
  else if (here instanceof Y.XmlElement && here.nodeName === 'paragraph') {
    const text = here.get(0)
    if (text instanceof Y.XmlText) text.insert(0, 'x')
    else here.insert(0, [new Y.XmlText('y')])
  }
}
