import { classNames } from './class-names'
import styles from './site-header.module.css'

export interface NavLink {
  label: string
  href: string
  /** `page`: this very page; `section`: a page further down. */
  current?: 'page' | 'section'
  /** A drawn sign before the words; on a phone it stands alone. */
  sign?: 'search'
}

export interface Presenter {
  name: string
  href?: string
  /** One of our own files: no page asks a third party for anything. */
  logo?: { src: string; width: number; height: number }
}

/** `presents` is the whole sentence (« TMNlab présente »); `other` leads to this page in the other language. */
export function SiteHeader({ home, skip, navLabel, links, side, other, presents, presenter }: {
  home: { href: string; label: string }
  skip: string
  navLabel: string
  links: NavLink[]
  side?: NavLink[]
  other?: { locale: string; label: string; href: string }
  presents?: string
  presenter?: Presenter
}) {
  return (
    <>
      <a className={styles.skip} href="#main">{skip}</a>
      <header className={styles.header}>
        <div className={styles.brand}>
          {presents && (
            <p className={styles.presents}>
              {presenter?.logo && <img src={presenter.logo.src} width={presenter.logo.width} height={presenter.logo.height} alt="" className={styles.logo} />}
              {presenter?.href ? <a href={presenter.href}>{presents}</a> : presents}
            </p>
          )}
          <a className={styles.mark} href={home.href} aria-label={home.label}>Parlons<span className={styles.hyphen}>‑</span>en</a>
        </div>
        <nav className={styles.nav} aria-label={navLabel}>
          <ul className={styles.links}>
            {links.map((link) => <Item key={link.href} link={link} />)}
          </ul>
          {(side?.length || other) && (
            <ul className={classNames(styles.links, styles.side)}>
              {side?.map((link) => <Item key={link.href} link={link} />)}
              {other && <li><a href={other.href} lang={other.locale} hrefLang={other.locale}>{other.label}</a></li>}
            </ul>
          )}
        </nav>
      </header>
    </>
  )
}

function Item({ link }: { link: NavLink }) {
  return (
    <li>
      <a href={link.href} aria-current={link.current === 'page' ? 'page' : link.current ? 'true' : undefined} className={link.sign && styles.signed}>
        {link.sign && <svg className={styles.sign} viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false"><circle cx="10.5" cy="10.5" r="6.5" fill="none" stroke="currentColor" strokeWidth="2.6" /><path d="m15.5 15.5 6 6" stroke="currentColor" strokeWidth="3" /></svg>}
        <span>{link.label}</span>
      </a>
    </li>
  )
}
