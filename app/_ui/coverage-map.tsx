import type { ReactNode } from 'react'
import { classNames } from './class-names'
import { Glyph } from './glyph'
import { pigmentClass } from './pigment'
import styles from './coverage-map.module.css'

/** How far a numbered thing has come: nothing, a date, a talk, a written trace. */
export type Depth = 'never' | 'planned' | 'discussed' | 'minuted'

export interface TileFacts {
  number: number
  title: string
  href: string
  depth: Depth
  /** The depth in words, as the tile's name says it (« restitution publiée », « prévue, à confirmer »). */
  word: string
  /** A shorter one to be shown, if `word` is too long for a phone; it should be the beginning of `word`. */
  shortWord?: string
  pigment?: string | null
  glyph?: string | null
  /** A mark of its own (« culture »). */
  mark?: string | null
  /** Said beside it, in few words (who took it up elsewhere). */
  note?: string | null
  /** The title's language, where it is not the page's. */
  lang?: string
  /** Drawn back: not what the reader is looking for. */
  faint?: boolean
  /** Brought forward: just what the reader is looking for. */
  sought?: boolean
}

/**
 * All of a report at one glance. Texture, word and colour say the same thing three times: an outline (never),
 * hatching (planned), a half-filled tile (discussed), a full one (minuted). Five in a row, three on a phone.
 */
export function CoverageMap({ label, tiles, sentence, legend, children }: {
  label: string
  tiles: TileFacts[]
  /** What the map says, for those who do not see it, and for those in a hurry. */
  sentence?: ReactNode
  /** From the deepest to none, with counts if there are any. */
  legend?: { depth: Depth; word: string; count?: number }[]
  /** Filters, at the legend's end. */
  children?: ReactNode
}) {
  return (
    <div className={styles.map}>
      {sentence && <p className={styles.sentence}>{sentence}</p>}
      {(legend || children) && (
        <div className={styles.legend}>
          {legend && (
            <ul className={styles.keys}>
              {legend.map(({ depth, word, count }) => (
                <li key={depth}>
                  <span className={classNames(styles.key, styles[depth])} aria-hidden="true" />
                  {word}{count !== undefined && <b className={styles.count}> {count}</b>}
                </li>
              ))}
            </ul>
          )}
          {children}
        </div>
      )}
      <ul className={styles.tiles} aria-label={label}>
        {tiles.map((tile) => <li key={tile.number}><Tile {...tile} /></li>)}
      </ul>
    </div>
  )
}

function Tile({ number, title, href, depth, word, shortWord, pigment, glyph, mark, note, lang, faint, sought }: TileFacts) {
  const touched = depth !== 'never'
  const shown = shortWord && word.startsWith(shortWord) ? shortWord : word
  return (
    <a href={href} className={classNames(styles.tile, styles[depth], pigmentClass(pigment), faint && styles.faint, sought && styles.sought)}>
      <span className={classNames('numeral', styles.number)}>{number}</span>
      <Unseen>, </Unseen>
      {glyph && <Glyph name={glyph} className={styles.glyph} />}
      <span className={styles.foot}>
        <span className={styles.title} lang={lang}>{title}</span>
        <Unseen>, </Unseen>
        <span className={styles.meta}>
          {touched ? <span>{shown}<Unseen>{word.slice(shown.length)}</Unseen></span> : <Unseen>{word}</Unseen>}
          {mark && <Unseen>, </Unseen>}
          {mark && <span className={styles.mark}>{mark}</span>}
          {note && <Unseen>, </Unseen>}
          {note && <span className={styles.note}>{note}</span>}
        </span>
      </span>
    </a>
  )
}

/** The same map for a margin: numbers alone, each still a link with its whole name. */
export function MiniMap({ label, tiles }: { label: string; tiles: TileFacts[] }) {
  return (
    <ul className={styles.mini} aria-label={label}>
      {tiles.map((tile) => (
        <li key={tile.number}>
          <a href={tile.href} className={classNames(styles.cell, styles[tile.depth], pigmentClass(tile.pigment))}>
            <span>{tile.number}</span>
            <Unseen>, {[tile.title, tile.word, tile.mark].filter(Boolean).join(', ')}</Unseen>
          </a>
        </li>
      ))}
    </ul>
  )
}

/** The tile's name is its own text, so that whoever speaks to a screen says what stands there; this part is only heard. */
function Unseen({ children }: { children: ReactNode }) {
  return <span className="visually-hidden">{children}</span>
}
