import { withoutCapabilities } from '@/lib/mail/rules'

/** So much of a message is shown on a page, in octets; its file has all of it. */
export const mostShown = 65_536

/**
 * The source of a message, for a page: what cannot be seen, or turns the direction of reading, is shown by a sign. The
 * links of our letters that it quotes are masked: whoever holds one acts as its person, who did not write to the team for that.
 */
export function shownSource(raw: Uint8Array): string {
  const text = new TextDecoder().decode(raw.subarray(0, mostShown))
  return withoutCapabilities(text).replace(/\r\n/g, '\n').replace(unseen, (sign) => signOf(sign.codePointAt(0) ?? 0))
}

/** All control and format characters, line and paragraph separators, but line feeds and tabs. */
const unseen = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu

const signOf = (code: number) => (code < 0x20 ? String.fromCodePoint(0x2400 + code) : code === 0x7f ? '␡' : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`)

/** Thirty-two letters of base32 that stand alone, perhaps cut by a soft line break (RFC 2045 6.7). */
const capabilityIn = /(?<![a-z0-9])(?:[a-z2-7](?:=\r?\n)?){31}[a-z2-7](?![a-z0-9])/g

/** The file of a message: octet for octet as it came, but that the same links are masked, letter for letter. */
export const fileOf = (raw: Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(Buffer.from(raw).toString('latin1').replace(capabilityIn, (found) => found.replace(/[a-z2-7]/g, 'x')), 'latin1'))
