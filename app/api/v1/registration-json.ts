import type { z } from 'zod'
import type { answersOfEvent, registrationsOf } from '@/lib/registrations/queries'
import type { registration } from './shapes'

type Row = Awaited<ReturnType<typeof registrationsOf>>[number]

type Said = Awaited<ReturnType<typeof answersOfEvent>> extends Map<string, infer One> ? One : never

/** A registration as organisers' programs see it: none of its links, which only its holder has, and none of its needs. */
export const registrationJson = (row: Row, said: Said | undefined): z.infer<typeof registration> => ({
  id: row.id,
  name: row.name,
  email: row.address,
  status: row.status,
  place: row.place,
  seats: row.seats,
  companions: row.companions.map(({ name }) => name),
  locale: row.locale === 'en' ? 'en' : 'fr',
  answers: Object.fromEntries([...(said?.answers ?? [])].map(([key, { value }]) => [key, value])),
  earlier: [...(said?.answers ?? [])].flatMap(([key, { earlier }]) => (earlier ? [key] : [])),
  consents: Object.fromEntries(
    (said?.consents ?? []).map(({ request, givenAt, withdrawnAt }) => [
      request.key,
      { wording: request.wording, givenAt: givenAt.toISOString(), withdrawnAt: withdrawnAt?.toISOString() ?? null },
    ]),
  ),
  via: row.via,
  registeredAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})
