import { inks, openPdf, drawText, type Pdf, widthOf } from '@/lib/pdf'
import { type Cell, type Flow, openFlow, type Part, type Piece } from '@/lib/pdf-flow'
import { type Locale, sayDay, typo } from '@/lib/text'
import { type Block, type Inline, type NotesDocument, type Paragraph, referenceKey, type Row, textOf } from './document'

/** What a passage is about, as its mark says it: « Recommandation 16 : … ». */
export type Mark = { says: string; href: string; colour?: string }

export type EditionFacts = {
  document: NotesDocument
  title: string
  /** Of the text. */
  language: Locale
  /** Of what we say about it. */
  locale: Locale
  /** « 12 mars 2026 » */
  day: string
  authors: string
  number: number
  publishedOn: string
  changes: string | null
  licence: { name: string; href: string | null }
  /** Of this edition, for ever; a passage's is this with `#p-…` behind. */
  address: string
  /** What the text's references are, by `referenceKey`. */
  marks: Map<string, Mark>
  /** Every edition, this one too, the newest first. */
  editions: { number: number; on: string; withdrawn: boolean; href: string }[]
  demonstration: boolean
  house: string
}

const words = {
  fr: {
    over: 'Restitution', by: 'Rédaction', edition: 'Édition', licence: 'Licence', address: 'Adresse', event: 'Rendez-vous', changes: 'Ce qui change dans cette édition',
    editions: 'Éditions', edited: (number: number, on: string) => `nº ${number}, ${on}`, withdrawn: 'retirée', link: 'Lien vers ce passage', open: 'À faire', done: 'Fait', until: (day: string) => `pour le ${day}`,
    demonstration: 'Texte inventé pour la démonstration : ce rendez-vous n’a pas eu lieu.', page: (page: number) => `Page ${page}`, cited: 'Chaque passage a son adresse : le signe ¶ qui le suit.',
  },
  en: {
    over: 'Published notes', by: 'Written by', edition: 'Edition', licence: 'Licence', address: 'Address', event: 'Event', changes: 'What changes in this edition',
    editions: 'Editions', edited: (number: number, on: string) => `no. ${number}, ${on}`, withdrawn: 'withdrawn', link: 'Link to this passage', open: 'To do', done: 'Done', until: (day: string) => `by ${day}`,
    demonstration: 'Invented text, for the demonstration: this event did not take place.', page: (page: number) => `Page ${page}`, cited: 'Each passage has its address: the sign ¶ behind it.',
  },
}

const margin = 64
const muted = '#625A4E'

/**
 * An edition on paper, tagged for who listens: its bookmarks are the headings, its named places the anchors of the page
 * (`#nameddest=p-…`). Two hundred pages take about a second, in turns of one page.
 */
export async function editionPdf(facts: EditionFacts): Promise<Pdf> {
  const pdf = openPdf({ title: facts.title, author: facts.authors, language: facts.language, margin: 0, keepsPages: false })
  const flow = openFlow(pdf, { margin, language: facts.language, foot: (page) => drawFoot(pdf, facts, page) })
  await drawHead(flow, facts)
  const pen: Pen = { pdf, flow, facts, chapter: null, indent: 0 }
  for (const block of facts.document.content) await drawBlock(pen, block, flow.root)
  flow.end()
  return pdf
}

function drawFoot(pdf: Pdf, { title, number, locale, house, language }: EditionFacts, page: number) {
  const [said, y] = [words[locale], pdf.page.height - 34]
  const setting = { font: 'text', size: 8, colour: muted } as const
  const right = said.page(page)
  drawText(pdf, right, { ...setting, x: pdf.page.width - margin - widthOf(pdf, right, setting), y })
  const left = `${house} · ${cut(typo(title, language))} · ${said.edition} ${number}`
  drawText(pdf, left, { ...setting, x: margin, y })
}

const cut = (title: string) => (title.length > 70 ? `${title.slice(0, 68).trimEnd()}…` : title)

async function drawHead(flow: Flow, facts: EditionFacts) {
  const said = words[facts.locale]
  const lang = facts.locale === facts.language ? undefined : facts.locale
  await flow.text('P', flow.root, { pieces: [{ text: said.over }], font: 'text-bold', size: 10, colour: muted, lang })
  await flow.text('H1', flow.root, { pieces: [{ text: typo(facts.title, facts.language) }], font: 'head', size: 25, leading: 1.1, before: 4 })
  flow.rule(2)
  if (facts.demonstration) await flow.text('P', flow.root, { pieces: [{ text: said.demonstration }], font: 'text-italic', size: 9.5, lang })
  const rows: [string, Piece[]][] = [
    [said.event, [{ text: facts.day }]],
    [said.by, [{ text: facts.authors }]],
    [said.edition, [{ text: said.edited(facts.number, facts.publishedOn) }]],
    [said.licence, [{ text: facts.licence.name, ...(facts.licence.href ? { href: facts.licence.href } : {}) }]],
    [said.address, [{ text: facts.address, href: facts.address }]],
    ...(facts.editions.length > 1 ? [[said.editions, editionsOf(facts)] as [string, Piece[]]] : []),
    ...(facts.changes ? [[said.changes, [{ text: facts.changes }]] as [string, Piece[]]] : []),
  ]
  for (const [term, pieces] of rows) {
    const sign = facts.locale === 'fr' ? '\u00A0: ' : ': '
    await flow.text('P', flow.root, { pieces: [{ text: term + sign, font: 'text-bold' }, ...pieces], size: 9.5, lang })
  }
  await flow.text('P', flow.root, { pieces: [{ text: said.cited }], size: 9.5, colour: muted, lang })
  flow.rule(0.5)
}

function editionsOf({ editions, locale }: EditionFacts): Piece[] {
  const said = words[locale]
  return editions.flatMap(({ number, on, withdrawn, href }, i): Piece[] => [
    ...(i > 0 ? [{ text: ' ; '.replace(' ', locale === 'fr' ? '\u202F' : '') }] : []),
    { text: said.edited(number, on), href },
    ...(withdrawn ? [{ text: ` (${said.withdrawn})` }] : []),
  ])
}

type Pen = { pdf: Pdf; flow: Flow; facts: EditionFacts; chapter: PDFKit.PDFOutline | null; indent: number }

async function drawBlock(pen: Pen, block: Block, parent: Part): Promise<void> {
  const { flow, pdf, facts, indent } = pen
  switch (block.type) {
    case 'heading': {
      const text = textOf(block)
      if (text === '') return
      const isChapter = block.attrs.level === 2
      await flow.text(isChapter ? 'H2' : 'H3', parent, {
        pieces: [...piecesOf(block.content, facts), linkTo(block.attrs.id, facts)],
        font: 'head', size: isChapter ? 16 : 12.5, leading: 1.2, before: isChapter ? 18 : 12, below: 40, indent,
        begins: (y) => bookmark(pen, block.attrs.id, y, { text: typo(text, facts.language), isChapter }),
      })
      return drawMarks(pen, block, parent)
    }
    case 'paragraph': {
      if (textOf(block) === '') return
      await flow.text('P', parent, { pieces: [...piecesOf(block.content, facts), linkTo(block.attrs.id, facts)], before: 6, indent, begins: (y) => bookmark(pen, block.attrs.id, y) })
      return drawMarks(pen, block, parent)
    }
    case 'blockquote': {
      const quote = flow.part('BlockQuote', parent)
      await flow.quoted(indent, inks.ink, async () => {
        for (const one of block.content) await drawBlock({ ...pen, indent: indent + 14 }, one, quote)
      })
      return void quote.end()
    }
    case 'horizontalRule':
      return flow.rule(1.5)
    case 'table':
      await flow.table(parent, gridOf(block.content, facts), { indent })
      for (const cell of block.content.flatMap((row) => row.content.flatMap(({ content }) => content))) {
        pdf.addNamedDestination(`p-${cell.attrs.id}`, 'XYZ', 0, margin, null)
        await drawMarks(pen, cell, parent)
      }
      return
    default:
      return drawList(pen, block, parent)
  }
}

type List = Extract<Block, { type: 'bulletList' | 'orderedList' | 'taskList' }>

async function drawList(pen: Pen, list: List, parent: Part) {
  const { flow, facts } = pen
  const said = words[facts.locale]
  const element = flow.part('L', parent)
  const indent = pen.indent + (list.type === 'orderedList' ? 24 : 18)
  for (const [i, item] of list.content.entries()) {
    const one = flow.part('LI', element)
    const sign = item.type === 'taskItem' ? (item.attrs.checked ? 'done' : 'open') : list.type === 'orderedList' ? `${list.attrs.start + i}.` : '•'
    const says = item.type === 'taskItem' ? `${item.attrs.checked ? said.done : said.open} : ` : undefined
    const [first, ...more] = item.content
    const task = item.type === 'taskItem' ? [item.attrs.owner, item.attrs.due && said.until(sayDay(item.attrs.due, facts.locale, { weekday: false, year: true }))].filter(Boolean).join(', ') : ''
    const lead = first.type === 'paragraph' ? first : null
    const body = { part: one, says, text: sign }
    if (lead) {
      const pieces = [...piecesOf(lead.content, facts), ...(task ? [{ text: ` (${task})`, colour: muted }] : []), ...(textOf(lead) ? [linkTo(lead.attrs.id, facts)] : [])]
      await flow.text('LBody', one, { pieces, before: 3, indent, begins: (y) => bookmark(pen, lead.attrs.id, y) }, body)
    }
    const within = more.length > 0 || lead === null || lead.attrs.about.length > 0 ? flow.part('LBody', one) : null
    if (within) {
      if (lead) await drawMarks({ ...pen, indent }, lead, within)
      for (const block of lead ? more : item.content) await drawBlock({ ...pen, indent }, block, within)
      within.end()
    }
    one.end()
  }
  element.end()
}

function bookmark(pen: Pen, id: string, y: number, heading?: { text: string; isChapter: boolean }) {
  const { pdf } = pen
  pdf.addNamedDestination(`p-${id}`, 'XYZ', 0, y, null)
  if (!heading) return
  const options = { top: y, left: pdf.page.width, expanded: heading.isChapter } as Parameters<Pdf['outline']['addItem']>[1]
  const parent = heading.isChapter ? pdf.outline : (pen.chapter ?? pdf.outline)
  const item = parent.addItem(heading.text, options)
  if (heading.isChapter) pen.chapter = item
}

/** Under a passage stands what it is about. */
async function drawMarks({ flow, facts, indent }: Pen, block: { attrs: { about: Paragraph['attrs']['about'] } }, parent: Part) {
  for (const reference of block.attrs.about) {
    const mark = facts.marks.get(referenceKey(reference))
    if (mark) await flow.text('P', parent, { pieces: [{ text: mark.says, href: mark.href, colour: mark.colour }], font: 'text-bold', size: 8.5, indent, lang: facts.locale === facts.language ? undefined : facts.locale })
  }
}

const linkTo = (id: string, { address, locale }: EditionFacts): Piece => ({ text: '\u00A0¶', href: `${address}#p-${id}`, name: words[locale].link, colour: muted, font: 'text', bare: true })

function piecesOf(content: Inline[] = [], { language }: EditionFacts): Piece[] {
  return content.map((one): Piece => {
    if (one.type === 'hardBreak') return { text: '\n' }
    if (one.type === 'speaker') return { text: one.attrs.name, font: 'text-bold' }
    const has = (type: string) => one.marks?.some((mark) => mark.type === type)
    const link = one.marks?.find((mark) => mark.type === 'link')
    const font = has('bold') ? (has('italic') ? 'text-bold-italic' : 'text-bold') : has('italic') ? 'text-italic' : undefined
    return { text: typo(one.text, language), ...(font ? { font } : {}), ...(link ? { href: link.attrs.href, colour: inks.blue } : {}) } as Piece
  })
}

/** Which column each cell begins in, those that reach down from the rows above counted. */
function gridOf(rows: Row[], facts: EditionFacts): Cell[][] {
  const taken: number[] = []
  return rows.map((row) => {
    let column = 0
    const cells = row.content.map((cell): Cell => {
      while ((taken[column] ?? 0) > 0) column++
      const begin = column
      for (let i = 0; i < cell.attrs.colspan; i++) taken[column++] = cell.attrs.rowspan
      const pieces = cell.content.flatMap((one, i): Piece[] => [...(i > 0 ? [{ text: '\n' }] : []), ...piecesOf(one.content, facts)])
      return { head: cell.type === 'tableHeader', pieces, column: begin, span: cell.attrs.colspan }
    })
    for (let i = 0; i < taken.length; i++) taken[i] = Math.max(0, (taken[i] ?? 0) - 1)
    return cells
  })
}
