import type { Outcome } from '@/lib/outcome'
import { refused } from '@/lib/outcome'
import { codeWasRight, mayTryCode } from './registration-limit'

/**
 * Asks for a seat, with an entry code perhaps: of those a network may try so many wrong ones. Counted before it is
 * tried, so that many at once are counted too. Refusal besides those of the asking: `too-many`.
 */
export async function tryCode<Value, Reason extends string>(network: string, code: string | undefined, ask: () => Promise<Outcome<Value, Reason>>): Promise<Outcome<Value, Reason | 'too-many'>> {
  if (!code) return ask()
  if (!(await mayTryCode(network)).ok) return refused('too-many')
  const outcome = await ask()
  if (outcome.ok || !outcome.fields?.some(({ field }) => field === 'code')) await codeWasRight(network)
  return outcome
}
