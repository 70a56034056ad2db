import { foldAddress } from '@/lib/address'
import type { Prisma, Tx } from '@/lib/db'
import type { Envelope, Reading } from './reading'
import { recipientOf } from './recipient'
import { storable } from './rules'

const answered = { event: { select: { uid: true } } } satisfies Prisma.RegistrationInclude

export type AddressedRegistration = Prisma.RegistrationGetPayload<{ include: typeof answered }>

/** Which of our addresses a message came to, and whose that is. */
export type Addressed = {
  /** `unknown`: it looks like the address of a registration and is none's. */
  is: 'registration' | 'unknown' | 'bounce' | 'house' | 'doctor' | 'none'
  address: string | null
  registration: AddressedRegistration | null
  /** What stands in addresses to which letters come back. */
  bounceTokens: string[]
}

/** A message has few recipients of ours; whoever names more is not answering an invitation. */
const most = 10

/**
 * By the recipients of the SMTP envelope; a mailbox knows none, and its headers tell. Several registrations may be named:
 * then it is the one whose event is spoken of, of several at that event the one who answers.
 */
export async function findAddressed(tx: Tx, { addressedTo, content }: Reading, { way, recipients }: Envelope): Promise<Addressed> {
  const named = (way === 'smtp' ? recipients : addressedTo).slice(0, 100).flatMap((address) => {
    const to = recipientOf(address)
    return to ? [{ address, to }] : []
  }).slice(0, most)
  const asked = named.flatMap(({ address, to }) => (to.is === 'rsvp' ? [{ address, hash: to.hash }] : []))
  const bounceTokens = named.flatMap(({ to }) => (to.is === 'bounce' ? [to.token] : []))
  const found = asked.length === 0 ? [] : await tx.registration.findMany({ where: { replyHash: { in: asked.map(({ hash }) => hash) } }, include: answered })
  const known = asked.flatMap(({ address, hash }) => found.filter(({ replyHash }) => replyHash === hash).map((registration) => ({ address, registration })))
  const { uid = null, attendee = null } = content.is === 'calendar' ? content.answer : {}
  const spoken = known.filter(({ registration }) => registration.event.uid === uid)
  const meant = spoken.find(({ registration }) => registration.addressFold === attendee) ?? spoken[0] ?? known[0]
  if (meant) return { is: 'registration', ...meant, bounceTokens }
  const [first] = named
  const is = asked.length > 0 ? 'unknown' : bounceTokens.length > 0 ? 'bounce' : first?.to.is === 'doctor' ? 'doctor' : first ? 'house' : 'none'
  return { is, address: asked[0]?.address ?? first?.address ?? recipients[0] ?? addressedTo[0] ?? null, registration: null, bounceTokens }
}

/** An address is the registration's, or another one that the same person proved to be theirs. */
export async function isTheirAddress(tx: Tx, address: string | null, { addressFold }: AddressedRegistration) {
  if (address === null) return false
  const fold = storable(foldAddress(address), 320)
  if (fold === addressFold) return true
  const has = (one: string) => ({ OR: [{ addressFold: one }, { addresses: { some: { addressFold: one } } }] })
  return (await tx.person.count({ where: { provenAt: { not: null }, AND: [has(fold), has(addressFold)] } })) > 0
}
