import { parseAddress } from '@/lib/address'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { newId, randomCode, randomToken } from '@/lib/ids'
import { writeLetter } from '@/lib/mail/write-letter'
import { done, type Outcome, refused } from '@/lib/outcome'
import { allow } from '@/lib/rate-limit'
import { canKnock } from './access'
import { isProvenAddress, strangersCount } from './letter-turn'
import { loginFacts } from './letters'
import { proofHash } from './proof'
import { localPath, loginLimits, loginMinutes } from './rules'
import type { LoginInput } from './schema'

/**
 * Writes a letter with a link and a code that open the door for 15 minutes. The answer never tells whether the address
 * is known: one that nobody has proven gets three letters an hour, registrations' among them, and then the same answer without one.
 * `network` is whose request it is; the program itself has no limit.
 * Refusals: `invalid` with what is wrong with the address; `too-many-letters` (10 an hour for an address, 100 for a
 * network).
 */
export async function openLogin(
  actor: Actor,
  input: LoginInput & { network?: string },
): Promise<Outcome<{ address: string }, 'forbidden' | 'invalid' | 'too-many-letters'>> {
  if (!canKnock(actor)) return refused('forbidden')
  const mailbox = parseAddress(input.address)
  if (!mailbox.ok) return refused('invalid', [{ field: 'address', reason: mailbox.reason }])
  const { address, fold } = mailbox

  return inTransaction(async (tx) => {
    if (actor.kind !== 'system') {
      const byNetwork = await allow('login-letter-network', input.network ?? 'unknown', loginLimits.lettersPerNetwork, tx)
      const byAddress = byNetwork.ok ? await allow('login-letter', fold, loginLimits.lettersPerAddress, tx) : byNetwork
      if (!byAddress.ok) return refused('too-many-letters')
      const { what, who, limit } = strangersCount(fold)
      if (!(await isProvenAddress(tx, fold)) && !(await allow(what, who, limit, tx)).ok) return done({ address })
    }
    const [id, token, code] = [newId(), randomToken(), randomCode()]
    const expires = new Date(now().getTime() + loginMinutes * 60_000)
    await tx.loginChallenge.create({
      data: { id, address, addressFold: fold, linkHash: proofHash(token), codeHash: proofHash(code), expires, createdAt: now() },
    })
    await writeLetter(tx, {
      about: `login/${id}`,
      kind: 'log-in',
      revision: 0,
      locale: input.locale,
      to: { address },
      facts: loginFacts({ token, code, locale: input.locale, returnTo: localPath(input.returnTo) }),
    })
    return done({ address })
  })
}
