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
  scale: <path d="M10.6 1h2.8v3.4l8 1.7L24 14a4.4 4.4 0 0 1-8.8 0l2.5-6-4.3-.9V20h5v3H5.600v-3h5V6.500L6.300 5.600 8.800 12A4.400 4.400 0 0 1 0 12l2.800-7.400L10.600 4Z" />,
  eye: <path fillRule="evenodd" d="M12 3.500c5.500 0 9.800 3.500 12 8.500-2.200 5-6.500 8.500-12 8.500S2.200 17 0 12c2.200-5 6.500-8.500 12-8.500Zm0 3.700a4.800 4.800 0 1 0 0 9.600 4.800 4.800 0 0 0 0-9.600Z" />,
  mask: <path fillRule="evenodd" d="M1 2c7 2.200 15 2.200 22 0v9c0 7-5 12-11 13C6 23 1 18 1 11Zm4.500 6.500c.5 2.500 4 2.500 4.500 0Zm8.500 0c.5 2.500 4 2.500 4.500 0Zm-7 5.500c1.500 5 8.500 5 10 0-3 1.500-7 1.500-10 0Z" />,
  globe: <path fillRule="evenodd" d="M12 0a12 12 0 1 1 0 24 12 12 0 0 1 0-24Zm-1.400 3.400C8.800 5 7.600 7.600 7.200 10.600h3.400Zm2.800 0v7.200h3.400c-.4-3-1.600-5.600-3.400-7.200Zm-8.900 7.200A8.800 8.800 0 0 1 6.300 5.300Zm13.200-5.300a8.800 8.800 0 0 1 1.800 5.300ZM4.500 13.400l1.800 5.300a8.800 8.800 0 0 1-1.800-5.300Zm2.700 0c.4 3 1.600 5.600 3.400 7.200v-7.200Zm6.200 0v7.200c1.800-1.600 3-4.200 3.400-7.200Zm4.300 5.300 1.800-5.300a8.800 8.800 0 0 1-1.800 5.300Z" />,
  plug: <path d="M6 0h3.400v6h5.200V0H18v6h3v5a9 9 0 0 1-7.300 8.800V24h-3.400v-4.200A9 9 0 0 1 3 11V6h3Z" />,
} satisfies Record<string, ReactNode>

export type GlyphName = keyof typeof shapes

/** Every sign a theme may take, in the order in which an organiser is offered them. */
const glyphs = Object.keys(shapes) as GlyphName[]

/** A theme's sign, in the colour of the text around it. Unknown names give the ring. Hidden from screen readers: the name stands beside it. */
export function Glyph({ name, className }: { name: string | null | undefined; className?: string }) {
  const known = glyphs.find((glyph) => glyph === name) ?? 'ring'
  return (
    <svg className={classNames(styles.glyph, className)} viewBox="0 0 24 24" width="1em" height="1em" fill="currentColor" aria-hidden="true" focusable="false">
      {shapes[known]}
    </svg>
  )
}

/** The drawing alone, on a square of 24, for pictures that are no pages. */
export const shapeOf = (name: string | null | undefined): ReactNode => shapes[glyphs.find((glyph) => glyph === name) ?? 'ring']
