import type { PersonActor } from '@/lib/actor'
import { system } from '@/lib/actor'
import { db } from '@/lib/db'
import { addMembers } from '@/lib/people/add-members'
import { appoint } from '@/lib/people/appoint'
import { slugify } from '@/lib/text'
import { readData, told } from './read'

type People = {
  organisers: { name: string; email: string; role: 'organiser' | 'admin' }[]
  members: string[]
  houses: Record<string, string[]>
  english: string[]
}

export type Participant = { name: string; email: string; locale: 'fr' | 'en'; member: boolean }

/** Invented people, all at `.example` addresses: the organiser who acts in the season, and who takes seats in it. */
export async function bringPeople(): Promise<{ organiser: PersonActor; participants: Participant[] }> {
  const { organisers, members, houses, english } = readData<People>('season/people.json')
  const program = system('demonstration')
  for (const { name, email, role } of organisers) {
    const { id } = await told(email, appoint(program, { email, role }))
    // Only they themselves could give their name, and they do not exist.
    await db.person.update({ where: { id }, data: { name } })
  }
  await told('members', addMembers(program, { entries: members }))

  const person = await db.person.findUniqueOrThrow({ where: { addressFold: organisers[0].email } })
  const { id, role, name, address, addressFold, locale } = person
  const participants = Object.entries(houses).flatMap(([house, names]) =>
    names.map((one) => ({ name: one, email: addressOf(one, house), locale: english.includes(one) ? ('en' as const) : ('fr' as const), member: members.includes(house) })),
  )
  return { organiser: { kind: 'person', id, role, name, address, addressFold, addressFolds: [addressFold], locale, via: 'browser' }, participants }
}

/** Inès Belhadj, grand-large.example: ines.belhadj@grand-large.example */
function addressOf(name: string, house: string) {
  const [first, ...rest] = name.split(' ')
  return `${slugify(first)}.${slugify(rest.join(' '))}@${house}`
}

/** The participants in an order of their own for each event, the same at every start. */
export function shuffled(participants: Participant[], event: number): Participant[] {
  let state = event * 2_654_435_761 + 12_345
  const random = () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32
  return participants
    .map((one) => ({ one, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one)
}
