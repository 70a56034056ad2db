import { ImageResponse } from 'next/og'
import { createTranslator } from 'next-intl'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { datePartsOf, placeWords, type Words } from '@/app/[locale]/event-words'
import { pigments } from '@/app/_ui/pigment'
import { isAway } from '@/app/api/v1/is-away'
import { messagesOf } from '@/i18n/messages'
import { config } from '@/lib/config'
import { isFresh, strongEtag } from '@/lib/etag'
import { eventBySlug, type EventPage } from '@/lib/events/queries'
import { shown } from '@/lib/events/rules'
import { installation } from '@/lib/installation'
import { type Locale, timeOfCity, typo } from '@/lib/text'
import { draw, drawing, type Picture, size } from './picture'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ locale: string; slug: string }> }

/** The picture that others show beside a link to an event. Drawn once for the same facts, then kept for a while. */
export async function GET(request: Request, { params }: Context) {
  const { locale: language, slug } = await params
  const locale = language === 'en' ? 'en' : 'fr'
  try {
    const event = /^[a-z0-9-]{1,120}$/.test(slug) ? await eventBySlug(slug) : null
    if (!event || event.status === 'draft') return new Response(null, { status: 404, headers: { 'Cache-Control': 'no-store' } })
    const picture = await pictureOf(event, locale)
    const etag = strongEtag(JSON.stringify([drawing, picture]))
    const headers = { ETag: etag, 'Cache-Control': 'no-cache' }
    if (isFresh(request.headers, etag)) return new Response(null, { status: 304, headers })
    const png = await drawn(etag, picture)
    return new Response(request.method === 'HEAD' ? null : png.slice(0), { headers: { ...headers, 'Content-Type': 'image/png', 'Content-Length': String(png.byteLength) } })
  } catch (error) {
    if (isAway(error)) return new Response(null, { status: 503, headers: { 'Retry-After': '60' } })
    throw error
  }
}

export const HEAD = GET

async function pictureOf(event: EventPage, locale: Locale): Promise<Picture> {
  const messages = await messagesOf(locale)
  const t = createTranslator({ locale, messages, namespace: 'event' }) as unknown as Words
  const frame = createTranslator({ locale, messages, namespace: 'frame' }) as unknown as Words
  const { networkName } = await installation()
  const { title, language } = shown(event, locale)
  const { weekday, day, month, hours } = datePartsOf(event, locale, t)
  const theme = event.themes[0]?.theme
  const zone = event.startTime === null || event.timeZone === config().defaultTimeZone ? '' : `, ${timeOfCity(event.timeZone, locale)}`
  return {
    pigment: pigments.find((one) => one === theme?.pigment) ?? 'ink',
    title: drawable(typo(title, language === 'en' ? 'en' : 'fr')) || drawable(frame('name')),
    weekday: weekday && drawable(weekday),
    day: drawable(day ?? ''),
    // Pictures are kept elsewhere for years: they say which one.
    month: drawable(`${month ?? ''} ${event.startDate.slice(0, 4)}`),
    line: drawable([hours ? `${hours}${zone}` : '', placeWords(event, t)].filter(Boolean).join(' · ')),
    sign: theme && { glyph: theme.glyph, name: drawable(locale === 'en' ? theme.shortEn : theme.shortFr) },
    presents: networkName === frame('name') ? '' : drawable(frame('presents', { network: networkName })),
    house: drawable(frame('name')),
    calledOff: event.status === 'called_off' ? drawable(t('calledOff')) : undefined,
  }
}

/**
 * Text of which our fonts have every character: for what they lack the library would ask a server elsewhere. Accents
 * of letters that have no form of their own are left out, spaces become plain no-break ones.
 */
function drawable(text: string): string {
  const composed = text.normalize('NFC').replace(/[\u2000-\u200A\u202F\u205F]/g, '\u00A0').replace(/[\u2010\u2011]/g, '-').replaceAll('\u2212', '–')
  return [...composed].map((one) => (inFonts.test(one) ? one : (one.normalize('NFD').match(/^[A-Za-z]/)?.[0] ?? ''))).join('').replace(/ {2,}/g, ' ').trim()
}

const inFonts = /[\u0020-\u007E\u00A0-\u00A3\u00A5-\u00AC\u00AE-\u0107\u010A-\u0113\u0116-\u011B\u011E-\u0123\u0126-\u012B\u0139-\u013E\u0141-\u0148\u014A-\u014D\u0150-\u015B\u015E-\u0161\u0168-\u017E\u0218-\u021B\u2013\u2014\u2018-\u201A\u201C-\u201E\u2020\u2022\u2026\u2039\u203A\u20AC\u2122]/

const kept = new Map<string, Promise<ArrayBuffer>>()
const mostKept = 60

/** The oldest goes when there are too many; what could not be drawn is not kept. */
function drawn(etag: string, picture: Picture): Promise<ArrayBuffer> {
  const known = kept.get(etag)
  if (known) return known
  const made = fonts().then((given) => new ImageResponse(draw(picture), { ...size, fonts: given }).arrayBuffer())
  kept.set(etag, made)
  made.catch(() => kept.delete(etag))
  if (kept.size > mostKept) kept.delete([...kept.keys()][0])
  return made
}

type Font = { name: string; data: ArrayBuffer; weight: 400; style: 'normal' }
let read: Promise<Font[]> | undefined

const fonts = () => (read ??= Promise.all((['Title', 'TitleExt', 'Small', 'SmallExt'] as const).map(font)))

async function font(name: 'Title' | 'TitleExt' | 'Small' | 'SmallExt'): Promise<Font> {
  const file = `share-${name.startsWith('Title') ? 'title' : 'small'}-latin${name.endsWith('Ext') ? '-ext' : ''}.woff`
  const octets = await readFile(path.join(process.cwd(), 'app', 'fonts', file))
  return { name, data: Uint8Array.from(octets).buffer, weight: 400, style: 'normal' }
}
