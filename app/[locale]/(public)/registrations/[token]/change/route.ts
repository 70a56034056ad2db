import { answerCookie } from '@/app/[locale]/(public)/events/[slug]/registration/answer'
import { textIn } from '@/app/_session/form-input'
import { networkOf } from '@/app/_session/network'
import { mayChange, mayMend } from '@/app/_session/registration-limit'
import { guest } from '@/lib/actor'
import { foldAddress } from '@/lib/address'
import { fieldRefusals } from '@/lib/errors'
import { type FieldRefusal, refused } from '@/lib/outcome'
import { pathOf } from '@/lib/pathnames'
import { addCompanion, removeCompanion } from '@/lib/registrations/add-companion'
import { acceptOffer, passOffer } from '@/lib/registrations/answer-offer'
import { cancel } from '@/lib/registrations/cancel'
import { changeAddress } from '@/lib/registrations/change-address'
import { comeBack, takeBack } from '@/lib/registrations/come-back'
import { askAccess } from '@/lib/registrations/decide'
import { prove } from '@/lib/registrations/prove'
import { findHeld } from '@/lib/registrations/queries'
import { rename } from '@/lib/registrations/rename'
import { askInput, companionInput } from '@/lib/registrations/schema'
import { switchPlace } from '@/lib/registrations/switch-place'
import { wantNotes } from '@/lib/registrations/want-notes'
import { keptUnder } from './kept-under'

type Params = { params: Promise<{ locale: string; token: string }> }

export async function GET(_request: Request, { params }: Params) {
  const { locale, token } = await params
  return seeOther(locale, token, '')
}

type Asked = { token: string; text: (name: string) => string }
type Result = { ok: true } | { ok: false; reason: string; fields?: FieldRefusal[] }

/** What the buttons of a letter's page do, and what its address then says was done. The link is the right: no log-in. */
const acts: Record<string, { did: string; by: (asked: Asked) => Promise<Result> }> = {
  prove: { did: 'proven', by: ({ token }) => prove(guest, { token }) },
  accept: { did: 'accepted', by: ({ token }) => acceptOffer(guest, { token }) },
  pass: { did: 'passed', by: ({ token }) => passOffer(guest, { token }) },
  cancel: { did: 'cancelled', by: ({ token }) => cancel(guest, { token }) },
  'take-back': { did: 'back', by: ({ token }) => takeBack(guest, { token }) },
  return: { did: 'back', by: ({ token }) => comeBack(guest, { token }) },
  switch: { did: 'switched', by: ({ token, text }) => switchPlace(guest, { token }, text('place') === 'room' ? 'room' : 'screen') },
  remove: { did: 'removed', by: ({ token, text }) => removeCompanion(guest, { token }, text('companion')) },
  add: { did: 'added', by: add },
  name: { did: 'named', by: correctName },
  ask: { did: 'asked', by: ask },
  address: { did: 'written', by: askForAddress },
  'want-notes': { did: 'notes-wanted', by: ({ token }) => wantNotes(guest, { token }, true) },
  'no-notes': { did: 'notes-unwanted', by: ({ token }) => wantNotes(guest, { token }, false) },
}

/** Nothing happens by a GET: only a person presses a button. */
export async function POST(request: Request, { params }: Params) {
  const { locale, token } = await params
  const form = await request.formData().catch(() => null)
  const text = textIn(form)
  const act = Object.hasOwn(acts, text('act')) ? acts[text('act')] : null
  if (!act) return seeOther(locale, token, '')
  const held = await findHeld({ token })
  if (!held || held === 'gone') return seeOther(locale, token, held ?? 'not-found')
  // Most of these write a letter: to and fro would fill a mailbox.
  const outcome = (await mayChange(networkOf(request.headers), held.addressFold)).ok ? await act.by({ token, text }) : refused('too-many')
  if (outcome.ok) return seeOther(locale, token, act.did)
  const kept = { name: text('name'), email: text('email'), words: text('words') }
  return seeOther(locale, token, outcome.reason, outcome.fields ? { 'Set-Cookie': answerCookie({ slug: keptUnder(token), ...kept, fields: outcome.fields }) } : {})
}

async function add({ token, text }: Asked): Promise<Result> {
  const input = companionInput.safeParse({ name: text('name') })
  if (!input.success) return refused('invalid', fieldRefusals(input.error).map(({ reason }) => ({ field: 'companion', reason })))
  const outcome = await addCompanion(guest, { token }, input.data.name)
  return !outcome.ok && outcome.reason === 'too-many' ? refused('too-many-companions') : outcome
}

async function correctName({ token, text }: Asked): Promise<Result> {
  const input = companionInput.safeParse({ name: text('name') })
  if (!input.success) return refused('invalid', fieldRefusals(input.error).map(({ reason }) => ({ field: 'own-name', reason })))
  return rename(guest, { token }, input.data.name)
}

async function ask({ token, text }: Asked): Promise<Result> {
  const input = askInput.safeParse({ words: text('words') })
  return input.success ? askAccess(guest, { token }, input.data.words) : refused('invalid', fieldRefusals(input.error))
}

async function askForAddress({ token, text }: Asked): Promise<Result> {
  // Each of many registrations could have the same stranger written to.
  if (!(await mayMend(foldAddress(text('email')))).ok) return refused('too-many')
  return changeAddress(guest, { token }, text('email'))
}

function seeOther(locale: string, token: string, said: string, headers: Record<string, string> = {}) {
  const path = pathOf('/registrations/[token]', { token }, locale)
  return new Response(null, { status: 303, headers: { Location: said ? `${path}?said=${said}` : path, 'Cache-Control': 'no-store', ...headers } })
}
