import { getTranslations } from 'next-intl/server'
import { sayPast } from '@/app/[locale]/(public)/instant-words'
import type { Locale } from '@/i18n/routing'
import { guest } from '@/lib/actor'
import { canRead } from '@/lib/notes/access'
import { currentEdition, type takeawaysOf } from '@/lib/notes/queries'
import { standsIn } from '@/lib/notes/rules'
import { pathOf } from '@/lib/pathnames'
import type { HeldRegistration as Held } from '@/lib/registrations/queries'
import { typo } from '@/lib/text'
import { TakeBack } from './take-back'
import styles from './takeaway.module.css'

interface Props {
  said: Awaited<ReturnType<typeof takeawaysOf>>
  held: Held
  token: string
  locale: Locale
}

/** What this person said of the session, by whichever door, and what became of it. */
export async function SaidBefore({ said, held, token, locale }: Props) {
  const { event, timeZone } = held
  const t = await getTranslations({ locale, namespace: 'takeaway.page' })
  const edition = said.some(({ paragraphId }) => paragraphId) && canRead(guest, event, held) ? await currentEdition(event.id) : null
  const restitution = pathOf('/events/[slug]/notes', { slug: event.slug }, locale)
  return (
    <ul className={styles.said}>
      {said.map(({ id, text, signature, via, status, createdAt, paragraphId }) => (
        <li key={id}>
          {/* In whichever language they wrote. */}
          <p className={styles.words} lang="" dir="auto">{text}</p>
          <p className={styles.by}>{[signature ? t('signature', { name: signature }) : t('unsigned'), t(via === 'mail' ? 'byMail' : 'byPage', { when: typo(sayPast(createdAt, timeZone, locale), locale) })].join(' · ')}</p>
          <p className={styles.state}>{t(`state.${status}`)} {edition && paragraphId && standsIn(edition.document, paragraphId) && <a href={`${restitution}#p-${paragraphId}`}>{t('read')}</a>}</p>
          {status === 'open' && <TakeBack fields={{ token, locale, id }} label={t('takeBack')} which={t('takeBackWhich', { text: text.slice(0, 60) })} />}
        </li>
      ))}
    </ul>
  )
}
