import type { ListedPerson } from '@/lib/registrations/queries'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { addPerson, admitPerson, offerSeat, giveSeat } from './actions'
import type { Room, Say } from './person'
import styles from './registrations.module.css'

/** What can be done about one person; what cannot be taken back asks first, at the top of the page. */
export function Acts({ person, room: { event, locale, here }, t }: { person: ListedPerson; room: Room; t: Say }) {
  const { id, name, status, pendingFor, place } = person
  const fields = { event: event.slug, locale, id }
  const asks = (what: 'cancel' | 'decline') => (
    <a key={what} href={`${here}?${what}=${id}#asked`}>{t(`acts.${what}`)}<span className="visually-hidden"> {t('acts.of', { name })}</span></a>
  )
  const button = (what: 'admit' | 'admitAsMember' | 'admitUnproven' | 'offer' | 'seat', act: typeof admitPerson, more: Record<string, string> = {}) => (
    <ActForm key={what} act={act} fields={{ ...fields, ...more }} label={t(`acts.${what}`)} look="quiet" name={t('acts.for', { name })} />
  )

  if (status === 'cancelled') {
    const again = { event: event.slug, locale, name, email: person.address, language: person.locale, place }
    return <div className={styles.acts}><ActForm act={addPerson} fields={again} label={t('acts.again')} look="quiet" name={t('acts.for', { name })} /></div>
  }
  const free = event.seatings.some((one) => one.place === place && (one.capacity === null || one.taken < one.capacity))
  return (
    <div className={styles.acts}>
      {status === 'pending' && pendingFor !== 'proof' && button('admit', admitPerson)}
      {status === 'pending' && pendingFor === 'circle' && event.audience === 'members' && button('admitAsMember', admitPerson, { asMember: 'on' })}
      {status === 'pending' && pendingFor === 'proof' && button('admitUnproven', admitPerson)}
      {status === 'waitlisted' && free && button('offer', offerSeat)}
      {status === 'waitlisted' && free && button('seat', giveSeat)}
      {asks(status === 'pending' && pendingFor !== 'proof' ? 'decline' : 'cancel')}
    </div>
  )
}
