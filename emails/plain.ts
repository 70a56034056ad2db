/**
 * Text typed by people, as a letter may show it. Mail programs make links of whatever looks like an address, so that
 * a name such as "win at http://evil.example" would become a link in a letter that bears our name. It cannot be told
 * to all of them not to, and invisible characters only hide the trick; so the text itself is loosened, visibly and
 * always the same way: a scheme goes, a dot, colon or slash between two letters gets a space behind it, and an @
 * stands alone. "Jean-Luc D. (C.N.C.)" reads as before but for a space; "evil.example" is "evil. example", a text.
 */
export function plain(text: string, max = 300): string {
  const loosened = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]+/gu, ' ')
    .replace(/[\p{Cf}]+/gu, '')
    .replace(/\b[a-z][a-z0-9+.-]*:\/{2,}/gi, '')
    .replace(/\b(mailto|tel|sms|javascript|data|webcal):/gi, '$1 ')
    .replace(/(?<=[\p{L}\p{N}_-])[.\u2024\u3002\uFF0E\uFF61](?=[\p{L}\p{N}_-]*\p{L})/gu, '. ')
    .replace(/(?<=[\p{L}\p{N}.])\/(?=[\p{L}\p{N}])/gu, '/ ')
    .replace(/\s*[@\uFF20\uFE6B]\s*/gu, ' @ ')
    .replace(/\s+/g, ' ')
    .trim()
  return loosened.length <= max ? loosened : `${[...loosened.slice(0, max - 1)].join('').trimEnd()}…`
}

/** Several lines typed by people, one paragraph each. */
export const plainLines = (text: string, max = 2000) =>
  text.slice(0, max).split(/\r\n?|\n/).map((line) => plain(line, max)).filter(Boolean)

/** A link that somebody gave: only a page of the web. */
export function webLink(text: string | null): string | undefined {
  if (text === null || !URL.canParse(text)) return undefined
  const url = new URL(text)
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined
}
