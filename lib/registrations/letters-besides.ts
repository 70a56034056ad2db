import { entryInclude } from '@/lib/calendar/entry'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { db } from '@/lib/db'
import { keepersOf } from '@/lib/events/queries'
import { shown } from '@/lib/events/rules'
import { capability, isId } from '@/lib/ids'
import { installation } from '@/lib/installation'
import type { Composed, LetterRow } from '@/lib/mail/deliver'
import { type Locale, localeOf, sayDay, sayHours } from '@/lib/text'
import { wallOf } from '@/lib/time'
import { webAddress } from '@/lib/web-address'
import { eventFacts, seriesName, standingUrl } from './letter-facts'

const idIn = (about: string, place = 1) => {
  const id = about.split('/')[place]
  return isId(id) ? id : null
}

/** Sessions named in a letter at most; the page knows all. */
const named = 6

/** What is said of a standing registration, `standing/<id>`. Null where it was ended since. */
export async function composeAboutStanding(letter: LetterRow): Promise<Composed | null> {
  const id = idIn(letter.about)
  const row = id && (await db.standingRegistration.findUnique({ where: { id }, include: { series: true } }))
  if (!row || row.endedAt || row.address !== letter.toAddress) return null
  if (letter.kind !== 'standing-started') throw new Error(`No letter about a standing registration is called ${letter.kind}`)
  const locale = localeOf(letter.locale)
  const events = await db.event.findMany({
    where: { formatId: row.seriesId, status: 'published', startsAt: { gt: now() } },
    orderBy: { startsAt: 'asc' },
    take: named,
    include: { translation: true },
  })
  return {
    letter: {
      kind: 'standing-started',
      name: letter.toName ?? row.name,
      series: seriesName(row.series, locale),
      seriesUrl: webAddress('/series/[slug]', { slug: row.series.slug }, locale),
      manageUrl: standingUrl(row, locale),
      needsProof: row.provenAt === null,
      paused: row.pausedAt !== null,
      coming: events.map((event) => ({ when: dayOf(event, locale), title: shown(event, locale).title })),
    },
  }
}

function dayOf({ startDate, startTime, timeZone }: { startDate: string; startTime: string | null; timeZone: string }, locale: Locale) {
  return [sayDay(startDate, locale, { today: wallOf(now(), timeZone).date }), sayHours(startTime, null, locale, 'long')].filter(Boolean).join(' ')
}

/** To the new address a link that is good for a while, to the old one what happened: `address-change/<id>`. */
export async function composeAboutAddressChange(letter: LetterRow): Promise<Composed | null> {
  const id = idIn(letter.about)
  const change = id && (await db.addressChange.findUnique({ where: { id } }))
  if (!change) return null
  const locale = localeOf(letter.locale)
  const about = change.registrationId
    ? await db.registration.findUnique({ where: { id: change.registrationId }, select: { timeZone: true, event: { include: { translation: true } } } })
    : null
  const title = about && shown(about.event, locale).title
  if (letter.kind === 'address-changed') return { letter: await addressChangedOf(change.means, title) }
  if (letter.kind !== 'address-change') throw new Error(`No letter about a change of address is called ${letter.kind}`)
  if (change.usedAt || change.expires <= now()) return null
  return { letter: addressChangeOf(change, title, about?.timeZone ?? config().defaultTimeZone, locale) }
}

type Change = { id: string; means: 'replace' | 'add'; expires: Date }

/** `title` is the one registration's event; null: it is about all of somebody's. */
export const addressChangeOf = ({ id, means, expires }: Change, title: string | null, timeZone: string, locale: Locale): Composed['letter'] => ({
  kind: 'address-change',
  url: webAddress('/address/[token]', { token: capability('address-change', id, 0) }, locale),
  means,
  title,
  until: expires.toISOString(),
  timeZone,
})

export const addressChangedOf = async (means: 'replace' | 'add', title: string | null): Promise<Composed['letter']> => ({
  kind: 'address-changed',
  means,
  title,
  contact: (await installation()).contact,
})

/**
 * Word to a keeper that needs were said, `access/<event id>/<person id>`. Null where none is open any more, where the
 * event follows no more, or where somebody else looks after them by now.
 */
export async function composeAboutAccess(letter: LetterRow): Promise<Composed | null> {
  const [eventId, personId] = [idIn(letter.about, 1), idIn(letter.about, 2)]
  if (!eventId || !personId) return null
  const [event, open, keepers, person] = await Promise.all([
    db.event.findUnique({ where: { id: eventId }, include: entryInclude }),
    db.accessNeed.count({ where: { eventId, state: 'open' } }),
    keepersOf(eventId),
    db.person.findUnique({ where: { id: personId }, select: { role: true } }),
  ])
  if (!event || open === 0 || event.status === 'called_off' || event.startsAt <= now()) return null
  const isTheirs = keepers.length > 0 ? keepers.some(({ id }) => id === personId) : person?.role === 'admin'
  if (!isTheirs) return null
  const locale = localeOf(letter.locale)
  return { letter: accessNeedOf(event, locale) }
}

export const accessNeedOf = (event: Parameters<typeof eventFacts>[0] & { slug: string }, locale: Locale): Composed['letter'] => ({
  kind: 'access-need',
  event: eventFacts(event, locale),
  url: webAddress('/organise/events/[slug]/access', { slug: event.slug }, locale),
})
