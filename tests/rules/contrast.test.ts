import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { pigments } from '@/app/_ui/pigment'

const css = readFileSync('app/_ui/base.css', 'utf8')
const schemes = { light: tokensIn(css), dark: { ...tokensIn(css), ...tokensIn(css.slice(css.indexOf('@media (prefers-color-scheme: dark)'))) } }

describe.each(Object.entries(schemes))('in the %s colours', (_, tokens) => {
  it.each(['ink', 'muted', 'danger'])('%s is readable on paper, on the wash and in a field', (name) => {
    for (const ground of ['paper', 'wash', 'field']) expect(ratio(tokens[name], tokens[ground])).toBeGreaterThanOrEqual(4.5)
  })

  it.each(pigments)('%s is readable as text on paper and on the wash', (name) => {
    for (const ground of ['paper', 'wash']) expect(ratio(tokens[name], tokens[ground])).toBeGreaterThanOrEqual(4.5)
  })

  it.each(pigments)('text is readable on a ground of %s', (name) => {
    expect(ratio(name === 'ink' ? tokens.paper : tokens['on-pigment'], tokens[name])).toBeGreaterThanOrEqual(4.5)
  })

  it.each(pigments)('ink is readable on the tint of %s that fills half a tile', (name) => {
    expect(ratio(tokens.ink, mixed(tokens[name], tokens.paper, 0.19))).toBeGreaterThanOrEqual(4.5)
  })

  it('an edge that must be seen stands out from what lies around it', () => {
    for (const ground of ['paper', 'wash', 'field']) expect(ratio(tokens.edge, tokens[ground])).toBeGreaterThanOrEqual(3)
  })
})

/** The custom properties of the first block of `text`, by name without dashes. */
function tokensIn(text: string): Record<string, string> {
  const block = text.slice(text.indexOf(':root {'), text.indexOf('}', text.indexOf(':root {')))
  return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]))
}

/** WCAG 2.2, "contrast ratio" and "relative luminance". */
function ratio(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].toSorted((a, b) => a - b)
  return (high + 0.05) / (low + 0.05)
}

function luminance(colour: string): number {
  const [r, g, b] = channels(colour).map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function mixed(colour: string, ground: string, share: number): string {
  const [over, under] = [channels(colour), channels(ground)]
  return '#' + over.map((c, i) => Math.round(c * share + under[i] * (1 - share)).toString(16).padStart(2, '0')).join('')
}

function channels(colour: string): number[] {
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16))
}
