import { getTranslations } from 'next-intl/server'
import { Section } from '@/app/_ui/page'
import { inviteesOf } from '@/lib/events/queries'
import { placesOf } from '@/lib/events/rules'
import type { ListedPerson } from '@/lib/registrations/queries'
import { TextForm } from '@/app/[locale]/(host)/organise/_form/text-form'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import styles from '@/app/[locale]/(host)/organise/organise.module.css'
import { addPerson, inviteAddresses } from './actions'
import type { Room } from './person'

/** One person more, a whole list, or those who may come of themselves. An organiser's list is open until the start. */
export async function AddPeople({ room: { event, locale, shut }, person }: {
  room: Room
  /** Who is to be registered at another address. */
  person: ListedPerson | null
}) {
  const [t, invitees] = await Promise.all([
    getTranslations({ locale, namespace: 'people.room' }),
    event.audience === 'invited' ? inviteesOf(event.id) : [],
  ])
  const places = placesOf(event.mode)
  return (
    <div className={styles.forms}>
      <Section id="add" title={t('add.title')}>
        {shut ? <p className="muted">{t(`add.${event.status === 'draft' ? 'draft' : 'closed'}`)}</p> : (
          <>
            <TextForm
              act={addPerson}
              fields={{ event: event.slug, locale }}
              questions={[
                { name: 'name', label: t('add.name'), max: 120, required: true, value: person?.name },
                { name: 'email', kind: 'email', label: t('add.email'), max: 254, required: true },
                ...(places.length > 1 ? [{ name: 'place', kind: 'choice' as const, label: t('add.place'), value: person?.place ?? 'room', options: places.map((value) => ({ value, label: t(`place.${value}`) })) }] : []),
                { name: 'language', kind: 'choice', label: t('add.language'), value: person?.locale ?? locale, options: [{ value: 'fr', label: 'Français' }, { value: 'en', label: 'English' }] },
              ]}
              label={t('add.submit')}
              wrong={t('wrong')}
            />
            <p className={styles.jump}><a href={pathOfRoom('/organise/events/[slug]/registrations/import', event.slug, locale)}>{t('import')}</a></p>
          </>
        )}
      </Section>
      {event.audience === 'invited' && (
        <Section id="invited" title={t('invite.title')}>
          <TextForm
            act={inviteAddresses}
            fields={{ event: event.slug, locale }}
            questions={[{ name: 'addresses', kind: 'text', rows: 6, label: t('invite.label'), hint: t('invite.hint'), value: invitees.join('\n') }]}
            label={t('invite.submit')}
            look="ghost"
            wrong={t('wrong')}
          />
        </Section>
      )}
    </div>
  )
}
