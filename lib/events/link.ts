import type { Tx } from '@/lib/db'
import type { FieldRefusal } from '@/lib/outcome'
import { slugify } from '@/lib/text'
import type { EventPatch } from './schema'

/**
 * What an event points at: themes, recommendations, cycles, speakers, partners, venue, programme.
 * `findLinks` looks everything up in one query per kind, says which names are unknown, and writes nothing: a refusal
 * leaves nobody behind. `bringVenue` and `writeLinks` write, the latter replacing what the patch gives.
 */
export async function findLinks(tx: Tx, patch: EventPatch) {
  const [themes, recommendations, cycles, format] = [
    await findThemes(tx, patch.themes),
    await findRecommendations(tx, patch.recommendations),
    await findSeries(tx, patch.cycles, 'cycle', 'cycles'),
    await findSeries(tx, patch.format ? [patch.format] : undefined, 'format', 'format'),
  ]
  const [venue, speakers] = [await findVenue(tx, patch.venue), await findSpeakers(tx, patch.speakers)]
  const refusals = [themes, recommendations, cycles, format, venue, speakers].flatMap((found) => found.refusals)
  return {
    refusals,
    themes: themes.ids,
    recommendations: recommendations.links,
    cycles: cycles.ids,
    formatId: patch.format === null ? null : format.ids?.[0],
    speakers: speakers.slugs,
    newSpeakers: speakers.added,
  }
}

type Links = Awaited<ReturnType<typeof findLinks>>

/** The venue's id, of one that is known or named here for the first time; undefined where the patch says nothing of it. */
export async function bringVenue(tx: Tx, { venue }: EventPatch) {
  if (!venue) return venue
  const slug = slugOf(venue)
  if ('name' in venue) await tx.venue.createMany({ data: [{ slug, name: venue.name, address: venue.address, city: venue.city }], skipDuplicates: true })
  return (await tx.venue.findUniqueOrThrow({ where: { slug }, select: { id: true } })).id
}

export async function writeLinks(tx: Tx, eventId: string, patch: EventPatch, links: Links) {
  if (links.themes) {
    await tx.eventTheme.deleteMany({ where: { eventId } })
    await tx.eventTheme.createMany({ data: links.themes.map((themeId, position) => ({ eventId, themeId, position })) })
  }
  if (links.recommendations) {
    await tx.eventRecommendation.deleteMany({ where: { eventId } })
    await tx.eventRecommendation.createMany({ data: links.recommendations.map((one) => ({ eventId, ...one })) })
  }
  if (links.cycles) {
    await tx.eventCycle.deleteMany({ where: { eventId } })
    await tx.eventCycle.createMany({ data: links.cycles.map((seriesId) => ({ eventId, seriesId })) })
  }
  if (links.speakers) await writeSpeakers(tx, eventId, links.speakers, links.newSpeakers)
  if (patch.partners) await writePartners(tx, eventId, patch.partners)
  if (patch.programme) {
    await tx.programmeItem.deleteMany({ where: { eventId } })
    await tx.programmeItem.createMany({
      data: patch.programme.map(({ time, title }, position) => ({ eventId, position, time: time ?? null, title })),
    })
  }
  if (patch.translation !== undefined) await writeTranslation(tx, eventId, patch.translation)
}

async function findThemes(tx: Tx, slugs: string[] | undefined) {
  if (!slugs) return { ids: undefined, refusals: [] }
  const wanted = [...new Set(slugs)]
  const found = new Map((await tx.theme.findMany({ where: { slug: { in: wanted } }, select: { id: true, slug: true } })).map((one) => [one.slug, one.id]))
  return { ids: wanted.flatMap((slug) => found.get(slug) ?? []), refusals: unknown('themes', wanted, (slug) => found.has(slug)) }
}

async function findRecommendations(tx: Tx, wanted: EventPatch['recommendations']) {
  if (!wanted) return { links: undefined, refusals: [] }
  const rows = wanted.length === 0 ? [] : await tx.recommendation.findMany({
    where: { OR: wanted.map(({ report, number }) => ({ number, report: { slug: report } })) },
    select: { id: true, number: true, report: { select: { slug: true } } },
  })
  const found = new Map(rows.map((one) => [`${one.report.slug}/${one.number}`, one.id]))
  const unique = [...new Map(wanted.map((one) => [`${one.report}/${one.number}`, one])).entries()]
  const links = unique.flatMap(([key, one], position) => {
    const recommendationId = found.get(key)
    return recommendationId ? [{ recommendationId, position, origin: one.inferred ? ('inferred' as const) : ('chosen' as const) }] : []
  })
  return { links, refusals: unknown('recommendations', unique.map(([key]) => key), (key) => found.has(key)) }
}

async function findSeries(tx: Tx, slugs: string[] | undefined, nature: 'format' | 'cycle', field: string) {
  if (!slugs) return { ids: undefined, refusals: [] }
  const wanted = [...new Set(slugs)]
  const rows = await tx.series.findMany({ where: { slug: { in: wanted }, nature }, select: { id: true, slug: true } })
  const found = new Map(rows.map((one) => [one.slug, one.id]))
  const refusals = wanted.filter((slug) => !found.has(slug)).map(() => ({ field, reason: 'unknown' }))
  return { ids: wanted.flatMap((slug) => found.get(slug) ?? []), refusals }
}

async function findVenue(tx: Tx, wanted: EventPatch['venue']): Promise<{ refusals: FieldRefusal[] }> {
  if (!wanted || 'name' in wanted || (await tx.venue.count({ where: { slug: wanted.slug } })) > 0) return { refusals: [] }
  return { refusals: [{ field: 'venue', reason: 'unknown' }] }
}

async function findSpeakers(tx: Tx, wanted: EventPatch['speakers']) {
  if (!wanted) return { slugs: undefined, added: [], refusals: [] }
  const bySlug = new Map(wanted.map((one) => [slugOf(one), one]))
  const slugs = [...bySlug.keys()]
  const known = new Set((await tx.speaker.findMany({ where: { slug: { in: slugs } }, select: { slug: true } })).map(({ slug }) => slug))
  const added = [...bySlug].flatMap(([slug, one]) =>
    !known.has(slug) && 'name' in one ? [{ slug, name: one.name, roleFr: one.role ?? null, organisation: one.organisation ?? null }] : [],
  )
  const named = new Set([...known, ...added.map(({ slug }) => slug)])
  return { slugs, added, refusals: unknown('speakers', slugs, (slug) => named.has(slug)) }
}

const slugOf = (one: { slug: string } | { name: string }) => ('name' in one ? slugify(one.name) : one.slug)

async function writeSpeakers(tx: Tx, eventId: string, slugs: string[], added: Links['newSpeakers']) {
  await tx.speaker.createMany({ data: added, skipDuplicates: true })
  const rows = await tx.speaker.findMany({ where: { slug: { in: slugs } }, select: { id: true, slug: true } })
  // Who stays keeps their row: the link by which they send their slides hangs on it.
  await tx.eventSpeaker.deleteMany({ where: { eventId, speakerId: { notIn: rows.map(({ id }) => id) } } })
  await tx.eventSpeaker.createMany({ data: rows.map(({ id, slug }) => ({ eventId, speakerId: id, position: slugs.indexOf(slug) })), skipDuplicates: true })
  for (const { id, slug } of rows) await tx.eventSpeaker.updateMany({ where: { eventId, speakerId: id, position: { not: slugs.indexOf(slug) } }, data: { position: slugs.indexOf(slug) } })
}

async function writePartners(tx: Tx, eventId: string, partners: NonNullable<EventPatch['partners']>) {
  const bySlug = new Map(partners.map((one) => [slugify(one.name), one]))
  await tx.partner.createMany({
    data: [...bySlug].map(([slug, { name, url }]) => ({ slug, name, url: url ?? null })),
    skipDuplicates: true,
  })
  const rows = await tx.partner.findMany({ where: { slug: { in: [...bySlug.keys()] } }, select: { id: true, slug: true } })
  const order = [...bySlug.keys()]
  await tx.eventPartner.deleteMany({ where: { eventId } })
  await tx.eventPartner.createMany({
    data: rows.map(({ id, slug }) => ({ eventId, partnerId: id, role: roleCode[bySlug.get(slug)!.role], position: order.indexOf(slug) })),
  })
}

const roleCode = { 'co-organiser': 'co_organiser', venue: 'venue', funder: 'funder' } as const

async function writeTranslation(tx: Tx, eventId: string, translation: EventPatch['translation']) {
  await tx.eventTranslation.deleteMany({ where: { eventId } })
  if (!translation) return
  const { language } = await tx.event.findUniqueOrThrow({ where: { id: eventId }, select: { language: true } })
  await tx.eventTranslation.create({ data: { eventId, language: language === 'fr' ? 'en' : 'fr', ...translation } })
}

const unknown = (field: string, names: string[], isKnown: (name: string) => boolean): FieldRefusal[] =>
  names.flatMap((name, i) => (isKnown(name) ? [] : [{ field: `${field}.${i}`, reason: 'unknown' }]))
