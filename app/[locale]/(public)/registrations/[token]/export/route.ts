import { download } from '@/app/[locale]/download'
import { networkOf } from '@/app/_session/network'
import { mayChange } from '@/app/_session/registration-limit'
import { pathOf } from '@/lib/pathnames'
import { everythingAbout } from '@/lib/privacy/queries'
import { findHeld } from '@/lib/registrations/queries'

type Params = { params: Promise<{ locale: string; token: string }> }

/** Everything we hold about one registration, for the holder of its link, as a file. */
export async function GET(request: Request, { params }: Params) {
  const { locale, token } = await params
  const back = (query: string) => new Response(null, { status: 303, headers: { Location: `${pathOf('/registrations/[token]', { token }, locale)}${query}`, 'Cache-Control': 'no-store' } })
  const held = await findHeld({ token })
  if (!held || held === 'gone') return back('')
  if (!(await mayChange(networkOf(request.headers), held.addressFold)).ok) return back('?said=too-many')
  return download(everythingAbout({ registration: held.id }), 'parlons-en.json')
}
