/** So much of a message is shown on a page, in octets; its file has all of it. */
export const mostShown = 65_536

/**
 * The source of a message, for a page: what cannot be seen, or turns the direction of reading, is shown by a sign. The
 * links of our letters that it quotes are masked: whoever holds one acts as its person, who did not write to the team for that.
 */
export function shownSource(raw: Uint8Array): string {
  const text = new TextDecoder().decode(Buffer.from(encodedMasked(latin1(raw)), 'latin1').subarray(0, mostShown))
  return text.replace(capabilityIn, '…').replace(/\r\n/g, '\n').replace(unseen, (sign) => signOf(sign.codePointAt(0) ?? 0))
}

/** All control and format characters, line and paragraph separators, but line feeds and tabs. */
const unseen = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu

const signOf = (code: number) => (code < 0x20 ? String.fromCodePoint(0x2400 + code) : code === 0x7f ? '␡' : `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`)

/**
 * Thirty-two letters of base32 that stand alone, perhaps cut by a soft line break (RFC 2045 6.7) or a fold (RFC 5545 3.1), or two octets
 * each; in the address to which calendars answer, in capitals too.
 */
const gap = '(?:\\0?=?\\r?\\0?\\n\\0?(?:[ \\t]\\0?)?|\\0)?'
const lettersOf = (set: string) => `(?:${set}${gap}){31}${set}`
const capabilityIn = new RegExp(`(?:(?<![a-z0-9]\\0?)|(?<==[0-9A-F]{2}))${lettersOf('[a-z2-7]')}(?!\\0?[a-z0-9])|(?<=[Rr][Ss][Vv][Pp](?:\\+|=2B|%2B)\\0?)${lettersOf('[A-Z2-7]')}(?!\\0?[A-Z0-9])`, 'g')

const latin1 = (raw: Uint8Array) => Buffer.from(raw).toString('latin1')
const masked = (text: string) => text.replace(capabilityIn, (found) => found.replace(/[A-Za-z2-7]/g, 'x'))

/** The file of a message: octet for octet as it came, but that the same links are masked, letter for letter, in what is encoded too. */
export const fileOf = (raw: Uint8Array): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(masked(encodedMasked(latin1(raw))), 'latin1'))

/** Lines of base64 are as long afterwards as they were: a letter stands for a letter in what they say. */
function encodedMasked(text: string): string {
  return text.replace(/^[A-Za-z0-9+/]{20,}={0,2}(?:\r?\n[A-Za-z0-9+/]+={0,2})*$/gm, (block) => {
    const written = block.replace(/[\r\n]/g, '')
    const said = Buffer.from(written, 'base64').toString('latin1')
    const hidden = masked(said)
    if (hidden === said) return block
    const letters = Buffer.from(hidden, 'latin1').toString('base64')
    let at = 0
    return block.replace(/[^\r\n]/g, () => letters[at++] ?? '')
  })
}
