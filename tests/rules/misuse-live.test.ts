import { getSchema } from '@tiptap/core'
import * as encoding from 'lib0/encoding'
import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { keysIn } from '@/app/[locale]/_writing/cited'
import { notesNodes } from '@/app/[locale]/_writing/nodes'
import { factsOf } from '@/app/[locale]/_writing/task'
import { citedBlocks, limits, safeHref, storedDocument, textOf } from '@/lib/notes/document'
import { changesBetween } from '@/lib/notes/changes'
import { fromMarkdown } from '@/lib/notes/markdown'
import { snapshots } from '@/lib/notes/live-snapshot'
import { readFrame, weigh } from '@/server/live-frames'

/** A change as a socket brings it. */
function read(update: Uint8Array) {
  const frame = encoding.createEncoder()
  encoding.writeVarString(frame, 'cafe')
  encoding.writeVarUint(frame, 0)
  encoding.writeVarUint(frame, 2)
  encoding.writeVarUint8Array(frame, update)
  const found = readFrame(encoding.toUint8Array(frame), 'cafe')
  return found?.kind === 'change' ? found.change : null
}

function paragraphs(count: number, words: string) {
  const doc = new Y.Doc()
  const texts = Array.from({ length: count }, () => new Y.XmlText())
  doc.getXmlFragment('default').insert(0, texts.map((text) => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.insert(0, [text])
    return paragraph
  }))
  for (const text of texts) text.insert(0, words)
  return { doc, texts }
}

describe('whoever means ill with the notes', () => {
  it('ties no control character into a link: no database takes NUL, no feed the others', () => {
    for (const sign of ['\0', '\u0001', '\u007f', '\u0085']) expect(safeHref(`https://a.fr/${sign}x`)).toBeNull()
    expect(safeHref('https://a.fr/été?q=1#œ')).toBe('https://a.fr/été?q=1#œ')
  })

  it('makes nothing unreadable by signs that take more room in JSON than on the way', () => {
    const { doc } = paragraphs(5, '"'.repeat(400_000))
    expect(read(Y.encodeStateAsUpdate(doc))!.bytes).toBeGreaterThan(4_000_000)
    const { json } = snapshots(doc).take()
    expect(citedBlocks(storedDocument(JSON.parse(json))).map((block) => textOf(block).length)).toEqual([400_000, 400_000, 400_000, 400_000, 400_000])
  })

  it('loses nobody a word of a block that is too big to keep its form', () => {
    const { doc } = paragraphs(1, '🎭"'.repeat(360_000))
    const blocks = citedBlocks(storedDocument(JSON.parse(snapshots(doc).take().json)))
    expect(blocks.map(textOf).join('')).toBe('🎭"'.repeat(360_000))
    expect(new Set(blocks.map(({ attrs }) => attrs.id)).size).toBe(blocks.length)
  })

  it('makes no hundred megabytes of one: of what would grow so, the words are kept', () => {
    const { doc, texts } = paragraphs(24, 'a'.repeat(200))
    for (const text of texts) {
      text.format(0, 200, { link: { href: `https://a.fr/${'x'.repeat(1900)}` } })
      for (let i = 0; i < 200; i += 2) text.format(i, 1, { bold: {} })
    }
    expect(read(Y.encodeStateAsUpdate(doc))!.bytes).toBeLessThan(limits.bytes / 4)
    const pages = snapshots(doc)
    expect(pages.take().bytes).toBeLessThan(20_000)
    doc.getXmlFragment('default').delete(1, 23)
    expect(pages.take().json).toContain('"bold"')
  })

  it('builds nothing deep behind what comes twice in one change', () => {
    const doc = new Y.Doc()
    let at: Y.XmlFragment = doc.getXmlFragment('default')
    for (let i = 0; i < 500; i++) {
      const quote = new Y.XmlElement('blockquote')
      at.insert(0, [quote])
      at = quote
    }
    const deep = Y.encodeStateAsUpdate(doc)
    expect(weigh(new Y.Doc(), read(deep)!).isDeep).toBe(true)
    const twice = encoding.createEncoder()
    for (const number of [2, 800, doc.clientID, 5000]) encoding.writeVarUint(twice, number)
    for (let i = 0; i < 800; i++) {
      encoding.writeUint8(twice, 4)
      encoding.writeVarUint(twice, 1)
      encoding.writeVarString(twice, 'default')
      encoding.writeVarString(twice, 'x')
    }
    encoding.writeUint8Array(twice, deep.subarray(1))
    expect(read(encoding.toUint8Array(twice))).toBeNull()
  })

  it('cuts nothing into a hundred thousand pieces by taking every second letter away', () => {
    const { doc, texts } = paragraphs(1, 'a'.repeat(100_000))
    const { client, clock } = texts[0]._start!.id
    const torn = encoding.createEncoder()
    for (const number of [0, 1, client, 50_000]) encoding.writeVarUint(torn, number)
    for (let i = 0; i < 50_000; i++) for (const number of [clock + 2 * i, 1]) encoding.writeVarUint(torn, number)
    const change = read(encoding.toUint8Array(torn))!
    expect(weigh(doc, change).cuts).toBe(99_999)
    Y.applyUpdate(doc, change.update)
    expect(weigh(doc, change).cuts).toBe(0)
    const whole = encoding.createEncoder()
    encoding.writeUint8Array(whole, Y.encodeStateAsUpdate(paragraphs(1, 'a'.repeat(100)).doc))
    expect(weigh(new Y.Doc(), read(encoding.toUint8Array(whole))!).cuts).toBe(0)
  })

  it('takes nothing away that is still to come without being counted as what waits', () => {
    const ahead = encoding.createEncoder()
    for (const number of [0, 1, 7, 1, 5, 1]) encoding.writeVarUint(ahead, number)
    expect(weigh(new Y.Doc(), read(encoding.toUint8Array(ahead))!)).toMatchObject({ news: 0, isEarly: true })
    const { doc } = paragraphs(2, 'a')
    doc.getXmlFragment('default').delete(0, 1)
    expect(weigh(new Y.Doc(), read(Y.encodeStateAsUpdate(doc))!)).toMatchObject({ isEarly: false })
  })

  it('stops nobody\'s editor by ties or tasks that are none', () => {
    for (const about of [null, 5, 'x', {}, [null], [5], [{ theme: {} }], [{ theme: { toString: 1 } }], [{ report: 'ia', number: {} }]]) expect(keysIn(about)).toEqual([])
    expect(keysIn([{ theme: 'donnees' }, { report: 'ia', number: 16 }])).toEqual(['donnees', 'ia/16'])
    const schema = getSchema(notesNodes({ signOf: (key) => ({ text: key, className: '', title: key }), sayTask: () => ({ box: '', beside: '' }) }))
    expect(() => schema.nodes.paragraph.spec.toDOM!(schema.nodes.paragraph.create({ about: 5 }))).not.toThrow()
    expect(factsOf({ attrs: { checked: 'x', owner: {}, due: '2026-99-99' } })).toEqual({ checked: false, owner: null, due: null })
  })

  it('holds no page up by an edition of which no paragraph stayed', () => {
    const written = (word: string) => fromMarkdown(Array.from({ length: 6000 }, (_, i) => `${word} ${i}`).join('\n\n'))
    const [before, after] = [written('Un'), written('Deux')]
    const began = performance.now()
    const changes = changesBetween(before, after)
    expect(performance.now() - began).toBeLessThan(2_000)
    expect(changes.map(({ is }) => is)).toEqual([...after.content.map(() => 'added'), ...before.content.map(() => 'removed')])
  })
})
