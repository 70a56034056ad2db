import { textIn } from '@/app/_session/form-input'
import { networkOf } from '@/app/_session/network'
import { mayChange } from '@/app/_session/registration-limit'
import { guest } from '@/lib/actor'
import { capability } from '@/lib/ids'
import { pathOf } from '@/lib/pathnames'
import { cancel } from '@/lib/registrations/cancel'
import { comeBack, takeBack } from '@/lib/registrations/come-back'
import { endStanding } from '@/lib/registrations/end-standing'
import { pauseStanding, resumeStanding } from '@/lib/registrations/pause-standing'
import { findStanding, type HeldStanding, standingDates } from '@/lib/registrations/queries'

type Params = { params: Promise<{ locale: string; token: string }> }
type Result = { ok: true } | { ok: false; reason: string }
type Asked = { token: string; standing: HeldStanding; event: string }

export async function GET(_request: Request, { params }: Params) {
  const { locale, token } = await params
  return seeOther(locale, token, '', false)
}

/** What the buttons of a standing registration do, and what its page then says. The link is the right: no log-in. */
const acts: Record<string, { did: string; by: (asked: Asked) => Promise<Result> }> = {
  resume: { did: 'resumed', by: ({ token }) => resumeStanding(guest, { token }) },
  pause: { did: 'paused', by: ({ token }) => pauseStanding(guest, { token }) },
  end: { did: 'ended', by: ({ token }) => endStanding(guest, { token }) },
  skip: { did: 'skipped', by: skip },
  return: { did: 'back', by: returnTo },
}

/** Nothing happens by a GET: only a person presses a button. */
export async function POST(request: Request, { params }: Params) {
  const { locale, token } = await params
  const form = await request.formData().catch(() => null)
  const text = textIn(form)
  const [name, toMe] = [text('act'), text('from') === 'me']
  const standing = await findStanding({ token })
  const act = Object.hasOwn(acts, name) ? acts[name] : null
  if (!act || !standing || standing === 'gone') return seeOther(locale, token, '', false)
  if (!(await mayChange(networkOf(request.headers), standing.addressFold)).ok) return seeOther(locale, token, 'too-many', toMe)
  const outcome = await act.by({ token, standing, event: text('event') })
  return seeOther(locale, token, outcome.ok ? act.did : outcome.reason, toMe)
}

/** The seat at one date of this format, by whoever holds the link that registers for all of them. */
async function linkTo({ standing, event }: Asked) {
  const found = (await standingDates(standing)).find((one) => one.event.slug === event)?.registration
  return found ? { token: capability('manage', found.id, found.generation) } : null
}

async function skip(asked: Asked): Promise<Result> {
  const link = await linkTo(asked)
  return link ? cancel(guest, link) : { ok: false, reason: 'not-found' }
}

/** As it was, companions too, where that is still possible; else by the door that everybody goes through. */
async function returnTo(asked: Asked): Promise<Result> {
  const link = await linkTo(asked)
  if (!link) return { ok: false, reason: 'not-found' }
  const back = await takeBack(guest, link)
  return back.ok ? back : comeBack(guest, link)
}

function seeOther(locale: string, token: string, said: string, toMe: boolean) {
  const path = toMe ? pathOf('/me', {}, locale) : pathOf('/standing/[token]', { token }, locale)
  const query = said ? `?${toMe ? 'standing' : 'said'}=${said}` : ''
  return new Response(null, { status: 303, headers: { Location: `${path}${query}${toMe ? '#standing' : ''}`, 'Cache-Control': 'no-store' } })
}
