import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Prisma, type Tx } from '@/lib/db'
import { enqueue } from '@/lib/jobs/enqueue'
import { done, type FieldRefusal, type Outcome, refused } from '@/lib/outcome'
import { canOrganise } from './access'
import { capacityOf, freeSlug, readTiming } from './create'
import { bringVenue, findLinks, writeLinks } from './link'
import { calendarSees, modeCode, placesOf } from './rules'
import type { EventPatch } from './schema'
import { writeSearchText } from './search-text'
import { moveReminders } from './set-reminders'
import { restitutionDueAt, takeawayAt } from './takeaway'

type Refusal = 'forbidden' | 'not-found' | 'invalid' | 'called-off'

/**
 * Changes what the patch gives and nothing else. What a calendar can see raises SEQUENCE in the same transaction,
 * and, once published, tells everybody registered. A renamed slug leaves an alias once published.
 * Refusals: `forbidden`, `not-found`, `called-off` (nothing of it changes any more), `invalid` with the fields.
 */
export async function edit(actor: Actor, slug: string, patch: EventPatch, follow?: Follow): Promise<Outcome<{ id: string; slug: string; told: boolean }, Refusal>> {
  if (!canOrganise(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    // Not FOR UPDATE: whoever registers holds the counter and then touches the event's key, and would wait for us in a circle.
    await tx.$queryRaw`SELECT 1 FROM "Event" WHERE slug = ${slug} FOR NO KEY UPDATE`
    const before = await tx.event.findUnique({ where: { slug }, include: { venue: true, seatings: true } })
    if (!before) return refused('not-found')
    if (before.status === 'called_off') return refused('called-off')

    const timing = readTiming(patch, {
      timeZone: before.timeZone,
      start: { date: before.startDate, time: before.startTime },
      end: before.endDate ? { date: before.endDate, time: before.endTime } : null,
      opensAt: before.opensAt,
      closesAt: before.closesAt,
    })
    const links = await findLinks(tx, patch)
    const refusals = ['refusals' in timing ? timing.refusals : [], links.refusals, await refuseSlug(tx, before, patch)].flat()
    if ('refusals' in timing || refusals.length > 0) return refused('invalid', refusals)

    const mode = patch.mode ? modeCode[patch.mode] : before.mode
    const seats = await reseat(tx, before, mode, patch, follow)
    if (seats.length > 0) return refused('invalid', seats)
    const venueId = await bringVenue(tx, patch)
    const after = {
      ...timing.timing,
      title: patch.title ?? before.title,
      mode,
      venueId: venueId === undefined ? before.venueId : venueId,
      joinUrl: patch.joinUrl === undefined ? before.joinUrl : patch.joinUrl,
    }
    const seen = calendarSees(before, after)
    const event = await tx.event.update({
      where: { id: before.id },
      data: {
        ...after,
        slug: patch.slug,
        opensAt: timing.opensAt,
        closesAt: timing.closesAt,
        summary: patch.summary,
        description: patch.description,
        language: patch.language,
        audience: patch.audience,
        waitlist: patch.waitlist,
        provesAddress: patch.provesAddress,
        approves: patch.approves,
        offerHours: patch.offerHours,
        companionsMost: patch.companionsMost,
        asksAccess: patch.asksAccess,
        notesVisibility: patch.notesVisibility,
        formatId: links.formatId,
        // Moved to where the day after is still to come: whoever was not asked before is asked then.
        takeawayDoneAt: takeawayAt(after) > now() ? null : undefined,
        restitutionDueTold: restitutionDueAt(after) > now() ? null : undefined,
        updatedAt: now(),
        ...(seen ? { sequence: { increment: 1 } } : {}),
      },
    })
    if (event.slug !== slug) {
      await tx.eventAlias.deleteMany({ where: { slug: event.slug } })
      if (before.status === 'published') await tx.eventAlias.create({ data: { slug, eventId: event.id } })
    }
    await moveReminders(tx, event.id, before, timing.timing)
    await writeLinks(tx, event.id, patch, links)
    await writeSearchText(tx, event.id)
    const told = seen && before.status === 'published' && before.overAt > now()
    if (told) await enqueue(tx, 'event-changed', { eventId: event.id, sequence: event.sequence, was: said(before) })
    if (before.status === 'published') await enqueue(tx, 'seats-added', { eventId: event.id, more: hasMore(before.seatings, await tx.seating.findMany({ where: { eventId: event.id } })) })
    const opens = event.formatId !== before.formatId || event.audience !== before.audience || event.opensAt?.getTime() !== before.opensAt?.getTime()
    if (before.status === 'published' && event.formatId && opens) await enqueue(tx, 'standing-event', { eventId: event.id })
    await record(tx, actor, { verb: 'event.edit', subject: `event/${event.id}`, eventId: event.id, ...difference(before, event) })
    return done({ id: event.id, slug: event.slug, told })
  })
}

type Before = Prisma.EventGetPayload<{ include: { venue: true; seatings: true } }>

async function refuseSlug(tx: Tx, before: Before, patch: EventPatch): Promise<FieldRefusal[]> {
  if (!patch.slug || patch.slug === before.slug) return []
  // A name that it bore before is its own still.
  if ((await tx.eventAlias.count({ where: { slug: patch.slug, eventId: before.id } })) > 0) return []
  return (await freeSlug(tx, patch.slug)) === patch.slug ? [] : [{ field: 'slug', reason: 'taken' }]
}

type Place = 'room' | 'screen'

/** Takes whoever is registered from a place that closes to the one that stays; their numbers in line come after those there. */
export type Follow = (tx: Tx, eventId: string, from: Place, to: Place, behind: number) => Promise<void>

/**
 * Makes the counters fit the mode and the capacities given. The capacity cannot be set below the seats taken; of a place
 * that closes everybody follows to the other, or, where nobody takes them along, it cannot be closed. The counters are
 * locked: nobody takes a seat meanwhile.
 */
async function reseat(tx: Tx, before: Before, mode: Before['mode'], patch: EventPatch, follow?: Follow): Promise<FieldRefusal[]> {
  if (patch.capacity === undefined && patch.screenCapacity === undefined && mode === before.mode) return []
  await tx.$queryRaw`SELECT 1 FROM "Seating" WHERE "eventId" = ${before.id}::uuid ORDER BY place FOR UPDATE`
  const seatings = await tx.seating.findMany({ where: { eventId: before.id } })
  const wanted = placesOf(mode)
  const gone = seatings.find(({ place }) => !wanted.includes(place))
  if (gone && gone.taken + gone.waiting > 0 && !follow) return [{ field: 'mode', reason: 'seats-taken-there' }]
  const seats = wanted.map((place) => {
    const seating = seatings.find((one) => one.place === place)
    const given = capacityOf(place, mode, patch)
    const capacity = given === undefined ? (seating ?? gone)?.capacity ?? null : given
    const [has, comes] = [seating ?? nobody, (wanted.length === 1 && gone) || nobody]
    return { place, capacity, taken: has.taken + comes.taken, waiting: has.waiting + comes.waiting, line: has.line + comes.line, behind: has.line }
  })
  // All are judged before one is written: what is refused changes nothing.
  const tooFew = seats.find(({ taken, capacity }) => capacity !== null && capacity < taken)
  if (tooFew) return [{ field: tooFew.place === 'screen' && mode === 'hybrid' ? 'screenCapacity' : 'capacity', reason: 'below-seats-taken' }]
  for (const { place, behind, ...counted } of seats) {
    await tx.seating.upsert({
      where: { eventId_place: { eventId: before.id, place } },
      create: { eventId: before.id, place, ...counted, open: before.status === 'published' },
      update: counted,
    })
    if (gone && wanted.length === 1) {
      await tx.allotment.updateMany({ where: { eventId: before.id, place: gone.place }, data: { place } })
      await follow?.(tx, before.id, gone.place, place, behind)
    }
  }
  if (gone) await tx.seating.delete({ where: { eventId_place: { eventId: before.id, place: gone.place } } })
  return []
}

type Seats = { place: Place; capacity: number | null }[]

/** Are there seats that were not there before? */
const hasMore = (before: Seats, after: Seats) =>
  after.some(({ place, capacity }) => {
    const was = before.find((one) => one.place === place)
    return was === undefined || (was.capacity !== null && (capacity === null || capacity > was.capacity))
  })

const nobody = { taken: 0, waiting: 0, line: 0 }

const said = (event: Before) => ({
  title: event.title,
  startDate: event.startDate,
  startTime: event.startTime,
  endDate: event.endDate,
  endTime: event.endTime,
  timeZone: event.timeZone,
  place: event.venue?.name ?? null,
})

/** What the journal keeps: the columns that differ, as they were and as they are. */
function difference<Row extends object>(before: Row, after: Partial<Row>) {
  const quiet = ['updatedAt', 'takeawayDoneAt', 'restitutionDueTold', 'searchText', 'seatings', 'venue']
  const keys = Object.keys(after).filter((key) => !quiet.includes(key)) as (keyof Row & string)[]
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
  const pick = (row: Partial<Row>) => JSON.parse(JSON.stringify(Object.fromEntries(changed.map((key) => [key, row[key] ?? null]))))
  return { before: pick(before), after: pick(after) }
}
