import { strongEtag } from '@/lib/etag'
import { drawPoster } from '@/lib/coverage/draw-poster'
import { drawn, localeIn, sheetOf } from '@/app/[locale]/(public)/reports/[slug]/sheet'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ locale: string; slug: string }> }

/** Raised when the drawing itself changes: readers' copies are then of another poster. */
const drawing = 1

/** « L'affiche des 25 ». Drawn once for the same facts, then kept for a while; the facts are asked anew each time. */
export async function GET(request: Request, { params }: Context) {
  const { locale, slug } = await params
  return drawn(request, 'application/pdf', async () => {
    const sheet = await sheetOf(slug, localeIn(locale))
    if (!sheet) return null
    const etag = strongEtag(JSON.stringify([drawing, sheet]))
    const name = `${slug}-${locale === 'en' ? 'poster' : 'affiche'}.pdf`
    return { body: await posterOf(etag, sheet), etag, headers: { 'Content-Disposition': `inline; filename="${name}"` } }
  })
}

export const HEAD = GET

const kept = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()
const mostKept = 12

/** The oldest goes when there are too many; what could not be drawn is not kept. */
function posterOf(etag: string, sheet: NonNullable<Awaited<ReturnType<typeof sheetOf>>>) {
  const known = kept.get(etag)
  if (known) return known
  const made = drawPoster(sheet).then((octets) => new Uint8Array(octets))
  kept.set(etag, made)
  made.catch(() => kept.delete(etag))
  if (kept.size > mostKept) kept.delete([...kept.keys()][0])
  return made
}
