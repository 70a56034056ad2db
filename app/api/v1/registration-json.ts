import type { z } from 'zod'
import type { registrationsOf } from '@/lib/registrations/queries'
import type { registration } from './shapes'

type Row = Awaited<ReturnType<typeof registrationsOf>>[number]

/** A registration as organisers' programs see it: none of its links, which only its holder has. */
export const registrationJson = (row: Row): z.infer<typeof registration> => ({
  id: row.id,
  name: row.name,
  email: row.address,
  status: row.status,
  place: row.place,
  seats: row.seats,
  companions: row.companions.map(({ name }) => name),
  locale: row.locale === 'en' ? 'en' : 'fr',
  via: row.via,
  registeredAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
})
