import { hasLocale } from 'next-intl'
import { type Answer, answerCookie } from '@/app/[locale]/(public)/events/[slug]/registration/answer'
import { actorOf } from '@/app/_session/bearer'
import { textIn } from '@/app/_session/form-input'
import { networkOf } from '@/app/_session/network'
import { mayRegister } from '@/app/_session/registration-limit'
import { type Locale, routing } from '@/i18n/routing'
import { type Actor, guest } from '@/lib/actor'
import { foldAddress, parseAddress } from '@/lib/address'
import { fieldRefusals } from '@/lib/errors'
import { log } from '@/lib/log'
import { pathOf } from '@/lib/pathnames'
import { nameUsedBy } from '@/lib/registrations/queries'
import { standingInput } from '@/lib/registrations/schema'
import { stand } from '@/lib/registrations/stand'

type Params = { params: Promise<{ locale: string; slug: string }> }

export async function GET(_request: Request, { params }: Params) {
  const { locale, slug } = await params
  return new Response(null, { status: 303, headers: { Location: `${pathOf('/series/[slug]', { slug }, locale)}#standing` } })
}

/** Asks for a seat at every date of a format; answers by 303 to the format's page, which tells. */
export async function POST(request: Request, { params }: Params) {
  const { locale: asked, slug } = await params
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale
  const form = await request.formData().catch(() => null)
  if (!form) return new Response('Unsupported Media Type', { status: 415 })
  const text = textIn(form)
  const typed = { name: text('name'), email: text('email'), place: text('place') || undefined, timeZone: text('timeZone') || undefined }
  const answer = { slug: keptUnder(slug), ...typed }
  try {
    const actor = await actorOf(request)
    if (!actor.ok) return seeOther(slug, locale, { ...answer, reason: actor.reason })
    return seeOther(slug, locale, await take(actor.value, slug, locale, networkOf(request.headers), answer, text('act') === 'me'))
  } catch (error) {
    log.error('standing', { error: error instanceof Error ? error.name : 'unknown' })
    return seeOther(slug, locale, { ...answer, reason: 'surprise' })
  }
}

const keptUnder = (slug: string) => `series/${slug}`

async function take(actor: Actor, slug: string, locale: Locale, network: string, typed: Answer, asMe: boolean): Promise<Answer> {
  const person = asMe && actor.kind === 'person' ? actor : null
  const answer = person ? { ...typed, email: person.address, name: typed.name || person.name || (await nameUsedBy(person.addressFolds)) || '' } : typed
  const { name, email, place, timeZone } = answer
  const input = standingInput.safeParse({ name, email, place, timeZone, locale })
  if (!input.success) {
    const fields = fieldRefusals(input.error)
    const address = fields.some(({ field }) => field === 'email') ? { ok: true as const } : parseAddress(email)
    return { ...answer, fields: address.ok ? fields : [...fields, { field: 'email', reason: `address-${address.reason}` }] }
  }
  if (!(await mayRegister(network, foldAddress(email))).ok) return { ...answer, reason: 'too-many' }
  const outcome = await stand(person ?? guest, slug, input.data)
  if (!outcome.ok) return { ...answer, ...(outcome.fields ? { fields: outcome.fields } : { reason: outcome.reason }) }
  return { ...answer, email: outcome.value.address, status: outcome.value.status === 'standing' ? 'confirmed' : 'pending' }
}

function seeOther(slug: string, locale: Locale, answer: Answer) {
  const said = answer.status ?? answer.reason ?? 'invalid'
  const where = `${pathOf('/series/[slug]', { slug }, locale)}?${locale === 'en' ? 'answer' : 'reponse'}=${said}#standing`
  return new Response(null, { status: 303, headers: { Location: where, 'Set-Cookie': answerCookie(answer), 'Cache-Control': 'no-store' } })
}
