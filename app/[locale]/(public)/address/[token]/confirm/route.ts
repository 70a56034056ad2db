import { actorOf } from '@/app/_session/bearer'
import { log } from '@/lib/log'
import { pathOf } from '@/lib/pathnames'
import { confirmAddress } from '@/lib/registrations/confirm-address'

type Params = { params: Promise<{ locale: string; token: string }> }

export async function GET(_request: Request, { params }: Params) {
  const { locale, token } = await params
  return seeOther(pathOf('/address/[token]', { token }, locale))
}

/** The button under the letter's link. What is a person's is confirmed where they are logged in, from our own page alone. */
export async function POST(request: Request, { params }: Params) {
  const { locale, token } = await params
  const here = pathOf('/address/[token]', { token }, locale)
  const asking = await actorOf(request)
  if (!asking.ok) return seeOther(`${here}?said=forbidden`)
  try {
    const outcome = await confirmAddress(asking.value, token)
    if (!outcome.ok) return seeOther(outcome.reason === 'gone' || outcome.reason === 'not-found' ? here : `${here}?said=${outcome.reason}`)
    const { manageToken, means } = outcome.value
    if (manageToken) return seeOther(`${pathOf('/registrations/[token]', { token: manageToken }, locale)}?said=readdressed`)
    return seeOther(`${pathOf('/me', {}, locale)}?said=${means === 'add' ? 'added' : 'replaced'}#addresses`)
  } catch (error) {
    log.error('address', { error: error instanceof Error ? error.name : 'unknown' })
    return seeOther(`${here}?said=surprise`)
  }
}

const seeOther = (path: string) => new Response(null, { status: 303, headers: { Location: path, 'Cache-Control': 'no-store' } })
