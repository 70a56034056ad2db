import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { problem, statusOf } from '@/app/api/v1/problem'
import { problemOf } from '@/tests/support/doors'

const sentences = (locale: string, room: string) => JSON.parse(readFileSync(`messages/${locale}/${room}.json`, 'utf8'))

/** Reasons of steps in a registration's story, which are no refusals, and those of a date, which lib/events makes its own. */
const inside = [
  'invalid', 'reopened', 'address-corrected', 'name-corrected', 'answers-changed', 'proven', 'admitted', 'by-hand', 'offer-accepted', 'taken-back', 'hold-lapsed', 'united',
]
const elsewhere = ['lib/address.ts', 'lib/time.ts']

/** The reasons that a verb or a kind of field can give, as they are written in lib. */
function reasonsOfLib() {
  const files = globSync('lib/{*,*/*}.ts').filter((file) => !/generated|import-report|reports\/rules|config|worker|jobs|mail\/(mime|deliver|send)/.test(file))
  const reasons = files.flatMap((file) => {
    const code = readFileSync(file, 'utf8')
    const verbs = [...code.matchAll(/\brefused\('([a-z-]+)'/g), ...code.matchAll(/\breason: '([a-z]+(?:-[a-z]+)*)'(?: as const)? ?[}\]]/g)]
    const kinds = /schema|fields/.test(file) ? [...code.matchAll(/[(,] ?'((?:not|too|wrong|un)-?[a-z-]+)'\)/g)] : []
    return [...verbs, ...kinds].map(([, reason]) => ({ reason, file }))
  })
  return reasons.filter(({ reason, file }) => !inside.includes(reason) && !elsewhere.includes(file))
}

test.each(['fr', 'en'])('every refusal has its sentence: %s', (locale) => {
  const rooms = globSync(`messages/${locale}/*.json`).map((file) => JSON.parse(readFileSync(file, 'utf8')) as unknown)
  const known = new Set([...Object.keys(sentences(locale, 'errors')), ...rooms.flatMap((room) => saidOfRefusals(room))])
  expect(known.size).toBeGreaterThan(100)
  expect(reasonsOfLib().filter(({ reason }) => !known.has(reason))).toEqual([])
})

/** What a room says of refusals: the sentences under `errors` and the like. A verb that one room alone calls has its words there. */
function saidOfRefusals(words: unknown, inside = false): string[] {
  if (typeof words !== 'object' || words === null) return []
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? (inside ? [key] : []) : saidOfRefusals(value, inside || ['errors', 'refused', 'lineErrors'].includes(key)),
  )
}

test.each(['fr', 'en'])('every refusal of an address has its sentence: %s', (locale) => {
  const reasons = /type AddressRefusal = ([^\n]*)/.exec(readFileSync('lib/address.ts', 'utf8'))?.[1].match(/[a-z-]+(?=')/g) ?? []
  expect(reasons.length).toBeGreaterThan(4)
  expect(reasons.filter((reason) => !(`address-${reason}` in sentences(locale, 'errors')))).toEqual([])
})

test('French has its no-break spaces', () => {
  const said = JSON.stringify([sentences('fr', 'api'), sentences('fr', 'errors')])
  expect(said.match(/.{9}( [:;!?](?=[\s"])|« | »|[a-z]'[a-z])/g) ?? []).toEqual([])
})

test('every status has its title, in both languages', async () => {
  for (const reason of ['body-unreadable', 'no-token', 'forbidden', 'not-found', 'method-not-allowed', 'full', 'gone', 'body-too-large', 'not-json', 'invalid', 'too-many-requests', 'surprise', 'unavailable']) {
    const [fr, en] = await Promise.all((['fr', 'en'] as const).map(async (locale) => problemOf(await problem(locale, reason))))
    expect(fr.status).toBe(statusOf(reason))
    expect(fr.title).not.toBe(en.title)
    expect(fr.detail).not.toBe(en.detail)
  }
})
