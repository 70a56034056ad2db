import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { LinkButton } from '@/app/_ui/button'
import { DateBlock } from '@/app/_ui/date-block'
import { EmptyState } from '@/app/_ui/notice'
import { Columns, Page, PageHead, Section } from '@/app/_ui/page'
import { Pagination } from '@/app/_ui/pagination'
import { Entry } from '@/app/_ui/programme'
import { SeatBar } from '@/app/_ui/seat-bar'
import { datePartsOf, pigmentOf } from '@/app/[locale]/event-words'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { allEvents, dueEvents, type EventCard } from '@/lib/events/queries'
import { isId } from '@/lib/ids'
import { countAwaiting } from '@/lib/inbox/queries'
import { countRelays } from '@/lib/coverage/queries'
import { proposalsAwaiting, resourcesAwaiting } from '@/lib/notes/queries'
import { decisionsAwaiting, needsAwaiting } from '@/lib/registrations/queries'
import { typo } from '@/lib/text'
import { pathOfRoom } from './event-of'
import styles from './organise.module.css'
import { daysSince, sayEventWhen, seatsOf, titleOf } from './say-event'

interface Props {
  params: Promise<{ locale: Locale }>
  searchParams: Promise<{ after?: string | string[] }>
}

const perPage = 20

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations({ locale: (await params).locale, namespace: 'organise.board' })
  return { title: t('title') }
}

/** The board: what is due, what comes, what is being prepared, what is over. */
export default async function BoardPage({ params, searchParams }: Props) {
  const { locale } = await params
  const actor = await requireOrganiser({ locale })
  const t = await getTranslations({ locale, namespace: 'organise.board' })
  const asked = (await searchParams).after
  const after = isId(asked) ? asked : undefined
  const [coming, past, due, needs, decisions, mails, proposals, resources, relays] = await Promise.all([
    allEvents('coming'),
    allEvents('past', { take: perPage + 1, after }),
    dueEvents(),
    needsAwaiting(actor),
    decisionsAwaiting(actor),
    countAwaiting(),
    proposalsAwaiting(actor),
    resourcesAwaiting(actor),
    countRelays(),
  ])
  const drafts = coming.filter(({ status }) => status === 'draft')
  const announced = coming.filter(({ status }) => status !== 'draft')
  const older = past.length > perPage ? past[perPage - 1].id : undefined
  const board = getPathname({ href: '/organise', locale })
  const newEvent = getPathname({ href: '/organise/events/new', locale })

  return (
    <Page>
      <PageHead title={t('title')}>
        <LinkButton href={newEvent}>{t('new')}</LinkButton>
      </PageHead>
      <Columns asideFirst aside={<Due events={due} mails={mails} relays={relays} waiting={[
        ...decisions.map((one) => ({ ...one, what: 'decisions' as const })),
        ...needs.map((one) => ({ ...one, what: 'needs' as const })),
        ...proposals.map((one) => ({ ...one, what: 'proposals' as const })),
        ...resources.map((one) => ({ ...one, what: 'resources' as const })),
      ]} locale={locale} />}>
        <Section id="coming" title={t('coming')} beside={announced.length > 0 ? t('count', { count: announced.length }) : undefined}>
          {announced.length === 0 && <EmptyState title={t('nothing')}><p>{t('nothingHint')}</p></EmptyState>}
          {announced.map((event) => <Line key={event.id} event={event} locale={locale} />)}
        </Section>
        <Section id="drafts" title={t('drafts')} beside={drafts.length > 0 ? t('count', { count: drafts.length }) : undefined}>
          {drafts.length === 0 && <p className="muted">{t('noDrafts')}</p>}
          {drafts.map((event) => <Line key={event.id} event={event} locale={locale} />)}
        </Section>
        <Section id="past" title={t('past')}>
          {past.length === 0 && <p className="muted">{t('noPast')}</p>}
          {past.slice(0, perPage).map((event) => <Line key={event.id} event={event} locale={locale} past />)}
          <Pagination label={t('pages')} previous={after ? { href: `${board}#past`, label: t('newest') } : undefined} next={older ? { href: `${board}?after=${older}#past`, label: t('older') } : undefined} />
        </Section>
      </Columns>
    </Page>
  )
}

async function Line({ event, locale, past }: { event: EventCard; locale: Locale; past?: boolean }) {
  const t = await getTranslations({ locale, namespace: 'organise' })
  const calledOff = event.status === 'called_off'
  const { title, lang } = titleOf(event, locale)
  return (
    <Entry
      pigment={pigmentOf(event)}
      date={<DateBlock {...datePartsOf(event, locale, await getTranslations({ locale, namespace: 'event' }))} past={past} struck={calledOff} status={calledOff ? t('status.called-off') : undefined} />}
      title={title}
      lang={lang}
      href={pathOfRoom('/organise/events/[slug]', event.slug, locale)}
      past={past}
      end={event.status === 'published' && !(past && event.source) ? <SeatBar {...await seatsOf(event, locale)} /> : event.status === 'draft' ? <p className={styles.draft}>{t('status.draft')}</p> : undefined}
    >
      <p>{[event.format && (locale === 'fr' ? event.format.nameFr : event.format.nameEn), t(`mode.${event.mode === 'in_person' ? 'in-person' : event.mode}`), event.venue?.name].filter(Boolean).join(', ')}</p>
    </Entry>
  )
}

type Waiting = { what: keyof typeof roomOf; slug: string; title: string; language: string; open: number }

const roomOf = { decisions: '/organise/events/[slug]/registrations', needs: '/organise/events/[slug]/access', proposals: '/organise/events/[slug]/proposals', resources: '/organise/events/[slug]/resources' } as const

/** Sessions that are over and whose host still owes something; before them, what people who come are waiting for. */
async function Due({ events, waiting, mails, relays, locale }: { events: Awaited<ReturnType<typeof dueEvents>>; waiting: Waiting[]; mails: number; relays: number; locale: Locale }) {
  const [t, said, inbox, kept, sent, told, due] = await Promise.all([
    getTranslations({ locale, namespace: 'organise' }), getTranslations({ locale, namespace: 'people.access' }), getTranslations({ locale, namespace: 'inbox' }), getTranslations({ locale, namespace: 'takeaway.room' }),
    getTranslations({ locale, namespace: 'resources.room' }), getTranslations({ locale, namespace: 'relay.room' }), getTranslations({ locale, namespace: 'restitution.room' }),
  ])
  // Each event stands here once, with all that is due to it.
  const alone = waiting.filter(({ slug }, place) => waiting.findIndex((one) => one.slug === slug) === place && events.every((event) => event.slug !== slug))
  const actsOf = (of: string) => waiting.filter(({ slug }) => slug === of).map(({ what, slug, title, open }) => (
    <li key={what}><a href={pathOfRoom(roomOf[what], slug, locale)}>{what === 'needs' ? said('due', { count: open }) : what === 'proposals' ? kept('due', { count: open }) : what === 'resources' ? sent('due', { count: open }) : t('event.pending', { count: open })}<span className="visually-hidden"> {t('due.about', { title })}</span></a></li>
  ))
  return (
    <Section id="due" title={t('board.due')} quiet>
      {events.length + waiting.length + mails + relays === 0 ? <p className="muted">{t('board.nothingDue')}</p> : (
        <ul className={styles.due}>
          {mails > 0 && (
            <li>
              <p className={styles.dueTitle}><a href={getPathname({ href: '/organise/inbox', locale })}>{inbox('title')}</a></p>
              <p className="small">{inbox('awaiting.due', { count: mails })}</p>
            </li>
          )}
          {relays > 0 && (
            <li>
              <p className={styles.dueTitle}><a href={getPathname({ href: '/organise/relays', locale })}>{told('title')}</a></p>
              <p className="small">{told('due', { count: relays })}</p>
            </li>
          )}
          {alone.map(({ slug, title, language }) => (
            <li key={slug}>
              <p className={styles.dueTitle}><a href={pathOfRoom('/organise/events/[slug]', slug, locale)} lang={language === locale ? undefined : language}>{typo(title, language === 'en' ? 'en' : 'fr')}</a></p>
              <ul className={styles.acts}>{actsOf(slug)}</ul>
            </li>
          ))}
          {events.map((event) => {
            const { title, lang } = titleOf(event, locale)
            return (
              <li key={event.id}>
                <p className={styles.dueTitle}><a href={pathOfRoom('/organise/events/[slug]', event.slug, locale)} lang={lang}>{title}</a></p>
                <p className="small muted">{sayEventWhen(event, locale)}</p>
                <ul className={styles.acts}>
                  {actsOf(event.slug)}
                  {event.undiscussed && <li><a href={pathOfRoom('/organise/events/[slug]/discussed', event.slug, locale)}>{t('due.discussed')}<span className="visually-hidden"> {t('due.about', { title })}</span></a></li>}
                  {event.unwritten && <li><a href={pathOfRoom('/organise/events/[slug]/restitution', event.slug, locale)}>{due('due', { days: daysSince(event) })}<span className="visually-hidden"> {t('due.about', { title })}</span></a></li>}
                </ul>
              </li>
            )
          })}
        </ul>
      )}
    </Section>
  )
}
