import { record } from '@/lib/activity/record'
import { type Actor } from '@/lib/actor'
import { foldAddress } from '@/lib/address'
import { inTransaction } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canMend } from './access'
import { releaseStopped } from './release-letters'

/**
 * An address to which letters came back works again, as an organiser says: the letters that were stopped are due, and
 * composed from what is true then. Mending what is mended changes nothing. Refusals: `forbidden`.
 */
export async function mendAddress(actor: Actor, address: string): Promise<Outcome<{ released: number }, 'forbidden'>> {
  if (!canMend(actor)) return refused('forbidden')
  return inTransaction(async (tx) => {
    const mended = await releaseStopped(tx, foldAddress(address))
    if (!mended) return done({ released: 0 })
    // The journal holds no addresses: the letter that came back says whose it was.
    await record(tx, actor, { verb: 'address.mend', subject: mended.letterId ? `letter/${mended.letterId}` : 'address', after: { released: mended.released } })
    return done({ released: mended.released })
  })
}
