/** What a verb answers: refusals are values with a reason, surprises are exceptions. */
export type Outcome<Value, Reason extends string> =
  | { ok: true; value: Value }
  | { ok: false; reason: Reason; fields?: FieldRefusal[] }

/** A field that was refused, by its path in the input, and why: the edge turns the reason into a sentence. */
export type FieldRefusal = { field: string; reason: string }

export const done = <Value>(value: Value) => ({ ok: true as const, value })

export const refused = <Reason extends string>(reason: Reason, fields?: FieldRefusal[]) => ({
  ok: false as const,
  reason,
  ...(fields ? { fields } : {}),
})
