import { cookies } from 'next/headers'
import { ownCookie } from '@/app/_session/cookies'
import { capability, sameToken } from '@/lib/ids'
import type { FieldRefusal } from '@/lib/outcome'

/**
 * What the page answers to a form that was sent without a script: it travels in a cookie of its own, signed, so that
 * neither address nor name stands in an address of the web, and lives for as long as a mistake can be put right.
 */
export type Answer = {
  slug: string
  name: string
  email: string
  place?: string
  timeZone?: string
  /** The code for invited people, as it was typed. */
  code?: string
  /** What became of it; nothing where it was refused. */
  status?: 'confirmed' | 'waitlisted' | 'pending'
  /** What a pending one waits for, as far as it may be told; and until when its seat is held. */
  pending?: 'circle' | 'proof' | 'approval'
  heldUntil?: string
  /** Of the registration, or of nothing: nobody can tell. */
  registrationId?: string
  reason?: string
  fields?: FieldRefusal[]
  /** What was done last: sent again, or address corrected. */
  did?: 'again' | 'corrected'
  /** What somebody said who asks to be let in. */
  words?: string
  /** What was typed to correct the address and was refused. */
  correction?: string
}

const minutes = 30
const longest = 3000

const cookie = () => ownCookie('answer')

/** The Set-Cookie line that carries an answer. What was typed beyond all measure is cut: a cookie holds 4 kB. */
export function answerCookie(answer: Answer) {
  const kept = { ...answer, name: answer.name.slice(0, 300), email: answer.email.slice(0, 400), code: answer.code?.slice(0, 60), words: answer.words?.slice(0, 600), correction: answer.correction?.slice(0, 400), fields: answer.fields?.slice(0, 12) }
  const text = Buffer.from(JSON.stringify(kept)).toString('base64url')
  const { name, options } = cookie()
  const value = text.length > longest ? '' : `${text}.${capability('answer', text)}`
  return `${name}=${value}; Path=${options.path}; Max-Age=${minutes * 60}; HttpOnly; SameSite=Lax${options.secure ? '; Secure' : ''}`
}

/** The answer to what was just sent about this event, if this browser sent something. */
export async function readAnswer(slug: string): Promise<Answer | null> {
  const [text, signature] = ((await cookies()).get(cookie().name)?.value ?? '').split('.')
  if (!text || !signature || !sameToken(signature, capability('answer', text))) return null
  const answer = JSON.parse(Buffer.from(text, 'base64url').toString()) as Answer
  return answer.slug === slug ? answer : null
}
