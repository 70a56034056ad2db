import { hasLocale } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { type NextRequest, NextResponse } from 'next/server'
import { sessionCookie } from '@/app/_session/cookies'
import { networkOf } from '@/app/_session/network'
import { letIn, type Key } from '@/app/_session/next-auth'
import { noPending, type Pending, pendingCookie } from '@/app/_session/pending-login'
import { isSameOrigin } from '@/app/_session/same-origin'
import { getPathname } from '@/i18n/navigation'
import { type Locale, routing } from '@/i18n/routing'
import { parseAddress } from '@/lib/address'
import { endSession } from '@/lib/people/keep-session'
import { isLoginCode, localPath, loginCode, loginLimits } from '@/lib/people/rules'
import { allow } from '@/lib/rate-limit'

type Context = { params: Promise<{ nextauth: string[] }> }

const largest = 20_000

/** The doors of next-auth that this house has: `callback/email` and `signout`, by POST and from our own pages only. */
export async function POST(request: NextRequest, { params }: Context) {
  const door = (await params).nextauth.join('/')
  const form = await readForm(request)
  const locale = hasLocale(routing.locales, form?.get('locale')) ? (form?.get('locale') as Locale) : routing.defaultLocale
  if (door !== 'callback/email' && door !== 'signout') return plain(404, 'unknown-door', locale)
  if (!isSameOrigin(request.headers)) return plain(403, 'cross-origin', locale)
  if (!form) return plain(400, 'no-form', locale)
  return door === 'signout' ? logOut(request, form, locale) : logIn(request, form, locale)
}

/** A link that is followed changes nothing: scanners of mail follow them all. */
export async function GET(_request: NextRequest, { params }: Context) {
  const door = (await params).nextauth.join('/')
  const isOurs = door === 'callback/email' || door === 'signout'
  const response = await plain(isOurs ? 405 : 404, isOurs ? 'post-only' : 'unknown-door', routing.defaultLocale)
  if (isOurs) response.headers.set('Allow', 'POST')
  return response
}

async function logIn(request: NextRequest, form: URLSearchParams, locale: Locale) {
  const token = form.get('token')
  const [address, typed, returnTo] = [form.get('address') ?? '', form.get('code') ?? '', form.get('returnTo') ?? '']
  const back = (refusal: Partial<Pending>) => {
    const page = token === null ? '/login/code' : '/login/link'
    const response = seeOther(`${getPathname({ href: page, locale })}${token === null ? '#errors' : ''}`)
    response.cookies.set(pendingCookie({ ...noPending, address: address.slice(0, 1000), returnTo: localPath(returnTo, ''), typed: typed.slice(0, 100), ...refusal }))
    return response
  }

  const key: Key = token === null ? { by: 'code', address, code: loginCode(typed) } : { by: 'link', token: token.slice(0, 200) }
  if (key.by === 'code' && !parseAddress(key.address).ok) return back({ reason: 'address' })
  if (key.by === 'code' && !isLoginCode(key.code)) return back({ reason: 'not-a-code' })
  const allowed = await allow('login-proof', networkOf(request.headers), loginLimits.proofsPerNetwork)
  if (!allowed.ok) return back({ reason: 'too-many-tries' })

  const entered = await letIn(request, key)
  if (!entered.ok) {
    const left = Number(entered.fields?.find(({ field }) => field === 'code')?.reason ?? 0)
    return back({ reason: entered.reason === 'forbidden' ? 'failed' : entered.reason, left })
  }
  const response = seeOther(localPath(returnTo, getPathname({ href: '/me', locale })))
  response.cookies.set({ ...pendingCookie(noPending), value: '', maxAge: 0 })
  // Last, because response.cookies writes all of Set-Cookie anew.
  for (const cookie of entered.cookies) response.headers.append('Set-Cookie', cookie)
  return response
}

async function logOut(request: NextRequest, form: URLSearchParams, locale: Locale) {
  const { name, options } = sessionCookie()
  const token = request.cookies.get(name)?.value
  if (token) await endSession(token)
  const response = seeOther(localPath(form.get('returnTo'), getPathname({ href: '/', locale })))
  response.cookies.set({ name, value: '', ...options, maxAge: 0 })
  return response
}

/** Forms of ours are urlencoded and short. */
async function readForm(request: NextRequest) {
  if (!request.headers.get('content-type')?.startsWith('application/x-www-form-urlencoded')) return null
  if (Number(request.headers.get('content-length') ?? 0) > largest) return null
  const text = await request.text()
  return text.length > largest ? null : new URLSearchParams(text)
}

/** Relative, so that whoever came by another name of this host stays where their cookie is. */
function seeOther(path: string) {
  return new NextResponse(null, { status: 303, headers: { Location: path, ...never } })
}

async function plain(status: number, sentence: string, locale: Locale) {
  const t = await getTranslations({ locale, namespace: 'login.door' })
  return new NextResponse(`${t(sentence)}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...never } })
}

const never = { 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' }
