import type { ReactNode } from 'react'
import styles from './organise.module.css'

/** Opens inside of a table's cell, without the rules that open things have on a page. */
export const Fold = ({ summary, children }: { summary: ReactNode; children: ReactNode }) => (
  <details className={styles.fold}>
    <summary>{summary}</summary>
    {children}
  </details>
)
