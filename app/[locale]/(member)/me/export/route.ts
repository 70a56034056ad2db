import { download } from '@/app/[locale]/download'
import { currentActor } from '@/app/_session/actor'
import { pathOf } from '@/lib/pathnames'
import { everythingAbout } from '@/lib/privacy/queries'
import { allow } from '@/lib/rate-limit'

type Params = { params: Promise<{ locale: string }> }

/** Everything we hold about whoever is logged in, as a file. */
export async function GET(_request: Request, { params }: Params) {
  const { locale } = await params
  const actor = await currentActor()
  const back = (query: string) => new Response(null, { status: 303, headers: { Location: `${pathOf('/me', {}, locale)}${query}`, 'Cache-Control': 'no-store' } })
  if (actor.kind !== 'person') return back('')
  if (!(await allow('export', actor.id, { most: 20, seconds: 3600 })).ok) return back('?said=too-many-exports#data')
  return download(everythingAbout({ person: actor.id }), 'parlons-en.json')
}
