import type { ReactNode } from 'react'
import type { NavLink } from './site-header'
import styles from './site-footer.module.css'

/** `words` is the house's sentence about itself; the columns carry the links. */
export function SiteFooter({ words, columns, small }: {
  words: ReactNode
  columns: { title: string; links: (NavLink & { lang?: string })[] }[]
  small?: ReactNode
}) {
  return (
    <footer className={styles.footer}>
      <div className={styles.inside}>
        <p className={styles.words}>{words}</p>
        {columns.map(({ title, links }) => (
          <nav key={title} aria-label={title}>
            <p className={styles.title}>{title}</p>
            <ul className={styles.links}>
              {links.map((link) => (
                <li key={link.href}><a href={link.href} lang={link.lang} hrefLang={link.lang}>{link.label}</a></li>
              ))}
            </ul>
          </nav>
        ))}
        {small && <p className={styles.small}>{small}</p>}
      </div>
    </footer>
  )
}
