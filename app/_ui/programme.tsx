import type { ElementType, ReactNode } from 'react'
import { classNames } from './class-names'
import { pigmentClass } from './pigment'
import styles from './programme.module.css'

/** The first thing on a season's page: a slab with the date, and beside it what happens then. */
export function Opening({ pigment, date, title, href, over, children, action, level = 1, lang }: {
  pigment: string
  date: ReactNode
  title: ReactNode
  href?: string
  over?: ReactNode
  children?: ReactNode
  action?: ReactNode
  level?: 1 | 2 | 3
  lang?: string
}) {
  const Heading: ElementType = `h${level}`
  return (
    <article className={classNames(styles.opening, pigmentClass(pigment))}>
      <div className={styles.slab}>{date}</div>
      <div className={styles.lead}>
        {over}
        <Heading className={styles.openingTitle} lang={lang}>{href ? <a href={href}>{title}</a> : title}</Heading>
        {children && <div className={styles.openingText}>{children}</div>}
        {action && <div className={styles.action}>{action}</div>}
      </div>
    </article>
  )
}

/** One line of a programme: date, title and a sentence, then seats or whatever stands at its end. */
export function Entry({ pigment, date, title, href, level = 3, children, end, lang, past }: {
  pigment: string
  date: ReactNode
  title: ReactNode
  href: string
  level?: 2 | 3 | 4
  children?: ReactNode
  end?: ReactNode
  lang?: string
  past?: boolean
}) {
  const Heading: ElementType = `h${level}`
  return (
    <article className={classNames(styles.entry, pigmentClass(pigment), past && styles.past)}>
      <div className={styles.date}>{date}</div>
      <div className={styles.what}>
        <Heading className={styles.title} lang={lang}><a href={href}>{title}</a></Heading>
        {children}
      </div>
      {end && <div className={styles.end}>{end}</div>}
    </article>
  )
}

/** The coloured head of a page about one date: full width, the numeral, the title, one line under it. */
export function Band({ pigment, date, title, over, children, lang }: {
  pigment: string
  date?: ReactNode
  title: ReactNode
  over?: ReactNode
  children?: ReactNode
  lang?: string
}) {
  return (
    <div className={classNames(styles.band, pigmentClass(pigment))}>
      <div className={classNames(styles.bandInside, date ? styles.withDate : null)}>
        {date && <div className={styles.bandDate}>{date}</div>}
        <div className={styles.bandWords}>
          {over && <div className={styles.bandOver}>{over}</div>}
          <h1 className={styles.bandTitle} lang={lang}>{title}</h1>
          {children && <div className={styles.bandText}>{children}</div>}
        </div>
      </div>
    </div>
  )
}
