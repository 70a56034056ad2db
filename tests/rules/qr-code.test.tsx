import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { QrCode } from '@/app/_ui/qr-code'
import { readQr } from '@/tests/support/qr'

const drawn = (text: string) => renderToStaticMarkup(<QrCode id="code" text={text} says="Le code" />)

test.each([
  'webcal://agenda.example.org/feeds/events.ics',
  'https://agenda.example.org/en/subscribe?follow=reports/ia-notre-ambition-pour-la-france/16',
  'webcal://xn--thtre-dra3d.example/feeds/me/p4xwlvnklgodnmicp5k7saqcrpkrnffabcdefgh.ics?lang=en',
  `https://agenda.example.org/s-abonner?follow=events/${'un-titre-long-'.repeat(8)}fin`,
])('a camera reads the same address: %s', (address) => {
  const svg = drawn(address)
  expect(readQr(Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1]), / d="([^"]+)"/.exec(svg)?.[1] ?? '')).toBe(address)
})

test('it is dark on light whatever the page wears, is named for who does not see it, and asks no inline style', () => {
  const svg = drawn('webcal://agenda.example.org/feeds/events.ics')
  expect(svg).toMatch(/<rect [^>]*fill="#ffffff"/)
  expect(svg).toMatch(/<path fill="#17130e"/)
  expect(svg).toMatch(/role="img" aria-labelledby="code"[^>]*><title id="code">Le code<\/title>/)
  expect(svg).not.toContain('style')
})
