import NextAuth, { type NextAuthOptions } from 'next-auth'
import type { Adapter, AdapterUser } from 'next-auth/adapters'
import type { EmailConfig } from 'next-auth/providers/email'
import { NextRequest } from 'next/server'
import { guest } from '@/lib/actor'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { randomToken } from '@/lib/ids'
import { log } from '@/lib/log'
import { enter, type EnterRefusal } from '@/lib/people/enter'
import { endSession, startSession } from '@/lib/people/keep-session'
import { openLogin } from '@/lib/people/open-login'
import { personByFold, personById } from '@/lib/people/queries'
import { loginMinutes, sessionDays } from '@/lib/people/rules'
import type { FieldRefusal } from '@/lib/outcome'
import { ownCookie, sessionCookie } from './cookies'

/** What a visitor holds: the token of the letter's link, or the code with the address it was sent to. */
export type Key = { by: 'link'; token: string } | { by: 'code'; address: string; code: string }

type Refusal = { reason: EnterRefusal | 'failed'; fields?: FieldRefusal[] }

export type LetIn = { ok: true; cookies: string[] } | ({ ok: false } & Refusal)

/**
 * Has next-auth take the key: it hashes it, asks our adapter to use it up, starts a session and writes the cookie,
 * which comes back as Set-Cookie headers. `request` is the visitor's, whose present session ends if it is
 * somebody else's.
 */
export async function letIn(request: NextRequest, key: Key): Promise<LetIn> {
  let refusal: Refusal = { reason: 'failed' }
  const adapter = adapterFor(key, request.headers.get('user-agent'), (found) => {
    refusal = found
  })
  const callback = new URL('/api/auth/callback/email', config().appUrl)
  callback.searchParams.set('token', key.by === 'link' ? key.token : key.code)
  const asked = new NextRequest(callback, { method: 'POST', headers: { cookie: request.headers.get('cookie') ?? '' } })
  const context = { params: Promise.resolve({ nextauth: ['callback', 'email'] }) }
  const response = (await NextAuth(asked, context, options(adapter))) as Response

  const cookies = response.headers.getSetCookie().filter((cookie) => cookie.startsWith(`${sessionCookie().name}=`))
  return cookies.length > 0 ? { ok: true, cookies } : { ok: false, ...refusal }
}

function options(adapter: Adapter): NextAuthOptions {
  return {
    adapter,
    providers: [ownLetters],
    secret: config().authSecret,
    session: { strategy: 'database', maxAge: sessionDays * 86_400, generateSessionToken: randomToken },
    useSecureCookies: config().appUrl.startsWith('https:'),
    cookies: { sessionToken: sessionCookie(), csrfToken: ownCookie('csrf'), callbackUrl: ownCookie('callback') },
    callbacks: { redirect: ({ baseUrl }) => baseUrl },
    // What next-auth says may hold an address or a token: the diary gets the kind of trouble only.
    logger: {
      error: (code) => log.error('next-auth', { code }),
      warn: (code) => log.warn('next-auth', { code }),
      debug: () => {},
    },
  }
}

/** Letters of ours, through the outbox, with a link and a code that openLogin makes. */
const ownLetters: EmailConfig = {
  id: 'email',
  type: 'email',
  name: 'Email',
  from: '',
  server: '',
  options: {},
  maxAge: loginMinutes * 60,
  sendVerificationRequest: async ({ identifier }) => {
    await openLogin(guest, { address: identifier, locale: config().defaultLocale })
  },
}

/** next-auth over our own tables; everything that changes them is a verb of lib/people. */
function adapterFor(key: Key, userAgent: string | null, tell: (refusal: Refusal) => void): Adapter {
  return {
    async useVerificationToken({ token: hash }) {
      const entered = await enter(guest, key.by === 'link' ? { by: 'link', hash } : { by: 'code', address: key.address, hash })
      if (!entered.ok) {
        tell(entered)
        return null
      }
      return { identifier: entered.value.addressFold, token: hash, expires: new Date(now().getTime() + 60_000) }
    },
    createVerificationToken: () => null,
    getUserByEmail: async (addressFold) => asUser(await personByFold(addressFold)),
    getUser: async (id) => asUser(await personById(id)),
    async updateUser({ id }) {
      const user = asUser(await personById(id))
      if (!user) throw new Error('The person went away while they were let in')
      return user
    },
    async createSession({ sessionToken, userId, expires }) {
      const session = await startSession({ personId: userId, token: sessionToken, expires, userAgent })
      return { sessionToken, userId, expires: session.expires }
    },
    getSessionAndUser: async () => null,
    deleteSession: async (token) => {
      await endSession(token)
    },
  }
}

const asUser = (person: { id: string; name: string | null; addressFold: string } | null): AdapterUser | null =>
  person && { id: person.id, name: person.name, email: person.addressFold, emailVerified: null }
