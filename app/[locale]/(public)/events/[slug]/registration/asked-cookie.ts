import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { cookies } from 'next/headers'
import type { Typed } from '@/app/[locale]/(public)/events/[slug]/question-words'
import { ownCookie } from '@/app/_session/cookies'
import { capability, sameToken } from '@/lib/ids'

/** What was answered beside name and address waits in a cookie of its own, so that neither makes the other too long. */

const minutes = 30
/** Characters, packed: with its name and its signature below the 4 kB that a cookie holds. */
const longest = 3600

const cookie = () => ownCookie('asked')

export const askedName = () => cookie().name

/** The Set-Cookie line that keeps what was typed under a name (an event's slug); the longest texts are left out until it fits. */
export function askedCookie(under: string, typed: Typed) {
  const { name, options } = cookie()
  const fields = Object.entries(typed).filter(([, value]) => value.length > 0)
  const pack = () => deflateRawSync(JSON.stringify([under, fields])).toString('base64url')
  let text = pack()
  while (text.length > longest && fields.length > 0) {
    fields.splice(fields.indexOf(fields.toSorted(([, a], [, b]) => String(b).length - String(a).length)[0]), 1)
    text = pack()
  }
  const value = fields.length > 0 ? `${text}.${capability('answer', text)}` : ''
  return `${name}=${value}; Path=${options.path}; Max-Age=${value ? minutes * 60 : 0}; HttpOnly; SameSite=Lax${options.secure ? '; Secure' : ''}`
}

/** What this browser typed under that name and sent, if it did. */
export async function readAsked(under: string): Promise<Typed> {
  const [text, signature] = ((await cookies()).get(cookie().name)?.value ?? '').split('.')
  if (!text || !signature || !sameToken(signature, capability('answer', text))) return {}
  const [name, fields] = JSON.parse(inflateRawSync(Buffer.from(text, 'base64url')).toString()) as [string, [string, string | string[]][]]
  return name === under ? Object.fromEntries(fields) : {}
}

/** The fields of a form that answer what an event asks, as they were typed; no more of them than it can ask. */
export function typedFields(form: FormData): Typed {
  const names = [...new Set(form.keys())].filter((name) => /^(answers|consents|access)\.[a-z0-9-]{1,40}$/.test(name)).slice(0, 60)
  return Object.fromEntries(
    names.map((name) => {
      const values = form.getAll(name).filter((value) => typeof value === 'string').map((value) => value.replace(/\0/g, '\uFFFD').toWellFormed())
      return [name, values.length > 1 ? values.slice(0, 60) : (values[0] ?? '')]
    }),
  )
}
