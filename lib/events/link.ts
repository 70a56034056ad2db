import type { Tx } from '@/lib/db'
import { newId } from '@/lib/ids'
import type { FieldRefusal } from '@/lib/outcome'
import { slugify } from '@/lib/text'
import type { EventPatch } from './schema'

/**
 * What an event points at: themes, recommendations, cycles, speakers, partners, venue, programme.
 * `findLinks` looks everything up in one query per kind and says which names are unknown; `writeLinks` replaces
 * what the patch gives and leaves the rest.
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
    venueId: patch.venue === null ? null : venue.id,
    speakers: speakers.ids,
  }
}

export type Links = Awaited<ReturnType<typeof findLinks>>

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
  if (links.speakers) {
    await tx.eventSpeaker.deleteMany({ where: { eventId } })
    await tx.eventSpeaker.createMany({ data: links.speakers.map((speakerId, position) => ({ eventId, speakerId, position })) })
  }
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

async function findVenue(tx: Tx, wanted: EventPatch['venue']) {
  if (!wanted) return { id: undefined, refusals: [] as FieldRefusal[] }
  const slug = 'name' in wanted ? slugify(wanted.name) : wanted.slug
  const known = await tx.venue.findUnique({ where: { slug }, select: { id: true } })
  if (known) return { id: known.id, refusals: [] }
  if (!('name' in wanted)) return { id: undefined, refusals: [{ field: 'venue', reason: 'unknown' }] }
  const { id } = await tx.venue.create({ data: { slug, name: wanted.name, address: wanted.address, city: wanted.city } })
  return { id, refusals: [] }
}

async function findSpeakers(tx: Tx, wanted: EventPatch['speakers']) {
  if (!wanted) return { ids: undefined, refusals: [] as FieldRefusal[] }
  const bySlug = new Map(wanted.map((one) => ['name' in one ? slugify(one.name) : one.slug, one]))
  const slugs = [...bySlug.keys()]
  const known = new Map((await tx.speaker.findMany({ where: { slug: { in: slugs } }, select: { id: true, slug: true } })).map((one) => [one.slug, one.id]))
  const added = [...bySlug].flatMap(([slug, one]) =>
    !known.has(slug) && 'name' in one ? [{ id: newId(), slug, name: one.name, roleFr: one.role ?? null, organisation: one.organisation ?? null }] : [],
  )
  if (added.length > 0) await tx.speaker.createMany({ data: added })
  for (const { slug, id } of added) known.set(slug, id)
  return { ids: slugs.flatMap((slug) => known.get(slug) ?? []), refusals: unknown('speakers', slugs, (slug) => known.has(slug)) }
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
