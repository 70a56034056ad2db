import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { LinkButton } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { Frame, Page, PageHead, Section, Stack } from '@/app/_ui/page'
import { Pagination } from '@/app/_ui/pagination'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { inviteesOf } from '@/lib/events/queries'
import { closing, placesOf } from '@/lib/events/rules'
import { isId } from '@/lib/ids'
import { lettersAboutEach } from '@/lib/mail/queries'
import { countByStatus, listOf } from '@/lib/registrations/queries'
import { shutToChange } from '@/lib/registrations/rules'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { TextForm } from '@/app/[locale]/(host)/organise/_form/text-form'
import { eventOf, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import styles from '@/app/[locale]/(host)/organise/organise.module.css'
import { ownTitleOf, seatsOf } from '@/app/[locale]/(host)/organise/say-event'
import { addPerson, cancelPerson, inviteAddresses } from './actions'
import { People } from './people'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const lists = ['confirmed', 'waiting', 'others'] as const
const known = ['confirmed', 'waitlisted', 'pending', 'cancelled', 'cancelled-promoted', 'sent-again', 'invited']

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params)
  const t = await getTranslations({ locale, namespace: 'organise.people' })
  return { title: t('pageTitle', { title: event.title }) }
}

/** Who is registered, waiting, cancelled, and what each was sent. The only page with names and addresses. */
export default async function RegistrationsPage({ params, searchParams }: Props) {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params, '/organise/events/[slug]/registrations')
  const t = await getTranslations({ locale, namespace: 'organise.people' })
  const asked = await searchParams
  const id = (name: string) => (isId(asked[name]) ? asked[name] : undefined)
  const [count, seats, invitees, ...pages] = await Promise.all([
    countByStatus(event.id),
    seatsOf(event, locale),
    event.audience === 'invited' ? inviteesOf(event.id) : [],
    ...lists.map((list) => listOf(event.id, list, id(list))),
  ])
  const rows = pages.flatMap((page) => page.rows)
  const letters = await lettersAboutEach(rows.map((row) => `registration/${row.id}`))
  const here = pathOfRoom('/organise/events/[slug]/registrations', event.slug, locale)
  const shut = shutToChange(event, now())
  const leaving = shut ? undefined : rows.find((row) => row.id === id('cancel') && row.status !== 'cancelled')
  const did = typeof asked.done === 'string' && known.includes(asked.done) ? asked.done : undefined
  const places = placesOf(event.mode)
  const figures = { confirmed: count.confirmed + count.offered, waiting: count.waitlisted, others: count.pending + count.cancelled }
  const takes = event.status === 'published' && closing(event) > now()

  return (
    <Page>
      <PageHead overline={<span lang={event.language === locale ? undefined : event.language}>{ownTitleOf(event)}</span>} title={t('title')}>
        <dl className={styles.tally}>
          {([['confirmed', figures.confirmed], ['waiting', count.waitlisted], ['pending', count.pending], ['cancelled', count.cancelled]] as const).map(([name, figure]) => (
            <div key={name}><dt>{t(`tally.${name}`, { count: figure })}</dt><dd>{figure}</dd></div>
          ))}
        </dl>
        <p className="small muted">{seats.taken > 0 && seats.capacity !== null ? `${seats.headline} ${seats.detail}` : `${seats.headline}, ${seats.detail}`}</p>
        {takes && <p className="small"><a href="#add">{t('add.title')}</a></p>}
      </PageHead>
      {did && <Notice tone="success" live="status"><p>{t(`done.${did}`)}</p></Notice>}
      {leaving && (
        <Frame id="cancel">
          <Stack close>
            <h2>{t('cancel.title', { name: leaving.name })}</h2>
            <p>{t(leaving.status === 'confirmed' && count.waitlisted > 0 ? 'cancel.promotes' : 'cancel.tells', { address: leaving.address })}</p>
            <ActForm act={cancelPerson} fields={{ event: event.slug, id: leaving.id, locale }} label={t('cancel.confirm')} look="danger" />
            <p><a href={here}>{t('cancel.leave')}</a></p>
          </Stack>
        </Frame>
      )}
      {lists.map((list, place) => (
        <Section key={list} id={list} title={t(`lists.${list}`)} beside={figures[list] > 0 ? t('count', { count: figures[list] }) : undefined}>
          <div className={styles.list}>
            <People list={list} rows={pages[place].rows} letters={letters} event={event} locale={locale} here={here} shut={shut !== null} isTop={!id(list)} />
          </div>
          <Pagination
            label={t(`lists.${list}`)}
            previous={id(list) ? { href: `${here}#${list}`, label: t('first') } : undefined}
            next={pages[place].next ? { href: `${here}?${list}=${pages[place].next}#${list}`, label: t('next') } : undefined}
          />
        </Section>
      ))}
      <div className={styles.forms}>
        <Section id="add" title={t('add.title')}>
          {takes ? (
            <TextForm
              act={addPerson}
              fields={{ event: event.slug, locale }}
              questions={[
                { name: 'name', label: t('add.name'), max: 120, required: true },
                { name: 'email', kind: 'email', label: t('add.email'), max: 254, required: true },
                ...(places.length > 1 ? [{ name: 'place', kind: 'choice' as const, label: t('add.place'), value: 'room', options: places.map((value) => ({ value, label: t(`place.${value}`) })) }] : []),
                { name: 'language', kind: 'choice', label: t('add.language'), value: locale, options: [{ value: 'fr', label: 'Français' }, { value: 'en', label: 'English' }] },
              ]}
              label={t('add.submit')}
              wrong={t('wrong')}
            />
          ) : <p className="muted">{t(`add.${event.status === 'draft' ? 'draft' : 'closed'}`)}</p>}
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
      <p className={styles.jump}><LinkButton look="quiet" href={pathOfRoom('/organise/events/[slug]', event.slug, locale)}>{t('back')}</LinkButton></p>
    </Page>
  )
}
