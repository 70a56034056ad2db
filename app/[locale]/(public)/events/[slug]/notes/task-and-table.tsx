import { getTranslations } from 'next-intl/server'
import type { ReactNode } from 'react'
import { classNames } from '@/app/_ui/class-names'
import type { Locale } from '@/i18n/routing'
import type { Cell, Table, TaskItem } from '@/lib/notes/queries'
import { sayDay } from '@/lib/text'
import nodes from './document-nodes.module.css'

/** Something to be done: whether it is done stands there as a word, who does it and until when beside it. */
export async function TaskItemView({ attrs, locale, children }: { attrs: TaskItem['attrs']; locale: Locale; children: ReactNode }) {
  const t = await getTranslations({ locale, namespace: 'followups.view' })
  const facts = [
    attrs.owner && <span key="owner">{attrs.owner}</span>,
    attrs.due && <span key="due">{t('due', { day: sayDay(attrs.due, locale, { weekday: false }) })}</span>,
  ].filter(Boolean)
  return (
    <li className={nodes.task}>
      <p className={classNames(nodes.state, attrs.checked && nodes.done)} lang={locale}>
        <strong>{t(attrs.checked ? 'done' : 'open')}</strong>
        {facts}
      </p>
      {children}
    </li>
  )
}

/** Rows of the notes as they were drawn; wider than the page, they are moved by the arrows of the keyboard. */
export async function TableView({ table, locale, children }: { table: Table; locale: Locale; children: (cell: Cell) => ReactNode }) {
  const t = await getTranslations({ locale, namespace: 'followups.view' })
  const [first, ...rest] = table.content
  const hasHead = first.content.length > 0 && first.content.every(({ type }) => type === 'tableHeader')
  const row = (one: Table['content'][0], place: number, scope: 'col' | 'row') => (
    <tr key={place}>
      {one.content.map((cell, i) => {
        const spans = { colSpan: cell.attrs.colspan === 1 ? undefined : cell.attrs.colspan, rowSpan: cell.attrs.rowspan === 1 ? undefined : cell.attrs.rowspan }
        return cell.type === 'tableHeader' ? <th key={i} scope={scope} {...spans}>{children(cell)}</th> : <td key={i} {...spans}>{children(cell)}</td>
      })}
    </tr>
  )
  return (
    <div className={nodes.table} role="region" aria-label={t('table')} tabIndex={0}>
      <table>
        {hasHead && <thead>{row(first, 0, 'col')}</thead>}
        <tbody>{(hasHead ? rest : table.content).map((one, place) => row(one, place, 'row'))}</tbody>
      </table>
    </div>
  )
}
