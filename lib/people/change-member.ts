import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { inTransaction } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canKeepMembers } from './access'
import { daysOf } from './add-members'
import { readMember } from './members-list'
import { ChangeMemberInput } from './schema'

/**
 * Puts another name or other days on an entry of the list of members; an empty day is no limit. Who is registered already
 * stays so. Refusals: `forbidden`, `unknown`, `invalid` with the field `label`, `since` or `until`.
 */
export async function changeMember(actor: Actor, id: string, input: ChangeMemberInput): Promise<Outcome<{ value: string }, 'forbidden' | 'unknown' | 'invalid'>> {
  if (!canKeepMembers(actor)) return refused('forbidden')
  const said = ChangeMemberInput.safeParse(input)
  if (!said.success) return refused('invalid', fieldRefusals(said.error))

  return inTransaction(async (tx) => {
    const [locked] = await tx.$queryRaw<{ value: string }[]>`SELECT value FROM "Member" WHERE id = ${id}::uuid FOR UPDATE`
    if (!locked) return refused('unknown')
    const read = readMember({ value: locked.value, ...said.data })
    if (!read.ok) return refused('invalid', [{ field: fieldOf(read.reason, said.data), reason: read.reason }])
    const { since, until } = read.value
    const label = said.data.label === undefined ? undefined : (read.value.label ?? null)
    await tx.member.update({ where: { id }, data: { label, ...daysOf({ since, until }) } })
    await record(tx, actor, { verb: 'member.change', subject: `member/${id}`, after: { changed: 1 } })
    return done({ value: locked.value })
  })
}

/** The field that a refusal of the whole entry is about. */
function fieldOf(reason: string, { since }: ChangeMemberInput) {
  if (reason === 'too-long' || reason === 'not-text') return 'label'
  if (reason === 'not-a-date' && since && !readMember({ value: 'example.org', since }).ok) return 'since'
  return 'until'
}
