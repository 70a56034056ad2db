import { foldAddress } from '@/lib/address'
import { now } from '@/lib/clock'
import type { Tx } from '@/lib/db'
import { capability, isId } from '@/lib/ids'
import { withoutCapabilities } from '@/lib/mail/rules'
import { noteBounce } from '@/lib/mail/stop-address'
import type { Addressed } from './find-addressed'
import type { Bounce } from './reading'
import { type Made, storable } from './rules'

/** A server that tries on reports a failure after five days, some after more. */
const searchedDays = 30
const mostSearched = 50

type Recipient = Bounce['recipients'][number]

/**
 * A delivery report (RFC 3464). It counts where it tells of a letter of ours, by its Message-ID or by the address that it
 * came back to, and of the recipient that this letter had: whoever invents one knows neither. A hard one stops further
 * letters there. A step of fileMail.
 */
export async function takeBounce(tx: Tx, { recipients, letterMessageId }: Bounce, addressed: Addressed): Promise<Made> {
  const letter = await letterOf(tx, recipients, letterMessageId, addressed.bounceTokens)
  const mine = letter && isItsOwn(letter, addressed) && recipients.filter(({ address }) => foldAddress(address) === foldAddress(letter.toAddress))
  if (!letter || !mine || mine.length === 0) return { outcome: 'bounce-unknown', detail: saidOf(recipients[0]) }
  const hard = mine.find(({ isHard }) => isHard)
  const { diagnosis, status } = saidOf(hard ?? mine[0])
  if (hard) await noteBounce(tx, letter, diagnosis ?? status ?? '')
  const registrationId = letter.about.startsWith('registration/') ? letter.about.slice('registration/'.length) : null
  return {
    outcome: hard ? 'bounce-hard' : 'bounce-soft',
    detail: { letterId: letter.id, ...(status ? { status } : {}), ...(diagnosis ? { diagnosis } : {}) },
    about: { id: isId(registrationId) ? registrationId : null, eventId: letter.eventId },
  }
}

/** It came back to an address of that very letter, or to one that is nobody's: what comes to somebody else's tells of none of theirs. */
function isItsOwn({ id, about }: { id: string; about: string }, { registration, bounceTokens }: Addressed): boolean {
  if (registration) return about === `registration/${registration.id}`
  return bounceTokens.length === 0 || bounceTokens.includes(capability('bounce', id))
}

const shown = { id: true, about: true, eventId: true, toAddress: true, bouncedAt: true } as const

async function letterOf(tx: Tx, recipients: Recipient[], messageId: string | null, tokens: string[]) {
  const byId = messageId ? await tx.letter.findUnique({ where: { messageId: storable(messageId, 500), composedAt: { not: null } }, select: shown }) : null
  if (byId || tokens.length === 0) return byId
  const addresses = recipients.flatMap(({ address }) => [storable(address, 320), storable(foldAddress(address), 320)])
  const letters = await tx.letter.findMany({
    where: { toAddress: { in: addresses.slice(0, 20) }, composedAt: { not: null }, createdAt: { gt: new Date(now().getTime() - searchedDays * 86_400_000) } },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: mostSearched,
    select: shown,
  })
  return letters.find(({ id }) => tokens.includes(capability('bounce', id))) ?? null
}

/** The other server's words often quote the address, or a link of the letter: those are nobody's to read here. */
function saidOf(recipient: Recipient | undefined) {
  const diagnosis = recipient?.diagnosis ? storable(withoutCapabilities(recipient.diagnosis.replace(/[^\s<>"'(),;]+@[^\s<>"'(),;]+/g, '…')), 300) : null
  return { ...(recipient?.status ? { status: storable(recipient.status, 20) } : {}), ...(diagnosis ? { diagnosis } : {}) }
}
