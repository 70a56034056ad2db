import { describe, expect, it } from 'vitest'
import { conversions } from '@/lib/notes/conversions'
import { convertApart, sizeOf } from '@/lib/notes/convert-apart'
import { citedBlocks, readDocument } from '@/lib/notes/document'
import { must } from '@/tests/support/events'

const long = Array.from({ length: 1500 }, (_, i) => `Paragraphe ${i}, ${'un mot de plus, '.repeat(12)}**gras** à la fin. {#ia/${(i % 25) + 1}}`).join('\n\n')
const short = 'Un\n\nDeux'

describe('long notes', () => {
  it('are converted beside the others’ work, as they would be here', async () => {
    let turns = 0
    const counting = setInterval(() => turns++, 1)
    const document = must(await convertApart('read', long.length, { markdown: long }))
    expect(turns).toBeGreaterThan(20)
    clearInterval(counting)
    expect(citedBlocks(document)).toHaveLength(1500)
    expect(sizeOf(document)).toBeGreaterThan(48 * 1024)
    const json = JSON.stringify(document)
    const begun = await convertApart('begin', json.length, { json })
    expect(JSON.parse(begun.document)).toEqual(document)
    const { state } = begun
    expect(await convertApart('open', state.length, { state })).toEqual(document)
    expect(await convertApart('write', json.length, { json })).toBe(conversions.write({ json }))

    const wanted = must(readDocument({ ...document, content: document.content.slice(1) }))
    const changed = (await convertApart('change', state.length, { state, wanted }))!
    expect(changed.document).toEqual(wanted)
    expect(conversions.open({ state: changed.state })).toEqual(wanted)
    const mine = must(conversions.read({ markdown: long.replace('Paragraphe 7,', 'Paragraphe sept,') }))
    const together = await convertApart('together', long.length, { base: long, mine, theirs: wanted })
    expect(together.both).toBe(0)
    expect(citedBlocks(together.document).map(({ attrs }) => attrs.id)).toEqual(citedBlocks(wanted).map(({ attrs }) => attrs.id))
    expect(conversions.write({ json: JSON.stringify(together.document) })).toContain('Paragraphe sept,')
  })

  it('that cannot be converted are told so, and the next ones are', async () => {
    const state = new Uint8Array(60_000).fill(255)
    const [bad, good] = await Promise.allSettled([convertApart('open', state.length, { state }), convertApart('read', long.length, { markdown: short })])
    expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled'])
  })

  it('wait in a line that ends somewhere', async () => {
    const all = await Promise.allSettled(Array.from({ length: 40 }, () => convertApart('read', long.length, { markdown: short })))
    expect(all.some(({ status }) => status === 'rejected')).toBe(true)
    expect(all.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(25)
  })
})
