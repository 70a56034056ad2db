import { currentActor } from '@/app/_session/actor'
import { letterFrame } from '@/app/letter-frame'
import { privately } from '@/app/privately'
import { previewLetter } from '@/lib/registrations/preview-letters'

type Context = { params: Promise<{ locale: string; slug: string }> }

export const dynamic = 'force-dynamic'

/** A letter's HTML as a page for the frame. Organisers only. */
export async function GET(request: Request, { params }: Context) {
  const { slug } = await params
  const asked = new URL(request.url).searchParams
  const outcome = await previewLetter(await currentActor(), decodeURIComponent(slug), asked.get('letter') ?? '', asked.get('in') === 'en' ? 'en' : 'fr')
  if (!outcome.ok) return new Response(null, { status: outcome.reason === 'forbidden' ? 403 : 404, headers: privately })
  return letterFrame(outcome.value.html)
}
