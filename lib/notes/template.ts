import { type Block, citedBlocks, type Inline, isEmpty, newBlockId, type NotesDocument, type Paragraph, type Reference, textOf } from './document'
import { fromMarkdown } from './markdown'

/** What is known of a session before its notes begin. */
export type Facts = {
  language: string
  title: string
  /** As it is said: « jeudi 14 janvier 2027 ». */
  day: string
  speakers: { slug: string; name: string }[]
  questions: { text: string; votes: number }[]
  /** What earlier sessions left to do. */
  followUps: { id: string; text: string; owner: string | null; due: string | null; about: Reference[] }[]
}

/** Proposed where a series has no template of its own. `{…}` is filled in when notes begin. */
export const proposedTemplate = {
  fr: '{title}, {date}. Avec {speakers}.\n\n## Tour de table\n\n## Questions préparées\n\n{questions}\n\n## À retenir\n\n## Ressources\n\n## Suites à donner\n\n{follow-ups}\n\n## À faire\n\n- [ ] Première chose à faire\n',
  en: '{title}, {date}. With {speakers}.\n\n## Around the table\n\n## Prepared questions\n\n{questions}\n\n## To remember\n\n## Resources\n\n## Still to do\n\n{follow-ups}\n\n## To do\n\n- [ ] First thing to do\n',
}

const headings = { fr: { questions: 'Questions préparées', 'follow-ups': 'Suites à donner' }, en: { questions: 'Prepared questions', 'follow-ups': 'Still to do' } }
const voices = { fr: (votes: number) => ` (${votes} voix)`, en: (votes: number) => ` (${votes} ${votes === 1 ? 'vote' : 'votes'})` }

/**
 * The notes as they begin: the template with its `{title}`, `{date}` and `{speakers}` filled in, and in place of
 * `{questions}` and `{follow-ups}`, each a paragraph of its own, what people prepared and what earlier sessions left
 * open. What the template gives no place stands at its end, under a heading. Where there is neither template nor
 * anything to say, nothing begins: null.
 */
export function begun(template: string | null, facts: Facts): NotesDocument | null {
  const language = facts.language === 'en' ? 'en' : 'fr'
  const parts = { questions: questionsOf(facts, language), 'follow-ups': followUpsOf(facts) }
  const written = template ? fromMarkdown(template).content : []
  const places = (['questions', 'follow-ups'] as const).map((name) => ({ name, isPlaced: written.some((block) => isPlace(block, name)) }))
  const content = written.flatMap((block) => {
    const place = places.find(({ name }) => isPlace(block, name))
    return place ? parts[place.name] : [filled(block, facts)]
  })
  for (const { name, isPlaced } of places) if (!isPlaced && parts[name].length > 0) content.push(heading(headings[language][name]), ...parts[name])
  const document: NotesDocument = { type: 'doc', content }
  return content.length === 0 || isEmpty(document) ? null : document
}

const isPlace = (block: Block, name: string) => block.type === 'paragraph' && textOf(block) === `{${name}}`

function questionsOf({ questions }: Facts, language: 'fr' | 'en'): Block[] {
  if (questions.length === 0) return []
  return [{ type: 'orderedList', attrs: { start: 1 }, content: questions.map(({ text, votes }) => ({ type: 'listItem', content: [paragraph(`${text}${votes > 0 ? voices[language](votes) : ''}`)] })) }]
}

function followUpsOf({ followUps }: Facts): Block[] {
  if (followUps.length === 0) return []
  return [{ type: 'taskList', content: followUps.map(({ id, text, owner, due, about }) => ({ type: 'taskItem', attrs: { checked: false, owner, due, follows: id }, content: [paragraph(text, about)] })) }]
}

const paragraph = (text: string, about: Reference[] = []): Paragraph => ({
  type: 'paragraph',
  attrs: { id: newBlockId(), about },
  content: text.split('\n').flatMap((line, i): Inline[] => [...(i > 0 ? [{ type: 'hardBreak' as const }] : []), ...(line ? [{ type: 'text' as const, text: line }] : [])]),
})

const heading = (text: string): Block => ({ type: 'heading', attrs: { id: newBlockId(), about: [], level: 2 }, content: [{ type: 'text', text }] })

function filled(block: Block, facts: Facts): Block {
  for (const one of citedBlocks({ type: 'doc', content: [block] })) if (one.content) one.content = one.content.flatMap((inline) => (inline.type === 'text' ? filledText(inline, facts) : [inline]))
  return block
}

function filledText(one: Extract<Inline, { type: 'text' }>, { title, day, speakers }: Facts): Inline[] {
  const named = speakers.flatMap(({ slug, name }, i): Inline[] => [...(i > 0 ? [{ ...one, text: ', ' }] : []), { type: 'speaker', attrs: { slug, name } }])
  const pieces = one.text.split(/(\{title\}|\{date\}|\{speakers\})/)
  return pieces.flatMap((piece): Inline[] => {
    if (piece === '{speakers}') return named.length > 0 ? named : [{ ...one, text: '…' }]
    const text = piece === '{title}' ? title : piece === '{date}' ? day : piece
    return text === '' ? [] : [{ ...one, text }]
  })
}
