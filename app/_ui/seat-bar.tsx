import type { ReactNode } from 'react'
import { classNames } from './class-names'
import styles from './seat-bar.module.css'

/**
 * What is left, in words first (`headline` « 11 places », `detail` « sur 40 »), then drawn: a stroke per seat up to
 * 60, a plain bar above. Neutral on purpose: a theme's pigment says nothing about seats. No capacity, no drawing.
 */
export function SeatBar({ taken, capacity, headline, detail, align = 'left', large }: {
  taken: number
  capacity: number | null
  headline: ReactNode
  detail?: ReactNode
  align?: 'left' | 'right'
  large?: boolean
}) {
  return (
    <div className={classNames(styles.seats, align === 'right' && styles.right, large && styles.large)}>
      <p className={styles.words}><strong className={styles.headline}>{headline}</strong> {detail && <span className={styles.detail}>{detail}</span>}</p>
      {capacity !== null && capacity > 0 && <Drawing taken={Math.min(Math.max(taken, 0), capacity)} capacity={capacity} />}
    </div>
  )
}

function Drawing({ taken, capacity }: { taken: number; capacity: number }) {
  const strokes = capacity <= 60
  const width = strokes ? capacity : 60
  const full = strokes ? taken : (taken / capacity) * width
  return (
    <svg className={styles.drawing} viewBox={`0 0 ${width} 1`} preserveAspectRatio="none" aria-hidden="true" focusable="false">
      {strokes ? (
        <>
          {taken > 0 && <path className={styles.taken} d={row(0, taken)} />}
          {taken < capacity && <path className={styles.free} d={row(taken, capacity)} />}
        </>
      ) : (
        <>
          <path className={styles.free} d={`M0 .5H${width}`} />
          <path className={styles.taken} d={`M0 .5H${full}`} />
        </>
      )}
    </svg>
  )
}

function row(from: number, to: number) {
  return Array.from({ length: to - from }, (_, seat) => `M${from + seat + 0.14} .5h.72`).join('')
}
