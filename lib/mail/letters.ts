import { z } from 'zod'
import type { Composed, LetterRow } from './deliver'

const LogIn = z.object({ url: z.string(), code: z.string().regex(/^\d{6}$/), minutes: z.number().int().positive() })
const Appointed = z.object({ role: z.enum(['organiser', 'admin']), url: z.string() })

/** The letters whose facts are wholly in their row. Undefined: another kind, whose composer knows its domain. */
export function composeFromFacts(row: LetterRow): Composed | undefined {
  if (row.kind === 'log-in') return { letter: { kind: 'log-in', ...LogIn.parse(row.facts) } }
  if (row.kind === 'appointed') return { letter: { kind: 'appointed', ...Appointed.parse(row.facts) } }
  return undefined
}
