import { answerCookie } from '@/app/[locale]/(public)/events/[slug]/registration/answer'
import { networkOf } from '@/app/_session/network'
import { mayRegister } from '@/app/_session/registration-limit'
import { guest } from '@/lib/actor'
import { fieldRefusals } from '@/lib/errors'
import { pathOf } from '@/lib/pathnames'
import { addCompanion, removeCompanion } from '@/lib/registrations/add-companion'
import { cancel } from '@/lib/registrations/cancel'
import { findHeld } from '@/lib/registrations/queries'
import { register } from '@/lib/registrations/register'
import { companionInput } from '@/lib/registrations/schema'

type Params = { params: Promise<{ locale: string; token: string }> }

export async function GET(_request: Request, { params }: Params) {
  const { locale, token } = await params
  return seeOther(locale, token, '')
}

/** What the buttons of a letter's page do. The link is the right: no log-in, and nothing happens by a GET. */
export async function POST(request: Request, { params }: Params) {
  const { locale, token } = await params
  const form = await request.formData().catch(() => null)
  const text = (name: string) => {
    const value = form?.get(name)
    return typeof value === 'string' ? value : ''
  }
  switch (text('act')) {
    case 'cancel':
      return told(locale, token, await cancel(guest, { token }), 'cancelled')
    case 'return':
      return comeBack(locale, token, networkOf(request.headers))
    case 'remove':
      return told(locale, token, await removeCompanion(guest, { token }, text('companion')), 'removed')
    case 'add':
      return add(locale, token, text('name'))
    default:
      return seeOther(locale, token, '')
  }
}

async function add(locale: string, token: string, name: string) {
  const input = companionInput.safeParse({ name })
  const outcome = input.success ? await addCompanion(guest, { token }, input.data.name) : { ok: false as const, reason: 'invalid' }
  if (outcome.ok) return seeOther(locale, token, 'added')
  const fields = input.success ? undefined : fieldRefusals(input.error)
  const reason = outcome.reason === 'too-many' ? 'too-many-companions' : outcome.reason
  const kept = answerCookie({ slug: `companion/${token.slice(0, 8)}`, name, email: '', fields, ...(fields ? {} : { reason }) })
  return seeOther(locale, token, reason, { 'Set-Cookie': kept })
}

/** A cancelled registration is opened again, under the same row, by the guard that everybody goes through. */
async function comeBack(locale: string, token: string, network: string) {
  const held = await findHeld({ token })
  if (!held || held === 'gone') return seeOther(locale, token, '')
  const { name, address, addressFold, place, timeZone } = held
  if (!(await mayRegister(network, addressFold)).ok) return seeOther(locale, token, 'too-many')
  const outcome = await register(guest, held.event.slug, { name, email: address, place, timeZone, locale: held.locale === 'en' ? 'en' : 'fr' })
  return told(locale, token, outcome, 'back')
}

function told(locale: string, token: string, outcome: { ok: true } | { ok: false; reason: string }, did: string) {
  return seeOther(locale, token, outcome.ok ? did : outcome.reason)
}

function seeOther(locale: string, token: string, said: string, headers: Record<string, string> = {}) {
  const path = pathOf('/registrations/[token]', { token }, locale)
  return new Response(null, { status: 303, headers: { Location: said ? `${path}?said=${said}` : path, 'Cache-Control': 'no-store', ...headers } })
}
