import { hasLocale } from 'next-intl'
import { actorOf } from '@/app/_session/bearer'
import { textIn } from '@/app/_session/form-input'
import { networkOf } from '@/app/_session/network'
import { mayMend, mayRegister } from '@/app/_session/registration-limit'
import { tryCode } from '@/app/_session/try-code'
import { type Locale, routing } from '@/i18n/routing'
import { type Actor, guest } from '@/lib/actor'
import { foldAddress, parseAddress } from '@/lib/address'
import { fieldRefusals } from '@/lib/errors'
import { log } from '@/lib/log'
import type { FieldRefusal } from '@/lib/outcome'
import { pathOf } from '@/lib/pathnames'
import { correctAddress, sendAgain } from '@/lib/registrations/correct-address'
import { nameUsedBy } from '@/lib/registrations/queries'
import { register } from '@/lib/registrations/register'
import { registrationInput } from '@/lib/registrations/schema'
import { type Answer, answerCookie, readAnswer } from './answer'
import { answered, asForm } from './answered'
import { askedCookie, askedName, readAsked, typedFields } from './asked-cookie'

type Params = { params: Promise<{ locale: string; slug: string }> }

/** The form's address read by a person: its page. */
export async function GET(_request: Request, { params }: Params) {
  const { locale, slug } = await params
  return new Response(null, { status: 303, headers: { Location: `${pathOf('/events/[slug]', { slug }, locale)}#registration` } })
}

/** Takes a seat, sends the letter again, or puts the address right; answers by 303 to the event's page, which tells. */
export async function POST(request: Request, { params }: Params) {
  const { locale: asked, slug } = await params
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale
  const form = await formOf(request)
  if (!form) return new Response('Unsupported Media Type', { status: 415 })
  const typed = read(form)
  const mends = typed.act === 'again' || typed.act === 'correct'
  const back = (answer: Answer) => seeOther(slug, locale, answer, mends ? null : keptFields(request, form, answer))

  try {
    const asking = await actorOf(request)
    if (!asking.ok) return back({ slug, ...typed, reason: asking.reason })
    const network = networkOf(request.headers)
    if (mends) return back(await mend(asking.value, slug, locale, network, typed))
    return back(await take(asking.value, slug, locale, network, typed, form))
  } catch (error) {
    // A database that is away, most likely: what was typed waits in the cookie for the page to come back.
    log.error('registration', { error: error instanceof Error ? error.name : 'unknown' })
    return back({ slug, ...typed, reason: 'surprise' })
  }
}

type Typed = { act: string; name: string; email: string; place?: string; timeZone?: string; code?: string }

/** The form that was sent; null for any other kind of body. */
async function formOf(request: Request): Promise<FormData | null> {
  const kind = request.headers.get('content-type') ?? ''
  if (!/^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i.test(kind)) return null
  return request.formData().catch(() => null)
}

/** The fields that every event has, as text. */
function read(form: FormData): Typed {
  const text = textIn(form)
  return { act: text('act'), name: text('name'), email: text('email'), place: text('place') || undefined, timeZone: text('timeZone') || undefined, code: text('code').trim() || undefined }
}

async function take(actor: Actor, slug: string, locale: Locale, network: string, typed: Typed, form: FormData): Promise<Answer> {
  const { act, ...said } = typed
  const own = act === 'me' && actor.kind === 'person' ? { email: actor.address, name: said.name || actor.name || (await nameUsedBy(actor.addressFolds)) || '' } : {}
  const answer = { slug, ...said, ...own }
  const { name, email, place, timeZone, code } = answer
  const { given, refusals } = await answered(slug, form)
  const input = registrationInput.safeParse({ name, email, place, timeZone, locale, ...(code ? { code } : {}), ...given })
  if (!input.success) {
    const fields = [...fieldRefusals(input.error).filter(({ field }) => !refusals.some((one) => one.field === field)), ...refusals]
    const address = fields.some(({ field }) => field === 'email') ? { ok: true as const } : parseAddress(answer.email)
    return { ...answer, fields: address.ok ? fields : [...fields, { field: 'email', reason: `address-${address.reason}` }] }
  }
  const limit = await mayRegister(network, foldAddress(input.data.email))
  if (!limit.ok) return { ...answer, reason: 'too-many' }
  const outcome = await tryCode(network, code, () => register(act === 'me' ? actor : guest, slug, input.data, 'form'))
  if (!outcome.ok) return { ...answer, ...refusal(outcome) }
  const { status, pending, heldUntil, registrationId, address } = outcome.value
  return { ...answer, email: address, status, pending, heldUntil: heldUntil?.toISOString(), registrationId }
}

/** Acts on what this very browser sent before; without its answer there is nothing to act on. */
async function mend(actor: Actor, slug: string, locale: Locale, network: string, typed: Typed): Promise<Answer> {
  const answer = await readAnswer(slug)
  if (!answer?.registrationId || !answer.status) return { slug, name: typed.name, email: typed.email, reason: 'answer-gone' }
  // What was said about the try before this one is said no more.
  const before = { ...answer, did: undefined, reason: undefined, fields: undefined, correction: typed.act === 'correct' ? typed.email : undefined }
  if (!(await mayMend(foldAddress(before.email))).ok) return { ...before, reason: 'too-many' }
  if (typed.act === 'again') {
    await sendAgain({ slug, registrationId: answer.registrationId })
    return { ...before, did: 'again' }
  }
  const limit = await mayRegister(network, foldAddress(typed.email))
  if (!limit.ok) return { ...before, reason: 'too-many' }
  const said = registrationInput.pick({ answers: true, consents: true, access: true }).safeParse((await answered(slug, asForm(await readAsked(slug)))).given)
  const outcome = await correctAddress(actor, { slug, registrationId: answer.registrationId, name: before.name, locale, timeZone: before.timeZone, ...placeOf(before), ...said.data }, typed.email)
  if (!outcome.ok) return { ...before, ...refusal(outcome) }
  const { registrationId, address } = outcome.value
  return { ...before, registrationId, email: address, did: 'corrected', correction: undefined }
}

/** Signed when it was judged, and judged again by `register`. */
const placeOf = ({ place }: Answer): { place?: 'room' | 'screen' } => (place === 'room' || place === 'screen' ? { place } : {})

const refusal = ({ reason, fields }: { reason: string; fields?: FieldRefusal[] }) => (fields ? { fields } : { reason })

function seeOther(slug: string, locale: Locale, answer: Answer, asked: string | null) {
  const said = answer.status && !answer.reason && !answer.fields ? answer.status : (answer.reason ?? 'invalid')
  const where = `${pathOf('/events/[slug]', { slug }, locale)}?${locale === 'en' ? 'answer' : 'reponse'}=${said}#${answer.fields ? 'errors' : 'registration'}`
  const headers = new Headers({ Location: where, 'Cache-Control': 'no-store' })
  headers.append('Set-Cookie', answerCookie(answer))
  if (asked) headers.append('Set-Cookie', asked)
  return new Response(null, { status: 303, headers })
}

/**
 * The cookie that keeps what was answered as long as it may have to be shown, or said for another address; needs only
 * until they were told. None where nothing was asked.
 */
function keptFields(request: Request, form: FormData, { slug, status }: Answer) {
  const typed = Object.entries(typedFields(form)).filter(([name]) => !status || !name.startsWith('access.'))
  return typed.length > 0 || request.headers.get('cookie')?.includes(askedName()) ? askedCookie(slug, Object.fromEntries(typed)) : null
}
