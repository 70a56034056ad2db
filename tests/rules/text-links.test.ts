import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { personName } from '@/lib/fields'
import { holdsLink, unlinked } from '@/lib/text'

/** What mail programs make a link of, as far as they agree: a scheme, a domain, a mailbox. */
const clickable = /[a-z]:\/\/\S|[\p{L}\p{N}\p{So}_-][.\u2024\u3002\uFF0E\uFF61][\p{L}\p{So}]{2,}|\S@\S|\b(mailto|tel|javascript):\S/iu

describe('a text that goes into somebody else’s letter', () => {
  test.each([
    ['win at http://evil.example/now', 'win at evil. example/ now'],
    ['hthttp://tp://evil.example', 'evil. example'],
    ['HTTPS:\u200B//evil.example', 'evil. example'],
    ['http：／／evil.example', 'evil. example'],
    ['www.evil.example', 'www. evil. example'],
    ['evil.example', 'evil. example'],
    ['evil\u200B.\u2060example', 'evil. example'],
    ['evil．example and evil。example', 'evil. example and evil. example'],
    ['Eve eve@evil.example', 'Eve eve @ evil. example'],
    ['eve＠evil.example', 'eve @ evil. example'],
    ['🎭.example', '🎭. example'],
    ['xn--vil-9oa.example', 'xn--vil-9oa. example'],
    ['1.2.3.4/win', '1.2.3.4/ win'],
    ['mailto:eve@evil.example', 'mailto eve @ evil. example'],
    ['call tel:+33123456789', 'call tel +33123456789'],
    ['Eve\r\nhttp://evil.example', 'Eve evil. example'],
    ['1http:///x', '1x'],
  ])('%j leads nowhere', (typed, shown) => {
    expect(unlinked(typed)).toBe(shown)
    expect(unlinked(typed)).not.toMatch(clickable)
  })

  test.each(['Zoé Martin', 'Jean-Luc D.', 'J.-P. Dupont', "Anne O'Brien", 'Théâtre de l’Est, 2e étage', 'version 2.0', 'de 9.30 à 10.15', '张伟', 'Ré. Si…', 'Nguyễn Văn A'])('%j stays as it is', (typed) => {
    expect(unlinked(typed)).toBe(typed)
  })

  test('whatever is typed, no link is left, and doing it twice changes nothing', () => {
    const piece = fc.constantFrom('http', 'https', ':', '/', '//', '.', '@', 'evil', 'example', 'www', 'com', ' ', '\u200B', '：', '／', '。', '＠', 'mailto', 'é', '1', '-', '🎭')
    fc.assert(fc.property(fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join('')), (typed) => {
      const shown = unlinked(typed)
      expect(shown).not.toMatch(clickable)
      expect(unlinked(shown)).toBe(shown)
    }), { numRuns: 3000 })
  })
})

describe('a name', () => {
  test.each(['http://evil.example', 'Eve https://evil.example', 'www.evil.example', 'WWW.evil', 'eve@evil.example', 'evil.example/win', 'ｗｗｗ．evil．example', 'evil.example?a=b', 'ftp://x', 'eve＠evil.example', 'ht\u200Btp:/\u2060/evil'])('%j is refused: it holds a link', (typed) => {
    expect(holdsLink(typed)).toBe(true)
  })

  test.each(['Zoé Martin', 'Dr.Martin', 'J.-P. Dupont', 'SARL A.B.C.', 'Anne / Paul', 'AC/DC', 'Anne @ Le Grand T', 'evil.example'])('%j is a name', (typed) => {
    expect(holdsLink(typed)).toBe(false)
  })

  test('says why it was refused', () => {
    expect(personName(120).safeParse('Eve www.evil.example').error?.issues.map(({ message }) => message)).toEqual(['link'])
    expect(personName(120).safeParse(' Zoé  Martin ').data).toBe('Zoé Martin')
    expect(personName(120).safeParse('').error?.issues.map(({ message }) => message)).toEqual(['required'])
  })
})
