import { doors, json, sent } from '@/app/api/v1/answer'
import { registrationJson } from '@/app/api/v1/registration-json'
import { mayRegister } from '@/app/_session/registration-limit'
import { tryCode } from '@/app/_session/try-code'
import { foldAddress, parseAddress } from '@/lib/address'
import { eventBySlug } from '@/lib/events/queries'
import { refused } from '@/lib/outcome'
import { canSeeRegistrations } from '@/lib/registrations/access'
import { answersOfEvent, registrationsOf } from '@/lib/registrations/queries'
import { register } from '@/lib/registrations/register'
import { registrationInput } from '@/lib/registrations/schema'

export const dynamic = 'force-dynamic'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doors({
  GET: {
    for: 'token',
    async answer({ actor, params }) {
      if (!canSeeRegistrations(actor)) return refused('forbidden')
      const event = await eventBySlug(params.slug)
      if (!event) return refused('not-found')
      const [rows, said] = await Promise.all([registrationsOf(event.id), answersOfEvent(event.id)])
      return json({ data: rows.map((row) => registrationJson(row, said.get(row.id))) })
    },
  },
  POST: {
    for: 'public',
    cookies: true,
    async answer(asking) {
      const input = await sent(asking, registrationInput)
      if (!input.ok) return input
      const allowed = await mayRegister(asking.network, foldOf(input.value.email))
      if (!allowed.ok) return { ...refused('too-many-registrations'), retryAfter: allowed.retryAfter }
      const outcome = await tryCode(asking.network, input.value.code, () => register(asking.actor, asking.params.slug, { ...input.value, locale: input.value.locale ?? asking.locale }, 'api'))
      if (!outcome.ok && outcome.reason === 'too-many') return refused('too-many-registrations')
      return outcome.ok ? json({ status: outcome.value.status }, 201) : outcome
    },
  },
})

function foldOf(email: string) {
  const address = parseAddress(email)
  return address.ok ? address.fold : foldAddress(email)
}
