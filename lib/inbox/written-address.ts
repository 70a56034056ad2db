import { foldAddress, parseAddress } from '@/lib/address'

/**
 * An address that a stranger wrote, folded as ours are, so that the two can be compared: never to be written to. Null
 * where it is none, or holds what cannot be shown or stored.
 */
export function writtenAddress(written: string): string | null {
  const address = written.trim()
  if (address.length > 320 || !/^[^\s@]+@[^\s@]+$/.test(address) || /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(address)) return null
  const parsed = parseAddress(address)
  return parsed.ok ? parsed.fold : foldAddress(address)
}
