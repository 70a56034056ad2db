import { drawMap } from '@/lib/coverage/draw-map'
import { drawn, localeIn, sheetOf } from '@/app/[locale]/(public)/reports/[slug]/sheet'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ locale: string; slug: string }> }

/** The map as it stands now, as a picture for other people's pages. */
export async function GET(request: Request, { params }: Context) {
  const { locale, slug } = await params
  return drawn(request, 'image/svg+xml; charset=utf-8', async () => {
    const sheet = await sheetOf(slug, localeIn(locale))
    return sheet && { body: drawMap(sheet) }
  })
}

export const HEAD = GET
