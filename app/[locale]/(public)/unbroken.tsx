import type { ReactNode } from 'react'

// « peut-on », « rendez-vous », « dit-elle »: what hangs on a hyphen stays on the line. Our fonts have no no-break hyphen.
const hung = /(\p{L}+-\p{L}{1,5}(?![\p{L}-]))/u

/** Text whose short hyphenated words are not cut at the end of a line, for titles and first sentences. */
export function unbroken(text: string): ReactNode {
  const pieces = text.split(hung)
  return pieces.length === 1 ? text : pieces.map((piece, place) => (place % 2 === 1 ? <span key={place} className="no-break">{piece}</span> : piece))
}
