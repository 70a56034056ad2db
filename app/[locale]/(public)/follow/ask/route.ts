import { hasLocale } from 'next-intl'
import { type Answer, answerCookie } from '@/app/[locale]/(public)/events/[slug]/registration/answer'
import { actorOf } from '@/app/_session/bearer'
import { textIn } from '@/app/_session/form-input'
import { networkOf } from '@/app/_session/network'
import { mayFollow } from '@/app/_session/registration-limit'
import { type Locale, routing } from '@/i18n/routing'
import { type Actor, guest } from '@/lib/actor'
import { foldAddress, parseAddress } from '@/lib/address'
import { fieldRefusals } from '@/lib/errors'
import { log } from '@/lib/log'
import { pathOf } from '@/lib/pathnames'
import { follow } from '@/lib/syndication/follow'
import { followInput } from '@/lib/syndication/schema'

type Params = { params: Promise<{ locale: string }> }

export async function GET(_request: Request, { params }: Params) {
  return new Response(null, { status: 303, headers: { Location: pathOf('/follow', {}, (await params).locale) } })
}

/** Asks that an address be written to about something; answers by 303 to the page of it all, which tells the same to everybody. */
export async function POST(request: Request, { params }: Params) {
  const { locale: asked } = await params
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale
  const form = await request.formData().catch(() => null)
  if (!form) return new Response('Unsupported Media Type', { status: 415 })
  const text = textIn(form)
  const what = text('follow')
  const answer = { slug: 'follow', name: '', email: text('email') }
  try {
    const actor = await actorOf(request)
    if (!actor.ok) return seeOther(what, locale, { ...answer, reason: actor.reason })
    return seeOther(what, locale, await ask(actor.value, what, locale, networkOf(request.headers), answer, text('act') === 'me'))
  } catch (error) {
    log.error('follow', { error: error instanceof Error ? error.name : 'unknown' })
    return seeOther(what, locale, { ...answer, reason: 'surprise' })
  }
}

async function ask(actor: Actor, what: string, locale: Locale, network: string, typed: Answer, asMe: boolean): Promise<Answer> {
  const person = asMe && actor.kind === 'person' ? actor : null
  const answer = person ? { ...typed, email: person.address } : typed
  const input = followInput.safeParse({ email: answer.email, follow: what, locale })
  if (!input.success) return { ...answer, fields: fieldRefusals(input.error) }
  const address = parseAddress(answer.email)
  if (!address.ok) return { ...answer, fields: [{ field: 'email', reason: `address-${address.reason}` }] }
  if (!(await mayFollow(network, foldAddress(answer.email))).ok) return { ...answer, reason: 'too-many' }
  const outcome = await follow(person ?? guest, input.data)
  if (!outcome.ok) return { ...answer, ...(outcome.fields ? { fields: outcome.fields } : { reason: outcome.reason }) }
  return { ...answer, email: outcome.value.address, status: outcome.value.status === 'following' ? 'confirmed' : 'pending' }
}

function seeOther(what: string, locale: Locale, answer: Answer) {
  const said = answer.status ?? answer.reason ?? 'invalid'
  const query = new URLSearchParams({ ...(what && what.length <= 200 ? { follow: what } : {}), [locale === 'en' ? 'answer' : 'reponse']: said })
  return new Response(null, { status: 303, headers: { Location: `${pathOf('/follow', {}, locale)}?${query}`, 'Set-Cookie': answerCookie(answer), 'Cache-Control': 'no-store' } })
}
