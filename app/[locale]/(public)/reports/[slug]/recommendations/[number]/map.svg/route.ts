import { drawRecommendation } from '@/lib/coverage/draw-map'
import { drawn, localeIn, sheetOf } from '@/app/[locale]/(public)/reports/[slug]/sheet'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ locale: string; slug: string; number: string }> }

/** One recommendation as it stands now, as a picture for other people's pages. */
export async function GET(request: Request, { params }: Context) {
  const { locale, slug, number } = await params
  return drawn(request, 'image/svg+xml; charset=utf-8', async () => {
    const sheet = /^[1-9]\d{0,3}$/.test(number) ? await sheetOf(slug, localeIn(locale)) : null
    const tile = sheet?.tiles.find((one) => one.number === Number(number))
    return sheet && tile ? { body: drawRecommendation(sheet, tile) } : null
  })
}

export const HEAD = GET
