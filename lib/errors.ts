import type { z } from 'zod'
import type { FieldRefusal } from '@/lib/outcome'

/**
 * What zod refused, as one refusal per field. A schema says its own reason as the issue's message (`too-long`);
 * what it leaves to zod is translated here. Every reason has its sentence in messages/<locale>/errors.json.
 */
export function fieldRefusals(error: z.ZodError): FieldRefusal[] {
  const refusals = error.issues.flatMap(refusalsOf).toReversed()
  return [...new Map(refusals.map((one) => [one.field, one])).values()].toReversed()
}

function refusalsOf(issue: z.core.$ZodIssue): FieldRefusal[] {
  const field = issue.path.join('.')
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: field ? `${field}.${key}` : key.slice(0, 80), reason: 'unknown-field' }))
  }
  return [{ field, reason: reasonOf(issue) }]
}

function reasonOf(issue: z.core.$ZodIssue) {
  if (/^[a-z]+(-[a-z]+)*$/.test(issue.message)) return issue.message
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined || issue.message.includes('received undefined') ? 'required' : 'wrong-kind'
    case 'too_big':
      return issue.origin === 'string' ? 'too-long' : issue.origin === 'array' ? 'too-many' : 'too-big'
    case 'too_small':
      return issue.origin === 'string' ? 'required' : 'too-small'
    case 'invalid_value':
      return 'not-among'
    default:
      return 'malformed'
  }
}
