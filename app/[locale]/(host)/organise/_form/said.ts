import { createContext, useContext } from 'react'
import type { FormState } from '@/app/_session/form-state'

/** What a form holds at this moment, for its fields: what was typed, and what is wrong with it. */
export interface Said {
  /** For `defaultValue`. */
  text: (name: string) => string
  /** The values of a name that several boxes have, without its brackets. */
  list: (name: string) => string[]
  error: (name: string) => string | undefined
  has: (...names: string[]) => boolean
  /** How many lines of this name were filled in. */
  lines: (name: string) => number
  wrong: (...names: string[]) => boolean
}

export function saidIn({ values, fieldErrors }: FormState): Said {
  const text = (name: string) => {
    const value = values[name]
    return Array.isArray(value) ? (value[0] ?? '') : (value ?? '')
  }
  const list = (name: string) => {
    const value = values[`${name}[]`] ?? values[name]
    return Array.isArray(value) ? value : value ? [value] : []
  }
  const places = (name: string) =>
    Object.entries(values).flatMap(([key, value]) => (key.startsWith(`${name}.`) && value !== '' ? [Number(key.split('.')[1]) + 1] : []))
  return {
    text,
    list,
    error: (name) => fieldErrors[name],
    has: (...names) => names.some((name) => list(name).length > 0),
    lines: (name) => Math.max(0, ...places(name).filter(Number.isFinite)),
    wrong: (...names) => Object.keys(fieldErrors).some((field) => names.some((name) => field === name || field.startsWith(`${name}.`))),
  }
}

export const SaidContext = createContext<Said | null>(null)

export function useSaid(): Said {
  const said = useContext(SaidContext)
  if (!said) throw new Error('Fields stand inside a form')
  return said
}
