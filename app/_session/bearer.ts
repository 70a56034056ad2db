import { type Actor, guest } from '@/lib/actor'
import { done, type Outcome, refused } from '@/lib/outcome'
import { personBySession } from '@/lib/people/queries'
import { personByToken } from '@/lib/people/recognise'
import { sessionCookie } from './cookies'
import { isSameOrigin } from './same-origin'

/**
 * Who asks a machine's door: `Authorization: Bearer` first (RFC 6750), else the session's cookie, which changes
 * things only from our own pages. Refusals: `bad-token` (401) where a token was given that opens nothing;
 * `cross-origin` (403).
 */
export async function actorOf(request: Request): Promise<Outcome<Actor, 'bad-token' | 'cross-origin'>> {
  const authorization = request.headers.get('authorization')
  if (authorization !== null) {
    const token = /^Bearer +([A-Za-z0-9._~+/-]+=*) *$/i.exec(authorization)?.[1]
    const person = token ? await personByToken(token) : null
    return person ? done(person) : refused('bad-token')
  }
  const token = cookieOf(request, sessionCookie().name)
  const person = token ? await personBySession(token) : null
  if (!person) return done(guest)
  return isSafe(request.method) || isSameOrigin(request.headers) ? done(person) : refused('cross-origin')
}

const isSafe = (method: string) => ['GET', 'HEAD', 'OPTIONS'].includes(method)

function cookieOf(request: Request, name: string) {
  const pairs = (request.headers.get('cookie') ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1)
}
