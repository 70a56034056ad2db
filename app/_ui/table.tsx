import type { ReactNode } from 'react'
import { classNames } from './class-names'
import styles from './table.module.css'

export interface Column {
  key: string
  label: string
  /** Figures stand at the right, in digits of one width. */
  figures?: boolean
}

/**
 * Rows of facts; on a phone each row becomes a paragraph of its own. The first cell names its row. The roles are
 * written out because browsers forget that a table is one as soon as its rows are no longer drawn as rows.
 */
export function Table({ caption, captionHidden, columns, rows, empty }: {
  caption: ReactNode
  captionHidden?: boolean
  columns: Column[]
  rows: { key: string; cells: ReactNode[] }[]
  empty?: ReactNode
}) {
  if (rows.length === 0 && empty) return <>{empty}</>
  return (
    <table className={styles.table} role="table">
      <caption className={captionHidden ? 'visually-hidden' : styles.caption}>{caption}</caption>
      <thead role="rowgroup" className={styles.head}>
        <tr role="row">
          {columns.map((column) => (
            <th key={column.key} role="columnheader" scope="col" className={classNames(column.figures && styles.figures)}>{column.label}</th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={row.key} role="row">
            {columns.map((column, place) => {
              const cell = row.cells[place]
              return place === 0 ? (
                <th key={column.key} role="rowheader" scope="row">{cell}</th>
              ) : (
                <td key={column.key} role="cell" data-label={column.label} className={classNames(column.figures && styles.figures, (cell === null || cell === '' || cell === undefined) && styles.blank)}>
                  <div>{cell}</div>
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
