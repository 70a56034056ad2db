import type { ReactNode } from 'react'
import { classNames } from '@/app/_ui/class-names'
import { Prose } from '@/app/_ui/prose'
import type { Locale } from '@/i18n/routing'
import type { Block, Inline, NotesDocument, Targets } from '@/lib/notes/queries'
import { typo } from '@/lib/text'
import { AboutTags, tagsOf } from './about-tags'
import nodes from './document-nodes.module.css'
import styles from './restitution.module.css'
import { TableView, TaskItemView } from './task-and-table'

interface Means {
  targets: Targets
  locale: Locale
  /** Of the text: French gets its fine spaces. */
  language: Locale
  words: { permalink: string; about: string }
}

/** An edition's text as elements, block by block: nothing of it is ever taken for HTML. */
export function DocumentView({ document, lang, ...means }: Means & { document: NotesDocument; lang?: string }) {
  return <Prose lang={lang}>{document.content.map((block, place) => <BlockView key={place} block={block} {...means} />)}</Prose>
}

function BlockView({ block, ...means }: Means & { block: Block }): ReactNode {
  const inside = (blocks: Block[]) => blocks.map((one, place) => <BlockView key={place} block={one} {...means} />)
  switch (block.type) {
    case 'heading': {
      const Heading = `h${block.attrs.level}` as const
      return (
        <div className={classNames(styles.block, block.attrs.level === 2 ? styles.head : styles.subhead)} id={`p-${block.attrs.id}`}>
          <Heading><Inlines content={block.content} {...means} /><Permalink block={block} {...means} /></Heading>
          <Tags block={block} {...means} />
        </div>
      )
    }
    case 'paragraph':
      return (
        <div className={styles.block} id={`p-${block.attrs.id}`}>
          <p><Inlines content={block.content} {...means} /><Permalink block={block} {...means} /></p>
          <Tags block={block} {...means} />
        </div>
      )
    case 'blockquote':
      return <blockquote>{inside(block.content)}</blockquote>
    case 'bulletList':
      return <ul>{block.content.map((item, place) => <li key={place}>{inside(item.content)}</li>)}</ul>
    case 'orderedList':
      return <ol start={block.attrs.start}>{block.content.map((item, place) => <li key={place}>{inside(item.content)}</li>)}</ol>
    case 'taskList':
      return <ul className={nodes.tasks}>{block.content.map((item, place) => <TaskItemView key={place} attrs={item.attrs} locale={means.locale}>{inside(item.content)}</TaskItemView>)}</ul>
    case 'table':
      return <TableView table={block} locale={means.locale}>{(cell) => inside(cell.content)}</TableView>
    case 'horizontalRule':
      return <hr />
  }
}

function Tags({ block, targets, locale, words }: Means & { block: Extract<Block, { type: 'paragraph' | 'heading' }> }) {
  return <AboutTags tags={tagsOf(block.attrs.about, targets, locale)} label={words.about} />
}

/** Where one paragraph can be cited from; its name says which it is, for who hears one such link after the other. */
function Permalink({ block, words, locale }: Means & { block: Extract<Block, { type: 'paragraph' | 'heading' }> }) {
  const begin = excerptOf(block)
  return begin === '' ? null : <a href={`#p-${block.attrs.id}`} className={styles.permalink} aria-label={`${words.permalink}${locale === 'fr' ? '\u00A0' : ''}: ${begin}`}>¶</a>
}

function excerptOf({ content = [] }: { content?: Inline[] }) {
  const text = content.map((one) => (one.type === 'text' ? one.text : one.type === 'speaker' ? one.attrs.name : ' ')).join('').trim()
  return text.length > 40 ? `${text.slice(0, 40).replace(/\s\S*$/, '')}…` : text
}

function Inlines({ content = [], language }: Means & { content?: Inline[] }) {
  return content.map((one, place) => {
    if (one.type === 'hardBreak') return <br key={place} />
    if (one.type === 'speaker') return <span key={place} className={nodes.speaker}>{one.attrs.name}</span>
    return <InlineText key={place} one={one} language={language} />
  })
}

function InlineText({ one, language }: { one: Extract<Inline, { type: 'text' }>; language: Locale }): ReactNode {
  return (one.marks ?? []).toReversed().reduce<ReactNode>((inside, mark) => {
    if (mark.type === 'bold') return <strong>{inside}</strong>
    if (mark.type === 'italic') return <em>{inside}</em>
    return <a href={mark.attrs.href} rel="nofollow noopener">{inside}</a>
  }, typo(one.text, language))
}
