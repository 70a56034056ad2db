import { record } from '@/lib/activity/record'
import { type Actor, isOrganiser } from '@/lib/actor'
import { parseAddress } from '@/lib/address'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { hashToken, newId, randomToken } from '@/lib/ids'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canCreateToken } from './access'
import { personByFold } from './queries'
import { TokenInput } from './schema'

/**
 * Makes a token for the API, in the name of an organiser or admin: 256 bits, base64url, told this once; the row
 * keeps its hash. Refusals: `forbidden`; `invalid` with the fields; `unknown` if nobody has that address;
 * `not-an-organiser`.
 */
export async function createToken(
  actor: Actor,
  input: TokenInput,
): Promise<Outcome<{ id: string; token: string }, 'forbidden' | 'invalid' | 'unknown' | 'not-an-organiser'>> {
  if (!isOrganiser(actor)) return refused('forbidden')
  const read = TokenInput.safeParse(input)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  const mailbox = parseAddress(read.data.email)
  if (!mailbox.ok) return refused('invalid', [{ field: 'email', reason: mailbox.reason }])
  const person = await personByFold(mailbox.fold)
  if (!canCreateToken(actor, person)) return refused('forbidden')
  if (!person) return refused('unknown')
  if (person.role === 'participant') return refused('not-an-organiser')

  const [id, token] = [newId(), randomToken()]
  await inTransaction(async (tx) => {
    await tx.apiToken.create({ data: { id, personId: person.id, name: read.data.name, hash: hashToken(token), createdAt: now() } })
    await record(tx, actor, { verb: 'token.create', subject: `token/${id}`, after: { name: read.data.name, personId: person.id } })
  })
  return done({ id, token })
}
