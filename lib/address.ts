import { domainToASCII } from 'node:url'

/** Why an address was refused. `homoglyph` is a look-alike of @; `list` is more than one mailbox, or a group. */
export type AddressRefusal = 'empty' | 'list' | 'control' | 'homoglyph' | 'malformed' | 'too-long'

export type Address = { ok: true; address: string; fold: string } | { ok: false; reason: AddressRefusal }

const lookAlikes = /[\uFF20\uFE6B]/u
// Controls, line and paragraph separators, and invisible format characters (bidi marks, zero-width, soft hyphen).
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/u
// RFC 5322 dot-atom without ! and %, with which old mail servers route onwards to another mailbox.
const localPart = /^[A-Za-z0-9#$&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9#$&'*+/=?^_`{|}~-]+)*$/
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/**
 * One mailbox (RFC 5321 4.1.2, without quoted local parts and address literals), as it may be written to. The
 * domain comes out in lower-case ASCII (IDNA); `fold` is what makes two spellings the same mailbox for us.
 * Whatever could reach a second mailbox or a second header line is refused, never mended.
 */
export function parseAddress(text: string): Address {
  if (text.length > 1000) return { ok: false, reason: 'too-long' }
  const raw = text.replace(/^[ \t\u00A0]+|[ \t\u00A0]+$/g, '')
  if (raw === '') return { ok: false, reason: 'empty' }
  if (invisible.test(raw)) return { ok: false, reason: 'control' }
  if (lookAlikes.test(raw)) return { ok: false, reason: 'homoglyph' }
  const normal = raw.normalize('NFKC')
  if (/[,;:]/.test(normal) || normal.split(/\s+/).filter((part) => part.includes('@')).length > 1) return { ok: false, reason: 'list' }
  const parts = normal.split('@')
  return parts.length === 2 ? parseParts(parts[0], parts[1]) : { ok: false, reason: 'malformed' }
}

/** The form in which two spellings of an address are the same mailbox: case folded, NFKC. */
export function foldAddress(address: string): string {
  return address.normalize('NFKC').trim().toLowerCase()
}

function parseParts(local: string, domain: string): Address {
  if (!localPart.test(local)) return { ok: false, reason: 'malformed' }
  if (local.length > 64) return { ok: false, reason: 'too-long' }
  const host = asciiDomain(domain)
  if (host === null) return { ok: false, reason: 'malformed' }
  const address = `${local}@${host}`
  return address.length > 254 ? { ok: false, reason: 'too-long' } : { ok: true, address, fold: foldAddress(address) }
}

// Checked before IDNA because domainToASCII also decodes %41 and turns 127.1 into an IP address.
function asciiDomain(domain: string): string | null {
  if (!/^[\p{L}\p{N}\p{M}.-]+$/u.test(domain)) return null
  const host = domainToASCII(domain.toLowerCase())
  const labels = host.split('.')
  const top = labels.at(-1) ?? ''
  return labels.length >= 2 && labels.every((part) => label.test(part)) && /[a-z]/.test(top) && top.length >= 2 ? host : null
}
