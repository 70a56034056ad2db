import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { inTransaction, type Tx } from '@/lib/db'
import { newId } from '@/lib/ids'
import { done, type FieldRefusal, type Outcome, refused } from '@/lib/outcome'
import { slugify } from '@/lib/text'
import type { WallTime } from '@/lib/time'
import { canOrganise } from './access'
import { bringVenue, findLinks, writeLinks } from './link'
import { closing, modeCode, placesOf, readWhen, type Timing, timingOf } from './rules'
import type { EventInput, EventPatch } from './schema'
import { writeSearchText } from './search-text'

type Origin = { source?: string; sourceNote?: string; restitutionUrl?: string; restitutionOn?: Date; demonstration?: boolean }

/**
 * Makes a draft. Times are local to `timeZone` (the house's zone if not given) or RFC 3339. `origin` is where an
 * event of the archive was read. Refusals: `forbidden`; `invalid`, with the fields.
 */
export async function create(actor: Actor, input: EventInput, origin: Origin = {}): Promise<Outcome<{ id: string; slug: string }, 'forbidden' | 'invalid'>> {
  if (!canOrganise(actor)) return refused('forbidden')
  const timing = readTiming(input, { timeZone: config().defaultTimeZone })
  if ('refusals' in timing) return refused('invalid', timing.refusals)

  return inTransaction(async (tx) => {
    const links = await findLinks(tx, input)
    if (links.refusals.length > 0) return refused('invalid', links.refusals)
    const slug = await freeSlug(tx, input.slug ?? slugify(input.title))
    if (input.slug && slug !== input.slug) return refused('invalid', [{ field: 'slug', reason: 'taken' }])
    const id = newId()
    const mode = modeCode[input.mode]
    await tx.event.create({
      data: {
        id,
        uid: id,
        slug,
        ...timing.timing,
        closesAt: timing.closesAt,
        title: input.title,
        summary: input.summary,
        description: input.description,
        language: input.language ?? config().defaultLocale,
        mode,
        audience: input.audience ?? 'open',
        waitlist: input.waitlist ?? false,
        joinUrl: input.joinUrl,
        notesVisibility: input.notesVisibility ?? 'all',
        formatId: links.formatId,
        venueId: await bringVenue(tx, input),
        createdById: actor.kind === 'person' ? actor.id : null,
        createdAt: now(),
        updatedAt: now(),
        ...origin,
      },
    })
    await tx.seating.createMany({
      data: placesOf(mode).map((place) => ({ eventId: id, place, capacity: capacityOf(place, mode, input) ?? null })),
    })
    await writeLinks(tx, id, input, links)
    await writeSearchText(tx, id)
    await record(tx, actor, { verb: 'event.create', subject: `event/${id}`, eventId: id, after: { title: input.title, slug } })
    return done({ id, slug })
  })
}

/** The capacity that an input gives a place: `screenCapacity` is the screen's in a hybrid event, `capacity` all else. */
export const capacityOf = (place: 'room' | 'screen', mode: string, input: EventPatch) =>
  mode === 'hybrid' && place === 'screen' ? input.screenCapacity : input.capacity

type Whens = Pick<EventPatch, 'startsAt' | 'endsAt' | 'timeZone' | 'closesAt'>
type Known = { timeZone: string; start?: WallTime; end?: WallTime | null; closesAt?: Date | null }

/** What is said of time, laid over what is known; both ends and the closing are judged together. */
export function readTiming(input: Whens, known: Known): { timing: Timing; closesAt: Date | null } | { refusals: FieldRefusal[] } {
  const timeZone = input.timeZone ?? known.timeZone
  const start = input.startsAt === undefined ? known.start! : readWhen(input.startsAt, timeZone)
  const end = input.endsAt === undefined ? (known.end ?? null) : input.endsAt === null ? null : readWhen(input.endsAt, timeZone)
  const close = input.closesAt ? readWhen(input.closesAt, timeZone) : null
  const refusals = Object.entries({ startsAt: start, endsAt: end, closesAt: close }).flatMap(([field, read]) =>
    read && 'reason' in read ? [{ field, reason: read.reason }] : [],
  )
  if (refusals.length > 0) return { refusals }
  const timing = timingOf(start as WallTime, end as WallTime | null, timeZone)
  if ('field' in timing) return { refusals: [timing] }
  const closes = close && timingOf(close as WallTime, null, timeZone)
  if (closes && 'field' in closes) return { refusals: [{ field: 'closesAt', reason: closes.reason }] }
  const closesAt = input.closesAt === undefined ? (known.closesAt ?? null) : (closes?.startsAt ?? null)
  return { timing, closesAt: closesAt && closing({ startsAt: timing.startsAt, closesAt }) < timing.startsAt ? closesAt : null }
}

/** The slug itself, or with the next free number behind it; two who ask at once ask one after the other. */
export async function freeSlug(tx: Tx, wanted: string) {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('event-slug'))`
  const taken = await tx.$queryRaw<{ slug: string }[]>`
    SELECT slug FROM "Event" WHERE slug = ${wanted} OR slug LIKE ${`${wanted}-%`}
    UNION SELECT slug FROM "EventAlias" WHERE slug = ${wanted} OR slug LIKE ${`${wanted}-%`}`
  const slugs = new Set(taken.map((one) => one.slug))
  if (!slugs.has(wanted)) return wanted
  for (let n = 2; ; n++) if (!slugs.has(`${wanted}-${n}`)) return `${wanted}-${n}`
}
