import type { ReactNode } from 'react'
import styles from './prose.module.css'

/** Written text with its own headings, lists, links and tables. `lang` where it is not the page's. */
export function Prose({ children, lang }: { children: ReactNode; lang?: string }) {
  return <div className={styles.prose} lang={lang}>{children}</div>
}
