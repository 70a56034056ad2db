import type { Pigment } from './facts'

/** What a letter says, before it is set in HTML or in plain text: both say the same. */
export type Sheet = {
  subject: string
  /** The line that mailboxes show beside the subject. */
  preview: string
  slab: Slab
  headline: string
  blocks: Block[]
  /** Why the reader gets this, and who reads answers. */
  footnotes: string[]
}

export type Slab = {
  pigment: Pigment
  day?: { weekday: string; number: string; month: string }
  /** A word above the title where the event is not simply on. */
  state?: string
  title: string
  /** The language of the title where it is not the letter's. */
  titleLanguage?: string
  line?: string
}

export type Block =
  | { is: 'text'; text: string }
  | { is: 'heading'; text: string }
  | { is: 'button'; label: string; href: string }
  | { is: 'link'; label: string; href: string }
  | { is: 'details'; rows: Detail[] }
  | { is: 'code'; code: string }
  | { is: 'quote'; lines: string[] }

/** `was` is what no longer holds; `href` makes a link of the text. */
export type Detail = { term: string; text: string; was?: string; href?: string }
