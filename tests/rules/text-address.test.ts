import fc from 'fast-check'
import { expect, test } from 'vitest'
import { foldAddress, parseAddress } from '@/lib/address'

function reason(text: string): string {
  const parsed = parseAddress(text)
  return parsed.ok ? `ok ${parsed.address}` : parsed.reason
}

test('one mailbox comes out trimmed, with its domain in ASCII, and folded', () => {
  expect(parseAddress(' Zoe.Grande+TMN@People.Example ')).toEqual({ ok: true, address: 'Zoe.Grande+TMN@people.example', fold: 'zoe.grande+tmn@people.example' })
  expect(reason('billetterie@théâtre.fr')).toBe('ok billetterie@xn--thtre-4qa2c.fr')
  expect(reason("o'brien@a-b.co.uk")).toBe("ok o'brien@a-b.co.uk")
  expect(reason('ｊulie@people.example')).toBe('ok julie@people.example')
  expect(foldAddress('ZOE@People.example')).toBe(foldAddress('zoe@people.EXAMPLE'))
})

test('nothing that reaches a second mailbox passes', () => {
  for (const list of ['a@b.fr,c@d.fr', 'a@b.fr; c@d.fr', 'a@b.fr c@d.fr', 'amis:a@b.fr,c@d.fr;', 'a@b.fr，c@d.fr', 'a@b.fr；']) expect(reason(list)).toBe('list')
  for (const shape of ['Zoé <a@b.fr>', '<a@b.fr>', '"a"@b.fr', 'a(b)@c.fr', 'a@b@c.fr', 'a%c.fr@b.fr', 'c.fr!a@b.fr', 'a\\@b.fr', '@b.fr', 'a@', 'a', 'a.@b.fr', '.a@b.fr', 'a..b@c.fr', 'a b@c.fr', 'é@b.fr']) expect(reason(shape)).toBe('malformed')
})

test('line breaks, control and invisible characters are refused wherever they stand', () => {
  for (const mark of ['\r', '\n', '\r\nBcc: x', '\0', '\x7f', '\u0085', '\u2028', '\u200B', '\u202E', '\uFEFF', '\uD800', '\u00AD']) {
    for (const text of [`a${mark}@b.fr`, `a@b${mark}.fr`, `a@b.fr${mark}`, `${mark}a@b.fr`]) expect(reason(text)).toBe('control')
  }
})

test('look-alikes of @ are named as such', () => {
  expect([reason('a＠b.fr'), reason('a﹫b.fr'), reason('a@b.fr＠c.fr')]).toEqual(['homoglyph', 'homoglyph', 'homoglyph'])
})

test('empty and too long addresses', () => {
  expect([reason(''), reason('  \t')]).toEqual(['empty', 'empty'])
  expect(reason(`${'a'.repeat(65)}@b.fr`)).toBe('too-long')
  expect(reason(`${'a'.repeat(64)}@b.fr`)).toMatch(/^ok/)
  expect(reason(`a@${'b'.repeat(60)}.${'c'.repeat(60)}.${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(20)}.fr`)).toBe('too-long')
  expect(reason('x'.repeat(1e6))).toBe('too-long')
})

test('domains have two labels, a name at their top and no tricks', () => {
  for (const domain of ['localhost', '127.0.0.1', '127.1', '[127.0.0.1]', '-a.fr', 'a-.fr', 'a..fr', 'a.fr.', '.fr', 'a_b.fr', 'ex%61mple.com', `${'a'.repeat(64)}.fr`, 'a.1', 'a/b.fr', 'a。fr']) expect(reason(`zoe@${domain}`)).toBe('malformed')
})

test('whatever is typed, the answer is one plain mailbox or a reason', () => {
  const typed = fc.oneof(fc.string({ unit: 'binary' }), fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme', minLength: 1 })).map(([local, domain]) => `${local}@${domain}.fr`), fc.emailAddress())
  fc.assert(fc.property(typed, (text) => {
    const parsed = parseAddress(text)
    if (!parsed.ok) return
    expect(parsed.address).toMatch(/^[!-~]{1,64}@[a-z0-9.-]+$/)
    expect(parsed.address).not.toMatch(/[\s,;:<>()"\\[\]%!]/)
    expect(parseAddress(parsed.address)).toEqual(parsed)
  }), { numRuns: 3000 })
})

test('hostile samples: routes, comments, encoded words, groups, hidden marks and other alphabets reach nobody', () => {
  const refused = [
    // Quoted local parts (RFC 5321 4.1.2), in which everything may hide.
    '"a@b.fr"@c.fr', '"a b"@c.fr', '"a\\"@b.fr', '"a,b"@c.fr', '"a\r\nBcc: x@y.fr"@c.fr', '""@c.fr',
    // Source routes, UUCP and percent relays.
    '@c.fr:a@b.fr', '@c.fr,@d.fr:a@b.fr', '<@c.fr:a@b.fr>', 'c.fr!d.fr!a@b.fr', 'a%c.fr@b.fr',
    // Comments, display names and groups.
    'a@b.fr (x@y.fr)', '(x@y.fr) a@b.fr', 'a(x)@b.fr', 'a@(x)b.fr', 'Zoé <a@b.fr>', '"x@y.fr" <a@b.fr>', 'g:a@b.fr;', 'g:;', 'undisclosed-recipients:;',
    // More than one, however it is parted.
    'a@b.fr\tc@d.fr', 'a@b.fr|c@d.fr,', 'a@b.fr\u3001c@d.fr', 'a@b.fr\uFF1Bc@d.fr', 'a@b.fr\u00A0c@d.fr', 'a@b.fr@c.fr', 'a@@b.fr',
    // Encoded words, header syntax, MIME.
    '=?utf-8?q?a?=@b.fr\n', 'a@b.fr\nBcc: c@d.fr', 'a@b.fr\r\n\r\nhello', 'a@b.fr%0ABcc:c@d.fr', 'a@b.fr\\nBcc:c@d.fr', 'mailto:a@b.fr', 'a@b.fr?bcc=c@d.fr', 'a@b.fr?cc=c',
    // Other @s, also behind the composing of NFKC.
    'a＠b.fr', 'a﹫b.fr', 'a\u{E0040}b.fr', 'aⓐb.fr', 'a(at)b.fr', 'a[at]b.fr', 'a&#64;b.fr', 'a%40b.fr',
    // Addresses of numbers, in every coat.
    'a@[127.0.0.1]', 'a@[IPv6:::1]', 'a@127.0.0.1', 'a@0x7f.1', 'a@2130706433', 'a@127.1', 'a@1.2.3.4.', 'a@①②⑦.0.0.1', 'a@localhost', 'a@[b.fr]',
    // Names that are none.
    'a@b', 'a@.fr', 'a@b..fr', 'a@b.fr.', 'a@-b.fr', 'a@b-.fr', 'a@b_c.fr', 'a@b.fr/', 'a@b.fr:25', 'a@xn--', 'a@b.1', 'a@b。fr', 'a@b,fr', 'a@b fr',
    'a@b.fr\0', '\0a@b.fr', 'a\u202Eb@c.fr', 'a\u200Db@c.fr', 'a@b\u00ADc.fr', 'a\uFFFD@b.fr', 'a\uD83D@b.fr', '\uFEFFa@b.fr',
    "a@b.fr'; DROP TABLE x;--", 'a@b.fr\'"><script>', '-oQ/tmp a@b.fr', '|/bin/sh@b.fr x', '/dev/null@ b.fr',
  ]
  for (const text of refused) expect([text, parseAddress(text).ok]).toEqual([text, false])
})

test('letters that look like Latin ones stay in another domain, written in ASCII for everybody to see', () => {
  expect(reason('a@\u0430pple.com')).toBe('ok a@xn--pple-43d.com')
  expect(reason('a@b\u0131g.fr')).toMatch(/^ok a@xn--/)
  expect(reason('\u0430@b.fr')).toBe('malformed')
})
