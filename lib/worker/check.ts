import { now } from '@/lib/clock'
import { db, type Prisma, type Tx } from '@/lib/db'
import { answerInvariants } from './answer-invariants'
import { askingInvariants } from './asking-invariants'
import { eventInvariants } from './event-invariants'
import { letterInvariants } from './letter-invariants'
import { peopleInvariants } from './people-invariants'
import { searchInvariants } from './search-invariants'
import { resourceInvariants } from './resource-invariants'
import { seatInvariants } from './seat-invariants'
import { storyInvariants } from './story-invariants'

/** What must be true of any database at any moment: a rule, and what breaks it, each in one statement over the whole table. */
export type Invariant = {
  rule: string
  /** A row for each violation; `what` says which. */
  violations: Prisma.Sql
  /** Where SQL can only suspect: true clears the row. */
  unless?: (row: Record<string, unknown>) => boolean
}

/** Of one rule so many violations are told; one fault seldom comes alone. */
const mostTold = 100

/**
 * Every invariant of the business; a sentence for each violation. All are looked at in one snapshot that only reads, so
 * that a program which runs meanwhile is never taken in the middle of an act.
 */
export async function check(): Promise<string[]> {
  return db.$transaction(lookAtAll, { isolationLevel: 'RepeatableRead', timeout: 600_000, maxWait: 10_000 })
}

async function lookAtAll(tx: Tx) {
  await tx.$executeRaw`SET TRANSACTION READ ONLY`
  // Whole tables are sorted and joined: in memory where there is enough, without compiling what runs once.
  await tx.$executeRaw`SELECT set_config('work_mem', '64MB', true), set_config('jit', 'off', true)`
  const found: string[] = []
  for (const invariant of invariants(now())) found.push(...(await violationsOf(tx, invariant)))
  return found
}

export const invariants = (at: Date): Invariant[] => [
  ...seatInvariants(at),
  ...storyInvariants(),
  ...askingInvariants(at),
  ...eventInvariants(),
  ...searchInvariants(),
  ...resourceInvariants(),
  ...peopleInvariants(),
  ...letterInvariants(at),
  ...answerInvariants(at),
]

async function violationsOf(tx: Tx, { rule, violations, unless }: Invariant) {
  // Planned as a whole: for the first hundred alone, Postgres would look a million things up one by one.
  const rows = await tx.$queryRaw<{ what: string }[]>`WITH found AS MATERIALIZED (${violations}) SELECT * FROM found LIMIT ${unless ? 10 * mostTold : mostTold + 1}`
  const sure = unless ? rows.filter((row) => !unless(row)) : rows
  const told = sure.slice(0, mostTold).map(({ what }) => `${rule}: ${what}`)
  return sure.length > mostTold ? [...told, `${rule}: and more`] : told
}
