import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Tx } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canKeepMembers } from './access'
import { readMember, type ReadMember } from './members-list'
import { MembersInput } from './schema'

/** What becomes of a line; `wrong` with its reason, `twice` where an earlier line of the list says the same. */
export type MemberFate = { line: number; value: string; fate: 'added' | 'known' | 'changed' | 'twice' | 'wrong'; reason?: string; since?: string | null; until?: string | null; label?: string | null }

type Added = { added: number; known: number; changed: number; lines: MemberFate[] }

/**
 * Adds members: addresses, or domains whose every address is one (`example.org`, `@example.org`), with a name and the days
 * between which the membership holds. Empty entries are passed over; a known one takes on the dates and the name that the
 * list gives. All or nothing: refusals are `forbidden`, and `invalid` with each wrong entry's place as its field
 * (`entries.3`). A dry run writes nothing and refuses no line: it tells each line's fate.
 */
export async function addMembers(actor: Actor, input: MembersInput): Promise<Outcome<Added, 'forbidden' | 'invalid'>> {
  if (!canKeepMembers(actor)) return refused('forbidden')
  const list = MembersInput.safeParse(input)
  if (!list.success) return refused('invalid', fieldRefusals(list.error))
  const read = list.data.entries.flatMap((entry, place) => {
    const said = typeof entry === 'string' ? { value: entry } : entry
    return said.value.trim() === '' && typeof entry === 'string' ? [] : [{ place, line: place + 1, ...said, read: readMember(said) }]
  })
  const wrong = read.flatMap(({ place, read: one }) => (one.ok ? [] : [{ field: `entries.${place}`, reason: one.reason }]))
  if (wrong.length > 0 && !list.data.dryRun) return refused('invalid', wrong)

  return inTransaction(async (tx) => {
    const known = await knownOf(tx, read.flatMap(({ read: one }) => (one.ok ? [one.value] : [])))
    const seen = new Set<string>()
    const lines = read.map(({ line, value, read: one }): MemberFate & { member?: ReadMember } => {
      if (!one.ok) return { line, value, fate: 'wrong', reason: one.reason }
      const { kind, ...member } = one.value
      const key = keyOf(one.value)
      if (seen.has(key)) return { line, ...member, fate: 'twice' }
      seen.add(key)
      const before = known.get(key)
      return { line, ...member, fate: before ? (changes(before, one.value) ? 'changed' : 'known') : 'added', member: { kind, ...member } }
    })
    if (!list.data.dryRun) await write(tx, actor, lines)
    const count = (fate: MemberFate['fate']) => lines.filter((line) => line.fate === fate).length
    return done({ added: count('added'), known: count('known') + count('twice'), changed: count('changed'), lines: lines.map(({ member: _, ...line }) => line) })
  })
}

const keyOf = ({ kind, value }: { kind: string; value: string }) => `${kind} ${value}`

/** The rows that the list speaks of, locked: of two lists at once, the second sees what the first wrote. */
async function knownOf(tx: Tx, members: ReadMember[]) {
  const values = [...new Set(members.map(({ value }) => value))].toSorted()
  const ids = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM "Member" WHERE value = ANY(${values}) ORDER BY value, kind FOR UPDATE`
  const rows = await tx.member.findMany({ where: { id: { in: ids.map(({ id }) => id) } } })
  return new Map(rows.map((row) => [keyOf(row), row]))
}

type Row = { label: string | null; since: Date | null; until: Date | null }

/** Only what the list says counts: one without dates leaves them alone. */
const changes = (before: Row, { label, since, until }: ReadMember) =>
  (label !== undefined && label !== before.label) || (since !== undefined && since !== dayIn(before.since)) || (until !== undefined && until !== dayIn(before.until))

const dayIn = (date: Date | null) => date && date.toISOString().slice(0, 10)

async function write(tx: Tx, actor: Actor, lines: (MemberFate & { member?: ReadMember })[]) {
  const of = (fate: MemberFate['fate']) => lines.flatMap((line) => (line.fate === fate && line.member ? [line.member] : []))
  const [added, changed] = [of('added'), of('changed')]
  await tx.member.createMany({ data: added.map((member) => ({ ...member, ...daysOf(member), createdAt: now() })), skipDuplicates: true })
  for (const { kind, value, ...said } of changed) {
    await tx.member.update({ where: { kind_value: { kind, value } }, data: { label: said.label, ...daysOf(said) } })
  }
  if (added.length > 0) await record(tx, actor, { verb: 'member.add', subject: 'members', after: { added: added.length } })
  if (changed.length > 0) await record(tx, actor, { verb: 'member.change', subject: 'members', after: { changed: changed.length } })
}

/** As the columns keep them; undefined leaves a known row's alone. */
export const daysOf = ({ since, until }: { since?: string | null; until?: string | null }) => ({ since: dateOf(since), until: dateOf(until) })
const dateOf = (day: string | null | undefined) => (day ? new Date(`${day}T00:00:00Z`) : day)
