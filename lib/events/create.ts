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
import { bringReminders } from './set-reminders'
import { restitutionDueAt, takeawayAt } from './takeaway'

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
        opensAt: timing.opensAt,
        closesAt: timing.closesAt,
        title: input.title,
        summary: input.summary,
        description: input.description,
        language: input.language ?? config().defaultLocale,
        mode,
        audience: input.audience ?? 'open',
        waitlist: input.waitlist ?? false,
        provesAddress: input.provesAddress,
        approves: input.approves,
        offerHours: input.offerHours,
        companionsMost: input.companionsMost,
        asksAccess: input.asksAccess,
        joinUrl: input.joinUrl,
        notesVisibility: input.notesVisibility ?? 'all',
        formatId: links.formatId,
        venueId: await bringVenue(tx, input),
        createdById: actor.kind === 'person' ? actor.id : null,
        takeawayDoneAt: takeawayAt(timing.timing) <= now() ? now() : null,
        restitutionDueTold: restitutionDueAt(timing.timing) <= now() ? now() : null,
        createdAt: now(),
        updatedAt: now(),
        ...origin,
      },
    })
    await tx.seating.createMany({
      data: placesOf(mode).map((place) => ({ eventId: id, place, capacity: capacityOf(place, mode, input) ?? null })),
    })
    await bringReminders(tx, id, timing.timing)
    await writeLinks(tx, id, input, links)
    await writeSearchText(tx, id)
    await record(tx, actor, { verb: 'event.create', subject: `event/${id}`, eventId: id, after: { title: input.title, slug } })
    return done({ id, slug })
  })
}

/** The capacity that an input gives a place: `screenCapacity` is the screen's in a hybrid event, `capacity` all else. */
export const capacityOf = (place: 'room' | 'screen', mode: string, input: EventPatch) =>
  mode === 'hybrid' && place === 'screen' ? input.screenCapacity : input.capacity

type Whens = Pick<EventPatch, 'startsAt' | 'endsAt' | 'timeZone' | 'opensAt' | 'closesAt'>
type Known = { timeZone: string; start?: WallTime; end?: WallTime | null; opensAt?: Date | null; closesAt?: Date | null }
type Doors = { opensAt: Date | null; closesAt: Date | null }

/**
 * What is said of time, laid over what is known; both ends, the opening and the closing are judged together. A closing
 * that does not come before the start is none; an opening that does not come before the closing is refused.
 */
export function readTiming(input: Whens, known: Known): ({ timing: Timing } & Doors) | { refusals: FieldRefusal[] } {
  const timeZone = input.timeZone ?? known.timeZone
  const start = input.startsAt === undefined ? known.start! : readWhen(input.startsAt, timeZone)
  const end = input.endsAt === undefined ? (known.end ?? null) : input.endsAt === null ? null : readWhen(input.endsAt, timeZone)
  const refusals = Object.entries({ startsAt: start, endsAt: end }).flatMap(([field, read]) => (read && 'reason' in read ? [{ field, reason: read.reason }] : []))
  const [opens, closes] = [instantIn(input.opensAt, timeZone, 'begins'), instantIn(input.closesAt, timeZone, 'ends')]
  for (const [field, { reason }] of Object.entries({ opensAt: opens, closesAt: closes })) if (reason) refusals.push({ field, reason })
  if (refusals.length > 0) return { refusals }
  const timing = timingOf(start as WallTime, end as WallTime | null, timeZone)
  if ('field' in timing) return { refusals: [timing] }
  const [opensAt, closesAt] = [opens.at === undefined ? (known.opensAt ?? null) : opens.at, closes.at === undefined ? (known.closesAt ?? null) : closes.at]
  const shuts = closing({ startsAt: timing.startsAt, closesAt })
  if (opensAt && opensAt >= shuts) return { refusals: [{ field: 'opensAt', reason: 'after-closing' }] }
  return { timing, opensAt, closesAt: shuts < timing.startsAt ? shuts : null }
}

/** The instant of what was said, or why it is none; undefined where nothing was said, null where there is to be none. */
/** A day without an hour opens as it begins, and closes a minute before it is over: that is what people expect of a last day. */
function instantIn(said: string | null | undefined, timeZone: string, day: 'begins' | 'ends'): { at?: Date | null; reason?: string } {
  if (said === undefined || said === null) return { at: said }
  const wall = readWhen(said, timeZone)
  if ('reason' in wall) return wall
  const timing = timingOf(wall, null, timeZone)
  if ('field' in timing) return { reason: timing.reason }
  return { at: day === 'ends' && wall.time === null ? new Date(timing.overAt.getTime() - 60_000) : timing.startsAt }
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
