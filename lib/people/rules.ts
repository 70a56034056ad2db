import type { Role } from '@/lib/actor'

/** How long a link and a code open the door. */
export const loginMinutes = 15
export const loginTries = 5
/** How long a browser stays logged in, from the log-in on. */
export const sessionDays = 30

export const loginLimits = {
  lettersPerAddress: { most: 10, seconds: 3600 },
  lettersPerNetwork: { most: 100, seconds: 3600 },
  /** Whole families of addresses tried from one place. */
  proofsPerNetwork: { most: 60, seconds: 3600 },
}

export const letterLimits = {
  /** Whatever visitors cause to be written to an address that nobody proved to be theirs. */
  perStranger: { most: 3, seconds: 3600 },
}

/**
 * A path of this house to return to, in place of anything that could lead out of it: other hosts, `//host`,
 * backslashes (browsers read them as slashes), control characters, machines' doors.
 */
export function localPath(text: string | null | undefined, fallback = '/'): string {
  if (!text || text.length > 1000 || !/^\/(?![/\\])/.test(text) || /[\\\p{Cc}\p{Cf}\p{Cs}\s]/u.test(text)) return fallback
  const home = 'http://house.invalid'
  if (!URL.canParse(text, home)) return fallback
  const { origin, pathname, search, hash } = new URL(text, home)
  // Dots that resolve to `//host` are looked at again after the resolving.
  if (origin !== home || pathname.startsWith('//') || /^\/api(\/|$)/.test(pathname)) return fallback
  return `${pathname}${search}${hash}`
}

/** The six digits of a code, whatever spaces or hyphens came with them; what is no code comes back as it was typed. */
export function loginCode(typed: string): string {
  const digits = typed.normalize('NFKC').replace(/[\s\p{Cf}.-]/gu, '')
  return /^\d{6}$/.test(digits) ? digits : typed.trim()
}

export const isLoginCode = (code: string) => /^\d{6}$/.test(code)

/** An address that its owner recognises and a passer-by does not: `a•••@example.org`. */
export function maskedAddress(address: string): string {
  const at = address.lastIndexOf('@')
  return `${address.slice(0, at > 2 ? 1 : 0)}•••${address.slice(at)}`
}

/** Roles only ever grow by an appointment: an admin named organiser stays admin. */
export const grownRole = (role: Role, to: Role): Role => (rank[to] > rank[role] ? to : role)

/** May this role do more than that one? */
export const outranks = (role: Role, other: Role) => rank[role] > rank[other]

const rank = { participant: 0, organiser: 1, admin: 2 }

/** A domain in a list of members: `example.org` or `@example.org`, in lower case; null if it is none. */
export function memberDomain(entry: string): string | null {
  const domain = entry.trim().toLowerCase().replace(/^@/, '')
  return /^(?=.{4,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*\.[a-z]{2,}$/.test(domain) ? domain : null
}

/** Browser and system, in their makers' words: enough to know one's own by, too little to follow anybody. Null where unknown. */
export function deviceOf(userAgent: string): string | null {
  const named = (kinds: [RegExp, string][]) => kinds.find(([sign]) => sign.test(userAgent))?.[1]
  const words = [named(browsers), named(systems)].filter((word) => word !== undefined)
  return words.length > 0 ? words.join(', ') : null
}

/** In this order: Edge and Opera call themselves Chrome too, and Chrome calls itself Safari. */
const browsers: [RegExp, string][] = [[/\bEdgA?\//, 'Edge'], [/\bOPR\//, 'Opera'], [/\b(Firefox|FxiOS)\//, 'Firefox'], [/(Chrome|CriOS)\//, 'Chrome'], [/\bSafari\//, 'Safari']]
const systems: [RegExp, string][] = [[/Android/, 'Android'], [/iPhone/, 'iPhone'], [/iPad/, 'iPad'], [/Windows/, 'Windows'], [/Mac OS X|Macintosh/, 'macOS'], [/CrOS/, 'ChromeOS'], [/Linux/, 'Linux']]
