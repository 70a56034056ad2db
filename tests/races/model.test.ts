import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { now, setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { letterInvariants } from '@/lib/worker/letter-invariants'
import { seatInvariants } from '@/lib/worker/seat-invariants'
import { storyInvariants } from '@/lib/worker/story-invariants'
import { crookedStories, forgetAll, play, sqlOf, stories, type Story } from '@/tests/support/seat-model'

afterEach(() => setClock(null))

/** A seed that failed is said with its counterexample; PROOF_SEED plays it again. */
const seed = Number(process.env.PROOF_SEED ?? 20261123)
const runs = Number(process.env.PROOF_RUNS ?? 500)

test('whatever people and organisers do, in any order and at once: never too many, first come first served, no seat idle, one letter a step', { timeout: 600_000 }, async () => {
  // A story that fails is made as short as there is time for.
  await fc.assert(fc.asyncProperty(stories, holds), { numRuns: runs, seed, interruptAfterTimeLimit: 540_000, markInterruptAsFailure: true })
})

test('somebody who is let past the line is found, by the line kept in memory and by the shortest story that shows it', async () => {
  const found = await fc.check(fc.asyncProperty(crookedStories, (story) => play(story).finally(forgetAll)), { numRuns: 200, seed })
  expect(found.failed).toBe(true)
  expect(String(found.errorInstance)).toMatch(/has a seat while .* waits/)
  expect(found.counterexample![0].steps.flatMap(({ at }) => at).length).toBeLessThanOrEqual(8)
})

async function holds(story: Story) {
  try {
    await play(story)
    const at = now()
    expect(await db.$queryRaw(sqlOf([...seatInvariants(at), ...storyInvariants(), ...letterInvariants(at)]))).toEqual([])
  } finally {
    await forgetAll()
  }
}
