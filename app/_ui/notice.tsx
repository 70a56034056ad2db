import type { ReactNode } from 'react'
import { classNames } from './class-names'
import styles from './notice.module.css'

/** `live` where the sentence appears in answer to an act: read aloud at once (`status`), or cutting in (`alert`). */
export function Notice({ tone = 'info', title, live, children, id }: {
  tone?: 'info' | 'success' | 'warning'
  title?: ReactNode
  live?: 'status' | 'alert'
  children?: ReactNode
  id?: string
}) {
  return (
    <div id={id} className={classNames(styles.notice, styles[tone])} role={live} tabIndex={id ? -1 : undefined}>
      <svg className={styles.sign} viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">
        {signs[tone]}
      </svg>
      <div>
        {title && <p className={styles.title}>{title}</p>}
        {children}
      </div>
    </div>
  )
}

const signs = {
  info: <path d="M10.3 10h3.4v11h-3.4zM12 3a2.2 2.2 0 1 1 0 4.4A2.2 2.2 0 0 1 12 3Z" fill="currentColor" />,
  success: <path d="m3.5 12.5 5.5 6L20.5 5" fill="none" stroke="currentColor" strokeWidth="3.6" />,
  warning: <path d="M10.2 3h3.6l-.6 11.5h-2.4zM12 17a2.2 2.2 0 1 1 0 4.4 2.2 2.2 0 0 1 0-4.4Z" fill="currentColor" />,
}

/** The errors of a whole form, first on the page and focused when it comes back (`tabIndex`, the browser scrolls to `#errors`). */
export function ErrorSummary({ title, errors, id = 'errors' }: { title: ReactNode; errors: { field: string; message: string }[]; id?: string }) {
  if (errors.length === 0) return null
  return (
    <div id={id} className={classNames(styles.notice, styles.wrong)} role="alert" tabIndex={-1}>
      <svg className={styles.sign} viewBox="0 0 24 24" width="24" height="24" aria-hidden="true" focusable="false">{signs.warning}</svg>
      <div>
        <p className={styles.title}>{title}</p>
        <ul className={styles.list}>
          {errors.map(({ field, message }) => (
            <li key={field + message}><a href={`#${field}`}>{message}</a></li>
          ))}
        </ul>
      </div>
    </div>
  )
}

/** An empty place says what could stand there, and what to do about it. */
export function EmptyState({ title, children, action }: { title: ReactNode; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <svg className={styles.stage} viewBox="0 0 120 60" width="120" height="60" aria-hidden="true" focusable="false">
        <path d="M0 59h120" stroke="currentColor" strokeWidth="2" />
        <path d="M30 59c0-9 13-15 30-15s30 6 30 15Z" fill="currentColor" opacity=".14" />
        <path d="M52 0 34 56M68 0l18 56" stroke="currentColor" strokeWidth="1.5" strokeDasharray="3 4" fill="none" />
      </svg>
      <p className={styles.emptyTitle}>{title}</p>
      {children && <div className={styles.emptyText}>{children}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  )
}
