import type { ElementType, ReactNode } from 'react'
import { classNames } from './class-names'
import styles from './page.module.css'

/** The page's width and margins. Bands that reach the edges stand outside of it. */
export function Page({ children, narrow, className }: { children: ReactNode; narrow?: boolean; className?: string }) {
  return <div className={classNames(styles.page, narrow && styles.narrow, className)}>{children}</div>
}

/** A page's heading: overline, title, lede, and facts at the right where there are any. */
export function PageHead({ overline, title, children, aside }: { overline?: ReactNode; title: ReactNode; children?: ReactNode; aside?: ReactNode }) {
  return (
    <div className={classNames(styles.head, aside ? styles.withAside : null)}>
      <div>
        {overline && <p className={styles.overline}>{overline}</p>}
        <h1>{title}</h1>
        {children && <div className={styles.under}>{children}</div>}
      </div>
      {aside && <div>{aside}</div>}
    </div>
  )
}

/** Text and what goes beside it; on a phone one below the other, `asideFirst` for a form that may not wait. */
export function Columns({ children, aside, asideFirst, asideLabel }: { children: ReactNode; aside: ReactNode; asideFirst?: boolean; asideLabel?: string }) {
  return (
    <div className={classNames(styles.columns, asideFirst && styles.asideFirst)}>
      <div className={styles.column}>{children}</div>
      <aside className={styles.aside} aria-label={asideLabel}>{aside}</aside>
    </div>
  )
}

/** A titled part of a page, under a heavy rule. `beside` is a link or a count at the title's end. */
export function Section({ title, beside, level = 2, id, children, quiet }: {
  title: ReactNode
  beside?: ReactNode
  level?: 2 | 3 | 4
  id?: string
  children: ReactNode
  /** For margins: a small title. */
  quiet?: boolean
}) {
  const Heading: ElementType = `h${level}`
  return (
    <section className={classNames(styles.section, quiet && styles.quiet)} aria-labelledby={id}>
      <div className={styles.sectionHead}>
        <Heading id={id} className={styles.sectionTitle}>{title}</Heading>
        {beside && <p className={styles.beside}>{beside}</p>}
      </div>
      {children}
    </section>
  )
}

/** Things one under the other, at one distance; `close` for what belongs together. */
export function Stack({ children, close }: { children: ReactNode; close?: boolean }) {
  return <div className={classNames(styles.stack, close && styles.close)}>{children}</div>
}

/** Terms and their details, one under the other. */
export function Facts({ facts }: { facts: { term: ReactNode; detail: ReactNode }[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ term, detail }, place) => (
        <div key={place}>
          <dt>{term}</dt>
          <dd>{detail}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Links that choose what the page shows; the chosen one is marked. */
export function Choices({ label, links }: { label: string; links: { label: ReactNode; href: string; current?: boolean }[] }) {
  return (
    <nav aria-label={label} className="no-print">
      <ul className={styles.choices}>
        {links.map((link) => (
          <li key={link.href}><a href={link.href} aria-current={link.current ? 'true' : undefined}>{link.label}</a></li>
        ))}
      </ul>
    </nav>
  )
}

/** A form or a summary that must stand out: the only frame a page may have. */
export function Frame({ children, sticky, id }: { children: ReactNode; sticky?: boolean; id?: string }) {
  return <div id={id} className={classNames(styles.frame, sticky && styles.sticky)}>{children}</div>
}

/** Something to open, where it should not be in the way. Of those that share a `name`, one is open at a time. */
export function Details({ summary, children, open, name }: { summary: ReactNode; children: ReactNode; open?: boolean; name?: string }) {
  return (
    <details className={styles.details} open={open} name={name}>
      <summary>{summary}</summary>
      <div className={styles.detailsInside}>{children}</div>
    </details>
  )
}
