import { describe, expect, test } from 'vitest'
import { fileOf, mostShown, shownSource } from '@/app/[locale]/(host)/organise/inbox/shown-source'

const link = 'abcdefghijklmnopqrstuvwxyz234567'
const bytes = (text: string) => Buffer.from(text)

describe('the source of a message that came in, on a page', () => {
  test('keeps its lines, and shows by a sign what cannot be seen or turns the direction of reading', () => {
    expect(shownSource(bytes('Subject: a\r\n\tb\0\x1b[31m\x7f\r\n'))).toBe('Subject: a\n\tb␀␛[31m␡\n')
    expect(shownSource(bytes('moc\u202egpj.exe \u200b\u2028'))).toBe('moc⟨U+202E⟩gpj.exe ⟨U+200B⟩⟨U+2028⟩')
  })

  test('shows octets that are no text as such, and stays as it is in French', () => {
    expect(shownSource(Buffer.from([0x41, 0xff, 0xc3, 0xa9]))).toBe('A\uFFFDé')
    expect(shownSource(bytes('« Ça ira », dit l’œil.'))).toBe('« Ça ira », dit l’œil.')
  })

  test('is bounded, whatever came', () => {
    expect(shownSource(Buffer.alloc(5 * mostShown, 'a')).length).toBe(mostShown)
  })

  test('masks the links of our letters that it quotes', () => {
    expect(shownSource(bytes(`https://parlons-en.example/inscriptions/${link} rsvp+${link}@x.example`))).toBe('https://parlons-en.example/inscriptions/… rsvp+…@x.example')
  })
})

describe('its file', () => {
  test('is octet for octet what came', () => {
    const all = Buffer.from(Array.from({ length: 256 }, (_, code) => code))
    expect(Buffer.from(fileOf(all)).equals(all)).toBe(true)
  })

  test('but for those links, letter for letter, even where a line break cuts them', () => {
    const cut = `${link.slice(0, 10)}=\r\n${link.slice(10)}`
    const file = Buffer.from(fileOf(bytes(`/inscriptions/${cut} /inscriptions/${link}\r\n`))).toString()
    expect(file).toBe(`/inscriptions/${'x'.repeat(10)}=\r\n${'x'.repeat(22)} /inscriptions/${'x'.repeat(32)}\r\n`)
  })

  test('leaves longer and shorter words alone', () => {
    const words = `${link}a ${link.slice(1)} 0${link} ${link.toUpperCase()}`
    expect(Buffer.from(fileOf(bytes(words))).toString()).toBe(words)
  })
})
