import { getTranslations } from 'next-intl/server'
import { SeatBar } from '@/app/_ui/seat-bar'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { Fold } from '@/app/[locale]/(host)/organise/fold'
import type { Locale } from '@/i18n/routing'
import type { allotmentsOf, EventPage } from '@/lib/events/queries'
import { Code } from './code'
import { giveBack } from './actions'
import styles from './seats.module.css'

type Allotment = Awaited<ReturnType<typeof allotmentsOf>>[number]

/** Seats kept aside, each with how many have somebody on them, the code of its people, and a way to give them back. */
export async function Aside({ allotments, event, locale, shut }: { allotments: Allotment[]; event: EventPage; locale: Locale; shut: boolean }) {
  const t = await getTranslations({ locale, namespace: 'asking.seats' })
  if (allotments.length === 0) return <p className="muted">{t('aside.none')}</p>
  return (
    <ul className={styles.list}>
      {allotments.map(({ id, organisation, seats, used, place, code }) => (
        <li key={id}>
          <h3 className={styles.name}>{organisation}</h3>
          <SeatBar taken={used} capacity={seats} headline={t('aside.used', { count: used })} detail={[t('aside.of', { seats }), event.mode === 'hybrid' && t(`place.${place}`)].filter(Boolean).join(' · ')} />
          {code && <Code id={`code-${id}`} code={code} label={organisation} slug={event.slug} locale={locale} />}
          {!shut && (
            <Fold summary={t('aside.release', { organisation })}>
              <p className="small">{used < seats ? t('aside.releaseHow', { count: seats - used, used }) : t('aside.releaseAll')}</p>
              <ActForm act={giveBack} fields={{ event: event.slug, id, locale }} label={t('aside.confirm')} look="danger" name={organisation} />
            </Fold>
          )}
        </li>
      ))}
    </ul>
  )
}
