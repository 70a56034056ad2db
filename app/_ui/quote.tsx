import type { ReactNode } from 'react'
import { classNames } from './class-names'
import { pigmentClass } from './pigment'
import { ThemeChip, type ThemeSign } from './theme-chip'
import styles from './quote.module.css'

/**
 * A numbered wording, word for word, with where it comes from. The quotation marks are put here, in the wording's own
 * language: give the text without. `lang` only where it is not the page's.
 */
export function Quote({ number, wording, source, href, lang, marks = 'fr', theme, children }: {
  number: number | string
  wording: string
  source?: ReactNode
  href?: string
  lang?: string
  marks?: 'fr' | 'en'
  theme?: ThemeSign
  children?: ReactNode
}) {
  const [open, close] = marks === 'fr' ? ['«\u00a0', '\u00a0»'] : ['“', '”']
  const words = <q className={styles.wording} lang={lang}><span className={styles.mark}>{open}</span>{wording}{close}</q>
  return (
    <figure className={classNames(styles.quote, pigmentClass(theme?.pigment))}>
      <div className={classNames('numeral', styles.number)}>{number}</div>
      <div>
        <blockquote>{href ? <a href={href}>{words}</a> : words}</blockquote>
        {theme && <ThemeChip {...theme} />}
        {(source || children) && <figcaption className={styles.source}>{source}{children}</figcaption>}
      </div>
    </figure>
  )
}
