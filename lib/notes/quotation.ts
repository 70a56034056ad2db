import { type Block, citedBlocks, isEmpty, newBlockId, type NotesDocument, type Paragraph, type Reference, textOf } from './document'

/** What somebody keeps from the session, as it shall stand in the notes. */
export type Quoted = { text: string; signature: string | null; about: Reference[] }

const headings = { fr: 'Ce que vous en retenez', en: 'What stays with you' }

/**
 * The notes with one more quotation: behind the last of `others` (the ids of those that were added before), or else at
 * the end of the part that bears their heading, or else at the end, under that heading. `id` is its anchor.
 */
export function withQuotation(notes: NotesDocument, quoted: Quoted, { language, others = [] }: { language: string; others?: string[] }): { document: NotesDocument; id: string } {
  const taken = new Set(citedBlocks(notes).map(({ attrs }) => attrs.id))
  const block = quotationOf(quoted, newBlockId(taken))
  taken.add(block.id)
  const blocks = isEmpty(notes) ? [] : notes.content
  const place = placeIn(blocks, others)
  const content = place === null ? [...blocks, headingOf(language, newBlockId(taken)), block.quote] : blocks.toSpliced(place, 0, block.quote)
  return { document: { type: 'doc', content }, id: block.id }
}

/** One paragraph, however many lines: one anchor, one passage. */
function quotationOf({ text, signature, about }: Quoted, id: string): { quote: Block; id: string } {
  const lines = [...text.split('\n').map((line) => line.trim()).filter(Boolean), ...(signature ? [`— ${signature}`] : [])]
  const content = lines.flatMap((line, i): Paragraph['content'] & object => [...(i > 0 ? [{ type: 'hardBreak' as const }] : []), { type: 'text', text: line }])
  return { quote: { type: 'blockquote', content: [{ type: 'paragraph', attrs: { id, about }, content }] }, id }
}

const headingOf = (language: string, id: string): Block => ({
  type: 'heading',
  attrs: { id, about: [], level: 2 },
  content: [{ type: 'text', text: language === 'en' ? headings.en : headings.fr }],
})

function placeIn(blocks: Block[], others: string[]): number | null {
  const last = blocks.findLastIndex((block) => citedBlocks({ type: 'doc', content: [block] }).some(({ attrs }) => others.includes(attrs.id)))
  if (last !== -1) return last + 1
  const heading = blocks.findLastIndex((block) => block.type === 'heading' && Object.values(headings).includes(textOf(block)))
  if (heading === -1) return null
  const next = blocks.findIndex((block, i) => i > heading && block.type === 'heading')
  return next === -1 ? blocks.length : next
}
