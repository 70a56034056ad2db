import type { MailboxLetter } from '@/lib/mail/queries'
import styles from './mailbox.module.css'

type Part = MailboxLetter['parts']

/** The parts of a message, each in the one that holds it. */
export function PartTree({ part }: { part: Part }) {
  return (
    <ul className={styles.parts}>
      <PartItem part={part} />
    </ul>
  )
}

function PartItem({ part }: { part: Part }) {
  const details = [part.method && `method=${part.method}`, part.filename, part.encoding].filter(Boolean)
  return (
    <li>
      <span className={styles.mono}>{part.type}</span>
      {details.length > 0 && <span className="small muted"> {details.join(', ')}</span>}
      {part.parts.length > 0 && (
        <ul className={styles.parts}>
          {part.parts.map((inner, index) => <PartItem key={index} part={inner} />)}
        </ul>
      )}
    </li>
  )
}
