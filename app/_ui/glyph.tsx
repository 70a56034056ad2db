import type { ReactNode } from 'react'
import { classNames } from './class-names'
import styles from './glyph.module.css'

/** Signs drawn on a square of 24, heavy enough to be told apart at 12 pixels: colour is never the only sign. */
const shapes = {
  spark: <path d="M12 0c1 8 4 11 12 12-8 1-11 4-12 12-1-8-4-11-12-12C8 11 11 8 12 0Z" />,
  grid: <path d="M1 1h9.6v9.6H1zM13.4 1H23v9.6h-9.6zM1 13.4h9.6V23H1zM18.2 13.4a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6Z" />,
  book: <path d="M0 3.5 10.9 6v16L0 19.5ZM24 3.5 13.1 6v16L24 19.5Z" />,
  petals: <path d="M12 .5a5.7 5.7 0 1 1 0 11.4A5.7 5.7 0 0 1 12 .5ZM6 12a5.7 5.7 0 1 1 0 11.4A5.7 5.7 0 0 1 6 12ZM18 12a5.7 5.7 0 1 1 0 11.4A5.7 5.7 0 0 1 18 12Z" />,
  compass: <path fillRule="evenodd" d="M12 0 24 12 12 24 0 12ZM12 8.2a3.8 3.8 0 1 0 0 7.6 3.8 3.8 0 0 0 0-7.6Z" />,
  ring: <path d="M10.7 1v5.6a5.5 5.5 0 0 0 0 10.8V23a11.1 11.1 0 0 1 0-22ZM13.3 1a11.1 11.1 0 0 1 0 22v-5.6a5.5 5.5 0 0 0 0-10.8Z" />,
  wave: <path d="M0 6.5C4-.5 8-.5 12 6.5s8 7 12 0v6c-4 7-8 7-12 0s-8-7-12 0ZM0 17c4-7 8-7 12 0s8 7 12 0v5.5c-4 2-8 2-12-1s-8-3-12 1Z" />,
  key: <path fillRule="evenodd" d="M7 5a7 7 0 0 1 6.8 5.2H24v8h-4.6v-3.4h-5.6A7 7 0 1 1 7 5Zm0 4.3a2.7 2.7 0 1 0 0 5.4 2.7 2.7 0 0 0 0-5.4Z" />,
  leaf: <path d="M2 22C-2 8 6 1 23 1c0 17-7 25-17 22.5L14 12 4.6 19.6Z" />,
  voice: <path d="M1 2h22v15H11l-7 6v-6H1Z" />,
  lens: <path fillRule="evenodd" d="M10 0a10 10 0 0 1 8.2 15.7l5.8 5.6-2.8 2.7-5.6-5.8A10 10 0 1 1 10 0Zm0 4.6a5.4 5.4 0 1 0 0 10.8 5.4 5.4 0 0 0 0-10.8Z" />,
  arch: <path fillRule="evenodd" d="M1 23V12a11 11 0 0 1 22 0v11ZM7.5 23h9V13a4.5 4.5 0 0 0-9 0Z" />,
  bolt: <path d="M14.5 0 3 14h7L8.5 24 21 9.5h-7.5Z" />,
  stairs: <path d="M1 23v-6.4h5.5V11H12V5.6h5.5V1H23v22Z" />,
  loop: <path fillRule="evenodd" d="M6.5 5.5C10 5.5 12 10 12 10s2-4.5 5.5-4.5a6.5 6.5 0 0 1 0 13C14 18.5 12 14 12 14s-2 4.5-5.5 4.5a6.5 6.5 0 0 1 0-13Zm0 4.3a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4Zm11 0a2.2 2.2 0 1 0 0 4.4 2.2 2.2 0 0 0 0-4.4Z" />,
  hand: <path d="M12 23 1.5 12.5a6.3 6.3 0 0 1 10.5-6.6 6.3 6.3 0 0 1 10.5 6.6Z" />,
} satisfies Record<string, ReactNode>

export type GlyphName = keyof typeof shapes

/** Every sign a theme may take, in the order in which an organiser is offered them. */
export const glyphs = Object.keys(shapes) as GlyphName[]

/** A theme's sign, in the colour of the text around it. Unknown names give the ring. Hidden from screen readers: the name stands beside it. */
export function Glyph({ name, className }: { name: string | null | undefined; className?: string }) {
  const known = glyphs.find((glyph) => glyph === name) ?? 'ring'
  return (
    <svg className={classNames(styles.glyph, className)} viewBox="0 0 24 24" width="1em" height="1em" fill="currentColor" aria-hidden="true" focusable="false">
      {shapes[known]}
    </svg>
  )
}
