import { classNames } from './class-names'
import styles from './date-block.module.css'

export interface DateParts {
  /** « jeudi », « du jeudi au samedi ». */
  weekday?: string
  /** « 3 », « 12–14 ». Without it the day is unknown, and the month (or its abbreviation) takes its place, or the year. */
  day?: string
  /** « décembre », « février ». In a list under a month's title it may be left out. */
  month?: string
  /** Only when it is not this year. */
  year?: string
  /** « 9h–10h », or the word for an unknown hour (« heure à préciser »). */
  hours?: string
  /** `2026-12-03` or an instant, for machines. */
  dateTime?: string
}

/**
 * A date as a numeral one can read across a room. `row` stands in a list, `slab` is a poster's ground, `band` opens a
 * page and takes the colours of the band around it. `status` is said in words (« annulé »), and `struck` draws it too.
 */
export function DateBlock({ size = 'row', weekday, day, month, year, hours, dateTime, status, struck, past }: DateParts & {
  size?: 'row' | 'slab' | 'band'
  status?: string
  struck?: boolean
  past?: boolean
}) {
  const parts = day ? [month, year] : month ? [year] : []
  const after = parts.filter(Boolean).join(' ')
  const numeral = day ?? month ?? year ?? ''
  // French says the first of a month « 1er »: the numeral stays one, the ending stands high.
  const [, figure, ending] = /^(\d+)(er)$/.exec(numeral) ?? [null, numeral]
  const long = figure.length > 2
  return (
    <time dateTime={dateTime} className={classNames(styles.date, styles[size], struck && styles.struck, past && styles.past, long && styles.long, figure.length === 1 && styles.single)}>
      {weekday && <span>{weekday} </span>}
      <span className={classNames('numeral', styles.numeral)}>{figure}{ending && <sup className={styles.ending}>{ending}</sup>} </span>
      <span className={styles.after}>
        {after && <span>{after}</span>}
        {hours && <span className={styles.hours}><span className="visually-hidden">, </span>{hours}</span>}
        {status && <strong className={styles.status}><span className="visually-hidden">, </span>{status}</strong>}
      </span>
    </time>
  )
}
