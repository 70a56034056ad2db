import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireOrganiser } from '@/app/_session/actor'
import { LinkButton } from '@/app/_ui/button'
import { Notice } from '@/app/_ui/notice'
import { Page, Section } from '@/app/_ui/page'
import { Pagination } from '@/app/_ui/pagination'
import { SearchForm } from '@/app/_ui/search-form'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { canReadNeeds } from '@/lib/events/access'
import { keepersOf } from '@/lib/events/queries'
import { isId } from '@/lib/ids'
import { answersOf, awaitingAbout } from '@/lib/inbox/queries'
import { lettersAboutEach, unreachableAmong } from '@/lib/mail/queries'
import { countLists, findPeople, listOf, type ListName, personListed } from '@/lib/registrations/queries'
import { shutToChange } from '@/lib/registrations/rules'
import { eventOf, pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import styles from '@/app/[locale]/(host)/organise/organise.module.css'
import { seatsOf } from '@/app/[locale]/(host)/organise/say-event'
import { RoomHead } from '@/app/[locale]/(host)/organise/events/[slug]/room-head'
import { AddPeople } from './add-people'
import { AskedFirst } from './asked-first'
import { Person, type Room } from './person'
import own from './registrations.module.css'

interface Props {
  params: Promise<{ locale: Locale; slug: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const lists: ListName[] = ['decide', 'proof', 'seated', 'waiting', 'cancelled']
/** These say that nobody is in them; the others are left out. */
const always: ListName[] = ['seated', 'waiting']

const known = [
  'confirmed', 'waitlisted', 'pending', 'admitted-confirmed', 'admitted-waitlisted', 'member-confirmed', 'member-waitlisted', 'declined',
  'offered', 'seated', 'cancelled', 'cancelled-promoted', 'sent-again', 'invited', 'imported', 'mended',
] as const

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params)
  const t = await getTranslations({ locale, namespace: 'people.room' })
  return { title: t('pageTitle', { title: event.title }) }
}

/** Who asks, comes, waits and has cancelled, how it came and what each was sent. The only page with all names and addresses. */
export default async function RegistrationsPage({ params, searchParams }: Props) {
  const actor = await requireOrganiser({ locale: (await params).locale })
  const { event, locale } = await eventOf(params, '/organise/events/[slug]/registrations')
  const t = await getTranslations({ locale, namespace: 'people.room' })
  const asked = await searchParams
  const text = (name: string) => (typeof asked[name] === 'string' ? asked[name].slice(0, 200).replaceAll('\0', '').trim() : '')
  const from = (list: ListName) => (/^\d{1,6}$/.test(text(list)) ? Number(text(list)) : 0)
  const q = text('q')
  const about = (['cancel', 'decline'] as const).find((what) => isId(asked[what]))
  const [count, seats, found, whom, ...pages] = await Promise.all([
    countLists(event.id),
    seatsOf(event, locale),
    q ? findPeople(event.id, q) : null,
    personListed(event.id, about && text(about)),
    ...(q ? [] : lists.map((list) => listOf(event.id, list, from(list)))),
  ])
  const people = found ? found.rows : pages.flatMap((page) => page.rows)
  const needs = canReadNeeds(actor, (await keepersOf(event.id)).map(({ id }) => id))
  const [letters, answers, waiting, unreachable, elsewhere] = await Promise.all([
    lettersAboutEach(people.map(({ id }) => `registration/${id}`), { needs }),
    answersOf(people.map(({ id }) => id)),
    awaitingAbout(people.map(({ id }) => id)),
    unreachableAmong(people.map(({ addressFold }) => addressFold)),
    personListed(event.id, isId(asked.elsewhere) ? asked.elsewhere : undefined),
  ])
  const here = pathOfRoom('/organise/events/[slug]/registrations', event.slug, locale)
  const room: Room = { event, locale, here, shut: shutToChange(event, now()) !== null || event.status === 'draft' }
  const person = (one: (typeof people)[number], rank?: number) => (
    <Person key={one.id} person={one} letters={letters.get(`registration/${one.id}`) ?? []} answers={answers.get(one.id)} waiting={waiting.get(one.id)} unreachable={unreachable.get(one.addressFold)} room={room} rank={rank} />
  )
  const did = known.find((one) => one === text('done'))
  const noSeat = !room.shut && count.waiting > 0 && event.seatings.every(({ capacity, taken }) => capacity !== null && taken >= capacity)

  return (
    <Page>
      <RoomHead event={event} locale={locale} title={t('title')}>
        <dl className={styles.tally}>
          {([['seated', count.seated], ['waiting', count.waiting], ['decide', count.awaited], ['cancelled', count.cancelled]] as const).map(([name, figure]) => (
            <div key={name}><dt>{t(`tally.${name}`, { count: figure })}</dt><dd>{figure}</dd></div>
          ))}
        </dl>
        <p className="small muted">{seats.taken > 0 && seats.capacity !== null ? `${seats.headline} ${seats.detail}` : `${seats.headline}, ${seats.detail}`}</p>
        {!room.shut && (
          <ul className={own.doors}>
            <li><a href="#add">{t('add.title')}</a></li>
            <li><a href={pathOfRoom('/organise/events/[slug]/registrations/import', event.slug, locale)}>{t('import')}</a></li>
          </ul>
        )}
      </RoomHead>
      {did && <Notice tone="success" live="status"><p>{t(`done.${did}`)}</p></Notice>}
      {about && whom && !room.shut && <AskedFirst what={about} person={whom} room={room} waiting={count.waiting} t={t} />}
      {(q || count.seated + count.waiting + count.cancelled > 20) && (
        <SearchForm className={own.search} action={here} label={t('search')} find={t('find')} q={q} />
      )}
      {found && (
        <Section id="found" title={t('found', { q })} beside={<a href={here}>{t('showAll')}</a>}>
          {found.rows.length === 0 && <p className="muted">{t('nobodyFound')}</p>}
          <ul className={own.people}>{found.rows.map((one) => person(one))}</ul>
          {found.more && <p className="muted">{t('moreFound')}</p>}
        </Section>
      )}
      {!found && lists.map((list, place) => {
        const { rows, next } = pages[place]
        if (rows.length === 0 && count[list] === 0 && !always.includes(list)) return null
        return (
          <Section key={list} id={list} title={t(`lists.${list}`)} beside={count[list] > 0 ? t('count', { count: count[list] }) : undefined}>
            {rows.length === 0 && <p className="muted">{t(`none.${list}`)}</p>}
            {rows.length > 0 && t.has(`hints.${list}`) && <p className={own.hint}>{t(`hints.${list}` as 'hints.waiting')}{list === 'waiting' && noSeat && ` ${t('noSeat')}`}</p>}
            <ul className={own.people}>{rows.map((one, index) => person(one, list === 'waiting' ? pages[place].from + index + 1 : undefined))}</ul>
            <Pagination
              label={t(`lists.${list}`)}
              previous={from(list) > 0 ? { href: `${here}#${list}`, label: t('first') } : undefined}
              next={next ? { href: `${here}?${list}=${next}#${list}`, label: t('next') } : undefined}
            />
          </Section>
        )
      })}
      <AddPeople room={room} person={elsewhere} />
      <p className={styles.jump}><LinkButton look="quiet" href={pathOfRoom('/organise/events/[slug]', event.slug, locale)}>{t('back')}</LinkButton></p>
    </Page>
  )
}
