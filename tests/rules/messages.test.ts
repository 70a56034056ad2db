import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

describe('the sentences of the screens', () => {
  const rooms = readdirSync('messages/fr').filter((file) => file.endsWith('.json'))

  it('have the same rooms in both languages', () => {
    expect(readdirSync('messages/en').filter((file) => file.endsWith('.json')).toSorted()).toEqual(rooms.toSorted())
  })

  it.each(rooms)('%s says the same things in both', (room) => {
    const [fr, en] = ['fr', 'en'].map((locale) => keysOf(JSON.parse(readFileSync(`messages/${locale}/${room}`, 'utf8'))))
    expect(en).toEqual(fr)
  })

  it.each(rooms)('%s keeps a no-break space before : ; ? ! and inside « »', (room) => {
    const loose = readFileSync(`messages/fr/${room}`, 'utf8').match(/[^\n]{0,30}( [:;?!»](?=[\s"])|« )[^\n]{0,20}/g)
    expect(loose ?? []).toEqual([])
  })
})

function keysOf(messages: object, before = ''): string[] {
  return Object.entries(messages)
    .flatMap(([key, value]) => (typeof value === 'object' && value !== null ? keysOf(value, `${before}${key}.`) : [before + key]))
    .toSorted()
}
