import { done, type Outcome, refused } from '@/lib/outcome'
import { citedBlocks, headingsOf, isEmpty, passagesOf, readDocument, tasksOf } from './document'
import { type Dropped, fromHtml } from './html'
import { fromMarkdown, toMarkdown } from './markdown'

/** What would come in, before it does. `markdown` is the whole of it. */
export type Preview = { markdown: string; headings: { level: number; text: string }[]; paragraphs: number; passages: number; tasks: number; tables: number; dropped: Dropped }

const nothing: Dropped = { pictures: 0, embedded: 0, scripts: 0, links: 0 }

/** Looks at notes that were written elsewhere: HTML where they look like it, else Markdown. Refusals: `too-long`, `too-deep`, `not-text`, `malformed`, `required`. */
export function previewOf(text: string, isHtml = /^\s*(<!doctype html|<(html|head|body|h[1-6]|p|div|ul|ol|table|meta|article|section|span|b|blockquote)[\s>])/i.test(text)): Outcome<Preview, 'too-long' | 'too-deep' | 'not-text' | 'malformed' | 'required'> {
  const imported = isHtml ? fromHtml(text) : done({ document: fromMarkdown(text), dropped: { ...nothing, pictures: text.match(/!\[/g)?.length ?? 0 } })
  if (!imported.ok) return refused(imported.reason === 'too-big' ? 'too-long' : imported.reason)
  const { document, dropped } = imported.value
  const read = readDocument(document)
  if (!read.ok) return refused(read.reason === 'too-big' ? 'too-long' : read.reason)
  if (isEmpty(read.value)) return refused('required')
  const { content } = read.value
  return done({
    markdown: toMarkdown(read.value),
    headings: headingsOf(read.value).slice(0, 200),
    paragraphs: citedBlocks(read.value).filter(({ type }) => type === 'paragraph').length,
    passages: passagesOf(read.value).length,
    tasks: tasksOf(read.value).length,
    tables: content.filter(({ type }) => type === 'table').length,
    dropped,
  })
}
