import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { Notice } from '@/app/_ui/notice'
import { Page, Section } from '@/app/_ui/page'
import { TextForm } from '@/app/[locale]/(host)/organise/_form/text-form'
import { eventOf, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { seatsOf } from '@/app/[locale]/(host)/organise/say-event'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { allotmentsOf, codesOf } from '@/lib/events/queries'
import { placesOf } from '@/lib/events/rules'
import { shutToChange } from '@/lib/registrations/rules'
import { RoomHead } from '@/app/[locale]/(host)/organise/events/[slug]/room-head'
import { saidDone } from '@/app/[locale]/(host)/organise/said-done'
import { Aside } from './aside'
import { keepSeats, writeCode } from './actions'
import { Codes } from './codes'
import styles from './seats.module.css'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
  searchParams: Promise<{ done?: string | string[] }>
}

const known = ['kept', 'released', 'made', 'revoked'] as const

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params)
  const t = await getTranslations({ locale, namespace: 'asking.seats' })
  return { title: t('pageTitle', { title: event.title }) }
}

/** Seats kept aside for organisations, and codes for people whom no list names. */
export default async function SeatsPage({ params, searchParams }: Props) {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params, '/organise/events/[slug]/seats')
  const [t, allotments, codes, seats, asked] = await Promise.all([
    getTranslations({ locale, namespace: 'asking.seats' }), allotmentsOf(event.id), codesOf(event.id), seatsOf(event, locale), searchParams,
  ])
  const did = saidDone(asked.done, known)
  const places = placesOf(event.mode)
  const shut = shutToChange(event, now()) !== null
  const people = pathOfRoom('/organise/events/[slug]/registrations', event.slug, locale)
  return (
    <Page className={styles.page}>
      <RoomHead event={event} locale={locale} title={t('title')}>
        <p>{t('lede')}</p>
        <p className={styles.taken}>{seats.capacity === null ? `${seats.headline}, ${seats.detail}` : seats.taken > 0 ? `${seats.headline} ${seats.detail}` : `${seats.headline}, ${seats.detail}`}</p>
      </RoomHead>
      {did && <Notice tone="success" live="status"><p>{t(`done.${did}`)}</p></Notice>}
      <div className={styles.columns}>
        <Section id="aside" title={t('aside.title')} beside={allotments.length > 0 ? t('aside.count', { count: allotments.reduce((sum, one) => sum + one.seats, 0) }) : undefined}>
          <p className={styles.what}>{t('aside.what')}</p>
          <Aside allotments={allotments} event={event} locale={locale} shut={shut} />
          {!shut && (
            <div className={styles.form}>
              <h3>{t('aside.add')}</h3>
              <TextForm
                key={allotments.length}
                act={keepSeats}
                fields={{ event: event.slug, locale }}
                questions={[
                  { name: 'organisation', label: t('aside.organisation'), max: 120, required: true },
                  { name: 'seats', label: t('aside.seats'), max: 5, required: true },
                  ...(places.length > 1 ? [{ name: 'place', kind: 'choice' as const, label: t('place.label'), value: 'room', options: places.map((value) => ({ value, label: t(`place.${value}`) })) }] : []),
                ]}
                label={t('aside.submit')}
                look="ghost"
                wrong={t('wrong')}
              />
            </div>
          )}
        </Section>
        <Section id="codes" title={t('codes.title')} beside={codes.length > 0 ? t('codes.count', { count: codes.length }) : undefined}>
          <p className={styles.what}>{t(event.audience === 'open' && !event.approves ? 'codes.whatOpen' : 'codes.what')}</p>
          <Codes codes={codes} event={event} locale={locale} shut={shut} />
          {!shut && (
            <div className={styles.form}>
              <h3>{t('codes.add')}</h3>
              <TextForm
                key={codes.length}
                act={writeCode}
                fields={{ event: event.slug, locale }}
                questions={[
                  { name: 'label', label: t('codes.label'), hint: t('codes.labelHint'), optional: t('optional'), max: 120 },
                  { name: 'most', label: t('codes.most'), hint: t('codes.mostHint'), optional: t('optional'), max: 5 },
                ]}
                label={t('codes.submit')}
                look="ghost"
                wrong={t('wrong')}
              />
            </div>
          )}
        </Section>
      </div>
      {event.audience === 'invited' && <p className={styles.invited}><a href={`${people}#invited`}>{t('invited')}</a></p>}
    </Page>
  )
}
