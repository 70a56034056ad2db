import type { AnchorHTMLAttributes, ButtonHTMLAttributes, ReactNode } from 'react'
import { classNames } from './class-names'
import styles from './button.module.css'

/** `accent` once a screen; `ghost` for what stands beside it; `quiet` for an act in a line of text; `danger` for what cannot be taken back. */
export type ButtonLook = 'accent' | 'ghost' | 'quiet' | 'danger'

interface Looks {
  look?: ButtonLook
  /** As wide as what holds it. */
  wide?: boolean
}

export function Button({ look = 'accent', wide, className, type = 'submit', ...rest }: Looks & ButtonHTMLAttributes<HTMLButtonElement>) {
  return <button {...rest} type={type} className={classNames(styles.button, styles[look], wide && styles.wide, className)} />
}

/** A link that looks like a button: it leads somewhere, it changes nothing. */
export function LinkButton({ look = 'accent', wide, className, ...rest }: Looks & AnchorHTMLAttributes<HTMLAnchorElement>) {
  return <a {...rest} className={classNames(styles.button, styles[look], wide && styles.wide, className)} />
}

/** Buttons side by side, wrapping. */
export function Buttons({ children }: { children: ReactNode }) {
  return <div className={styles.row}>{children}</div>
}
