import { createTranslator } from 'next-intl'
import { createHash } from 'node:crypto'
import { tagsOf } from './about-tags'
import { dayOf, type Reading, readingOf } from './reading'
import { getPathname } from '@/i18n/navigation'
import { messagesOf } from '@/i18n/messages'
import { config } from '@/lib/config'
import { shown } from '@/lib/events/rules'
import { type EditionFacts, editionPdf, type Mark } from '@/lib/notes/pdf'
import type { EditionPage, ShownEdition } from '@/lib/notes/queries'
import { editionNumber, licenceLink } from '@/lib/notes/rules'
import { referenceKey } from '@/lib/notes/document'
import { bytesOf, inks } from '@/lib/pdf'
import { type Locale, sayDay } from '@/lib/text'
import { webAddress } from '@/lib/web-address'
import { hrefOf } from './edition-href'

type Found = { reading: Reading & { page: EditionPage }; edition: ShownEdition }

/**
 * The edition that a file's address asks for (`?edition=2`, or the one that is read), or the answer that says why
 * there is none: as on the page, 404 and 410, and who may not read it is led to where the page says so.
 */
export async function editionAsked(request: Request, slug: string, locale: Locale): Promise<Found | Response> {
  const asked = new URL(request.url).searchParams.get('edition')
  const number = asked === null ? undefined : editionNumber(asked)
  const reading = number === null || !/^[a-z0-9-]{1,120}$/.test(slug) ? null : await readingOf(slug, number)
  const refuse = (status: number, headers: Record<string, string> = {}) => new Response(null, { status, headers: { 'Cache-Control': 'no-store', ...headers } })
  if (!reading?.page) return refuse(404)
  if (!reading.mayRead) return refuse(303, { Location: getPathname({ href: hrefOf('/events/[slug]/notes', reading.event.slug), locale }) })
  const { page } = reading
  return page.edition ? { reading: { ...reading, page }, edition: page.edition } : refuse(410)
}

/** What a file of it says besides its body. Who got it by a session gets it alone. */
export const fileHeaders = ({ reading: { event, page } }: Found, ending: string, type: string) => ({
  'Content-Type': type,
  'Content-Disposition': `inline; filename="${event.slug}-${page.number}.${ending}"`,
  'Cache-Control': event.notesVisibility === 'all' ? 'no-cache' : 'private, no-cache',
  Vary: 'Cookie',
  ...(event.notesVisibility === 'all' && page.number === page.current ? {} : { 'X-Robots-Tag': 'noindex' }),
})

/** An edition's facts for paper, in the words of a language, and what names them: the same facts give the same file. */
export async function pdfFacts({ reading: { event, page }, edition }: Found, locale: Locale): Promise<{ facts: EditionFacts; key: string }> {
  const messages = await messagesOf(locale)
  const t = createTranslator({ locale, messages, namespace: 'notes.page' }) as unknown as (key: string) => string
  const frame = createTranslator({ locale, messages, namespace: 'frame' }) as unknown as (key: string) => string
  const language: Locale = event.language === 'en' ? 'en' : 'fr'
  const kind = ['CC-BY-SA-4.0', 'CC-BY-4.0', 'all-rights-reserved'].includes(edition.licence) ? edition.licence.replaceAll('.', '_') : 'other'
  const addressOf = (number: number) => webAddress('/events/[slug]/notes/[edition]', { slug: event.slug, edition: number }, locale)
  const marks = edition.references.flatMap((reference): [string, Mark][] =>
    tagsOf([reference], edition.targets, locale).map(({ number, name, href, pigment }) => [
      referenceKey(reference),
      { says: number === undefined ? name : `${locale === 'en' ? 'Recommendation' : 'Recommandation'} ${number}${locale === 'fr' ? '\u00A0' : ''}: ${name}`, href: config().appUrl + href, colour: inks[pigment as keyof typeof inks] ?? inks.ink },
    ]),
  )
  const facts: EditionFacts = {
    document: edition.document,
    title: shown(event, locale).title,
    language,
    locale,
    day: sayDay(event.startDate, locale, { weekday: false, year: true }),
    authors: edition.authors,
    number: edition.number,
    publishedOn: dayOf(edition.publishedAt, event, locale),
    changes: edition.changes,
    licence: { name: t(`licences.${kind}`), href: licenceLink(edition.licence, locale) },
    address: addressOf(edition.number),
    marks: new Map(marks),
    editions: page.editions.map(({ number, publishedAt, withdrawnAt }) => ({ number, on: dayOf(publishedAt, event, locale), withdrawn: withdrawnAt !== null, href: addressOf(number) })),
    demonstration: event.demonstration,
    house: frame('name'),
  }
  const { document: _, ...said } = facts
  return { facts, key: createHash('sha256').update(JSON.stringify([drawing, edition.id, { ...said, marks }])).digest('base64url') }
}

/** Raised when the drawing changes: what is kept elsewhere is then drawn anew. */
const drawing = 1

const kept = new Map<string, Promise<Buffer>>()
let [bytes, line] = [0, Promise.resolve() as Promise<unknown>]
const mostBytes = 48 * 1024 * 1024

/** Drawn once for the same facts, one after the other, and kept while there is room: an edition never changes. */
export function pdfOf(key: string, facts: EditionFacts): Promise<Buffer> {
  const known = kept.get(key)
  if (known) return known
  const made = line.then(async () => bytesOf(await editionPdf(facts)))
  line = made.catch(() => undefined)
  kept.set(key, made)
  made.then((pdf) => keep(key, pdf.length), () => kept.delete(key))
  return made
}

async function keep(key: string, size: number) {
  bytes += size
  for (const [oldest, made] of kept) {
    if (bytes <= mostBytes || oldest === key) break
    kept.delete(oldest)
    bytes -= (await made).length
  }
}
