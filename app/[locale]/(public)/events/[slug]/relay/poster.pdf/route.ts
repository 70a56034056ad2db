import { kitOf } from '@/app/[locale]/(public)/events/[slug]/relay/kit'
import { keptPoster, relayedEvent } from '@/app/[locale]/(public)/events/[slug]/relay/kit-files'
import { drawn, localeIn } from '@/app/[locale]/(public)/reports/[slug]/sheet'
import { disposition } from '@/lib/file-kinds'
import { strongEtag } from '@/lib/etag'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ locale: string; slug: string }> }

/** The poster of « Chez moi aussi », drawn once for the same facts. */
export async function GET(request: Request, { params }: Context) {
  const { locale, slug } = await params
  return drawn(request, 'application/pdf', async () => {
    const event = await relayedEvent(slug)
    if (!event) return null
    const kit = await kitOf(event, localeIn(locale))
    const etag = strongEtag(JSON.stringify(kit))
    return { body: await keptPoster(kit), etag, headers: { 'Content-Disposition': disposition(`${event.slug}-${locale === 'en' ? 'poster' : 'affiche'}.pdf`, true) } }
  })
}

export const HEAD = GET
