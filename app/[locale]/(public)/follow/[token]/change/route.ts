import { textIn } from '@/app/_session/form-input'
import { networkOf } from '@/app/_session/network'
import { mayChange } from '@/app/_session/registration-limit'
import { guest } from '@/lib/actor'
import { pathOf } from '@/lib/pathnames'
import { confirmFollow, type HeldFollow } from '@/lib/syndication/confirm-follow'
import { findFollow } from '@/lib/syndication/queries'
import { speakTo } from '@/lib/syndication/speak-to'
import { unfollow } from '@/lib/syndication/unfollow'

type Params = { params: Promise<{ locale: string; token: string }> }
type Result = { ok: true } | { ok: false; reason: string }

export async function GET(_request: Request, { params }: Params) {
  const { locale, token } = await params
  return seeOther(locale, token, '', false)
}

/** What the buttons of a follower's page do, and what it then says. The link is the right: no log-in. */
const acts: Record<string, { did: string; by: (held: HeldFollow, language: string) => Promise<Result> }> = {
  confirm: { did: 'confirmed', by: (held) => confirmFollow(guest, held) },
  stop: { did: 'stopped', by: (held) => unfollow(guest, held) },
  'stop-all': { did: 'stopped-all', by: (held) => unfollow(guest, held, { all: true }) },
  language: { did: 'language', by: (held, language) => speakTo(guest, held, language === 'en' ? 'en' : 'fr') },
}

/** Nothing happens by a GET: only a person presses a button. */
export async function POST(request: Request, { params }: Params) {
  const { locale, token } = await params
  const text = textIn(await request.formData().catch(() => null))
  const [name, toMe] = [text('act'), text('from') === 'me']
  const found = await findFollow(token)
  const act = Object.hasOwn(acts, name) ? acts[name] : null
  if (!act || !found) return seeOther(locale, token, '', false)
  if (!(await mayChange(networkOf(request.headers), found.addressFold)).ok) return seeOther(locale, token, 'too-many', toMe)
  const outcome = await act.by({ token, ...(text('id') ? { id: text('id') } : {}) }, text('language'))
  return seeOther(locale, token, outcome.ok ? act.did : outcome.reason, toMe)
}

function seeOther(locale: string, token: string, said: string, toMe: boolean) {
  const path = toMe ? pathOf('/me', {}, locale) : pathOf('/follow/[token]', { token }, locale)
  const query = said ? `?${toMe ? 'follows' : 'said'}=${said}` : ''
  return new Response(null, { status: 303, headers: { Location: `${path}${query}${toMe ? '#follows' : ''}`, 'Cache-Control': 'no-store' } })
}
