import { hasLocale } from 'next-intl'
import { answerCookie } from '@/app/[locale]/(public)/events/[slug]/registration/answer'
import { askedCookie, typedFields } from '@/app/[locale]/(public)/events/[slug]/registration/asked-cookie'
import { accessByForm } from '@/app/[locale]/(public)/events/[slug]/registration/answered'
import { networkOf } from '@/app/_session/network'
import { mayChange } from '@/app/_session/registration-limit'
import { type Locale, routing } from '@/i18n/routing'
import { guest } from '@/lib/actor'
import { fieldRefusals } from '@/lib/errors'
import { consentRequestsOf, questionsOf } from '@/lib/events/queries'
import { consentsByForm, givenByForm } from '@/lib/events/questions'
import { accessInput } from '@/lib/events/schema'
import { log } from '@/lib/log'
import { type FieldRefusal, refused } from '@/lib/outcome'
import { pathOf } from '@/lib/pathnames'
import { answer } from '@/lib/registrations/answer'
import { findHeld, saidBy } from '@/lib/registrations/queries'
import { tellNeed } from '@/lib/registrations/tell-need'
import { keptUnder } from './kept-under'

type Params = { params: Promise<{ locale: string; token: string }> }
type Result = { ok: true; did: string } | { ok: false; reason: string; fields?: FieldRefusal[] }

export async function GET(_request: Request, { params }: Params) {
  const { locale, token } = await params
  return new Response(null, { status: 303, headers: { Location: pathOf('/registrations/[token]', { token }, locale) } })
}

/** Changes answers, consents or needs by a letter's link. The link is the right: no log-in, and nothing happens by a GET. */
export async function POST(request: Request, { params }: Params) {
  const { locale: asked, token } = await params
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale
  const form = await request.formData().catch(() => null)
  if (!form) return new Response('Unsupported Media Type', { status: 415 })
  const what = form.get('act') === 'access' ? 'need' : 'answers'
  const save = async () => ((await mayChangeBy(request, token)) ? (what === 'need' ? tell(token, form) : keep(token, form, locale)) : refused('too-many'))
  const result: Result = await save().catch((error: unknown) => {
    log.error('answers', { error: error instanceof Error ? error.name : 'unknown' })
    return refused('surprise')
  })
  const headers = new Headers({ 'Cache-Control': 'no-store', Location: `${pathOf('/registrations/[token]', { token }, locale)}?said=${what}-${result.ok ? result.did : result.reason}#${what}` })
  if (!result.ok) {
    headers.append('Set-Cookie', answerCookie({ slug: keptUnder(token), name: '', email: '', fields: result.fields }))
    headers.append('Set-Cookie', askedCookie(keptUnder(token), typedFields(form)))
  }
  return new Response(null, { status: 303, headers })
}

/** Each change is a step of the story: a link that writes without end would fill it. Of what no link opens the acts say so. */
async function mayChangeBy(request: Request, token: string) {
  const held = await findHeld({ token })
  return !held || held === 'gone' || (await mayChange(networkOf(request.headers), held.addressFold)).ok
}

async function keep(token: string, form: FormData, locale: Locale): Promise<Result> {
  const held = await findHeld({ token })
  if (!held || held === 'gone') return refused(held ?? 'not-found')
  const [questions, requests, said] = await Promise.all([questionsOf(held.eventId), consentRequestsOf(held.eventId), saidBy(held.id)])
  // A wording that is asked no more is named by its id.
  const earlier = said.consents.filter(({ request }) => request.retiredAt).map(({ requestId }) => ({ key: requestId }))
  const answers = form.get('act') === 'answers' ? { answers: givenByForm(questions, form) } : {}
  const outcome = await answer(guest, { token }, { ...answers, consents: consentsByForm([...requests, ...earlier], form) }, locale)
  return outcome.ok ? { ok: true, did: 'saved' } : outcome
}

async function tell(token: string, form: FormData): Promise<Result> {
  const read = accessInput.safeParse(accessByForm(form))
  if (!read.success) return refused('invalid', fieldRefusals(read.error).map((one) => ({ ...one, field: `access.${one.field}` })))
  const outcome = await tellNeed(guest, { token }, read.data)
  return outcome.ok ? { ok: true, did: outcome.value.told || read.data.needs.length > 0 || read.data.words ? 'saved' : 'erased' } : outcome
}
