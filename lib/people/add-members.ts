import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { parseAddress } from '@/lib/address'
import { now } from '@/lib/clock'
import { inTransaction } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { done, type FieldRefusal, type Outcome, refused } from '@/lib/outcome'
import { canKeepMembers } from './access'
import { memberDomain } from './rules'
import { MembersInput } from './schema'

/**
 * Adds members: addresses, or domains whose every address is one (`example.org`, `@example.org`). Empty entries and
 * known ones are passed over. All or nothing: refusals are `forbidden`, and `invalid` with each wrong entry's place
 * as its field (`entries.3`).
 */
export async function addMembers(actor: Actor, input: MembersInput): Promise<Outcome<{ added: number; known: number }, 'forbidden' | 'invalid'>> {
  if (!canKeepMembers(actor)) return refused('forbidden')
  const list = MembersInput.safeParse(input)
  if (!list.success) return refused('invalid', fieldRefusals(list.error))
  const read = list.data.entries.map(readEntry).filter((entry) => entry !== null)
  const wrong = read.filter((entry): entry is FieldRefusal => 'reason' in entry)
  if (wrong.length > 0) return refused('invalid', wrong)
  const members = read.filter((entry): entry is Entry => 'kind' in entry)

  return inTransaction(async (tx) => {
    const { count } = await tx.member.createMany({ data: members.map((member) => ({ ...member, createdAt: now() })), skipDuplicates: true })
    if (count > 0) await record(tx, actor, { verb: 'member.add', subject: 'members', after: { added: count } })
    return done({ added: count, known: members.length - count })
  })
}

type Entry = { kind: 'address' | 'domain'; value: string }

function readEntry(entry: string, place: number): Entry | FieldRefusal | null {
  if (entry.trim() === '') return null
  const domain = memberDomain(entry)
  if (domain) return { kind: 'domain', value: domain }
  const mailbox = parseAddress(entry)
  return mailbox.ok ? { kind: 'address', value: mailbox.fold } : { field: `entries.${place}`, reason: mailbox.reason }
}
