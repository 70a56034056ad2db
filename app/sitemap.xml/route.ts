import { routing } from '@/i18n/routing'
import { isAway } from '@/app/api/v1/is-away'
import { config } from '@/lib/config'
import { isFresh, strongEtag } from '@/lib/etag'
import { type PublicPage, publicPages, sitemapParts } from '@/lib/syndication/queries'
import { webAddress } from '@/lib/web-address'

export const dynamic = 'force-dynamic'

/**
 * Every public page in both languages, each naming the other (sitemaps.org, with Google's xhtml:link). A long season
 * is cut into parts, and the address without `?part=` becomes the index of these.
 */
export async function GET(request: Request) {
  try {
    const asked = new URL(request.url).searchParams.get('part')
    const parts = await sitemapParts()
    if (asked !== null && !(/^[1-9]\d{0,3}$/.test(asked) && Number(asked) <= parts)) return new Response(null, { status: 404 })
    return answer(request, asked === null && parts > 1 ? index(parts) : addresses(await publicPages(Number(asked ?? 1))))
  } catch (error) {
    if (isAway(error)) return new Response(null, { status: 503, headers: { 'Retry-After': '60' } })
    throw error
  }
}

function index(parts: number) {
  const part = (_: unknown, i: number) => `<sitemap><loc>${config().appUrl}/sitemap.xml?part=${i + 1}</loc></sitemap>`
  return document('sitemapindex', '', Array.from({ length: parts }, part))
}

function addresses(pages: PublicPage[]) {
  return document('urlset', ' xmlns:xhtml="http://www.w3.org/1999/xhtml"', pages.flatMap(inBoth))
}

function inBoth({ page, params, changedAt }: PublicPage): string[] {
  const locations = routing.locales.map((locale) => ({ locale, address: escape(webAddress(page, params, locale)) }))
  const others = [...locations, { locale: 'x-default', address: locations[0].address }]
  const links = others.map(({ locale, address }) => `<xhtml:link rel="alternate" hreflang="${locale}" href="${address}"/>`).join('')
  const changed = changedAt ? `<lastmod>${changedAt.toISOString()}</lastmod>` : ''
  return locations.map(({ address }) => `<url><loc>${address}</loc>${changed}${links}</url>`)
}

const document = (name: string, more: string, lines: string[]) =>
  ['<?xml version="1.0" encoding="UTF-8"?>', `<${name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"${more}>`, ...lines, `</${name}>`, ''].join('\n')

const escape = (address: string) => address.replaceAll('&', '&amp;').replaceAll("'", '&apos;')

function answer(request: Request, text: string) {
  const headers = { ETag: strongEtag(text), 'Cache-Control': 'no-cache' }
  if (isFresh(request.headers, headers.ETag)) return new Response(null, { status: 304, headers })
  return new Response(text, { headers: { ...headers, 'Content-Type': 'application/xml; charset=utf-8' } })
}
