import type { ReactNode } from 'react'
import { classNames } from './class-names'
import { Glyph } from './glyph'
import { pigmentClass } from './pigment'
import styles from './theme-chip.module.css'

export interface ThemeSign {
  name: string
  pigment: string
  glyph: string
  /** Where the name leads; without it the chip is plain text. */
  href?: string
}

/** A theme's glyph and short name in its pigment. */
export function ThemeChip({ name, pigment, glyph, href }: ThemeSign) {
  const inside = (
    <>
      <Glyph name={glyph} className={styles.glyph} />
      <span>{name}</span>
    </>
  )
  const className = classNames(styles.chip, pigmentClass(pigment))
  return href ? (
    <a className={className} href={href}>{inside}</a>
  ) : (
    <span className={className}>{inside}</span>
  )
}

/** A line of chips. `label` is said before them by screen readers (« Thèmes »). */
export function ThemeChips({ themes, label, children }: { themes: ThemeSign[]; label?: string; children?: ReactNode }) {
  if (themes.length === 0 && !children) return null
  return (
    <ul className={styles.chips} aria-label={label}>
      {themes.map((theme) => (
        <li key={theme.name}><ThemeChip {...theme} /></li>
      ))}
      {children}
    </ul>
  )
}
