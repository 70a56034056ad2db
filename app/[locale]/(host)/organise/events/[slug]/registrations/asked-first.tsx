import { Frame, Stack } from '@/app/_ui/page'
import type { ListedPerson } from '@/lib/registrations/queries'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { TextForm } from '@/app/[locale]/(host)/organise/_form/text-form'
import { cancelPerson, declinePerson } from './actions'
import type { Room, Say } from './person'
import own from './registrations.module.css'

/** Before somebody is taken off or told no: whom it is about, and what follows. */
export function AskedFirst({ what, person, room: { event, locale, here }, waiting, t }: { what: 'cancel' | 'decline'; person: ListedPerson; room: Room; waiting: number; t: Say }) {
  const { id, name, address, status } = person
  const fields = { event: event.slug, id, locale }
  if (what === 'decline' && status === 'pending') {
    return (
      <Frame id="asked">
        <h2 className={own.whose}>{t('decline.title', { name })}</h2>
        <TextForm
          act={declinePerson}
          fields={fields}
          questions={[{ name: 'words', kind: 'text', rows: 4, max: 1000, label: t('decline.words'), hint: t('decline.hint', { address }), optional: t('optional') }]}
          label={t('decline.confirm')}
          look="danger"
          wrong={t('wrong')}
        />
        <p className={own.leave}><a href={here}>{t('cancel.leave')}</a></p>
      </Frame>
    )
  }
  if (status === 'cancelled') return null
  const hadSeat = status === 'confirmed' || status === 'offered'
  const follows = hadSeat && waiting > 0 ? (event.offerHours === null ? 'promotes' : 'offers') : hadSeat ? 'tells' : 'tellsOnly'
  return (
    <Frame id="asked">
      <Stack close>
        <h2 className={own.whose}>{t('cancel.title', { name })}</h2>
        <p>{t(`cancel.${follows}`, { address })}</p>
        <ActForm act={cancelPerson} fields={fields} label={t('cancel.confirm')} look="danger" />
        <p><a href={here}>{t('cancel.leave')}</a></p>
      </Stack>
    </Frame>
  )
}
