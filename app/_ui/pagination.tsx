import styles from './pagination.module.css'

/** Two ways on, or one. The labels say where they lead (« Séances plus anciennes »). */
export function Pagination({ label, previous, next, position }: {
  label: string
  previous?: { href: string; label: string }
  next?: { href: string; label: string }
  position?: string
}) {
  if (!previous && !next) return null
  return (
    <nav className={styles.pagination} aria-label={label}>
      {previous ? <a href={previous.href} rel="prev"><span aria-hidden="true">←&nbsp;</span>{previous.label}</a> : <span />}
      {position && <span className={styles.position}>{position}</span>}
      {next ? <a href={next.href} rel="next">{next.label}<span aria-hidden="true">&nbsp;→</span></a> : <span />}
    </nav>
  )
}
