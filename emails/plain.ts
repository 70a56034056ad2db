import { unlinked } from '@/lib/text'

/** Text typed by people, as a letter may show it: no link, one line, not longer than this. */
export function plain(text: string, max = 300): string {
  const loosened = unlinked(text)
  return loosened.length <= max ? loosened : `${[...loosened.slice(0, max - 1)].join('').trimEnd()}…`
}

/** Several lines typed by people, one paragraph each. */
export const plainLines = (text: string, max = 2000) =>
  text.slice(0, max).split(/\r\n?|\n/).map((line) => plain(line, max)).filter(Boolean)

/** A link that somebody gave: only a page of the web. */
export function webLink(text: string | null): string | undefined {
  if (text === null || !URL.canParse(text)) return undefined
  const url = new URL(text)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
}
