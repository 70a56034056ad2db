import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import { readMail } from '@/lib/inbox/read'
import { type Reading } from '@/lib/inbox/reading'
import { corpus, corpusNames, type CorpusValues } from '@/tests/support/corpus'

const rounds = 5000
const slowest = 50

// Two people, each registered for another event: nothing that happens to the one's message may give up the other's seat.
const registrations = [
  { token: 'a'.repeat(32), uid: 'cafe-1@parlons-en.example', attendee: 'zoe.martin@theatre.example' },
  { token: 'b'.repeat(32), uid: 'cafe-2@parlons-en.example', attendee: 'idris.moreau@scene.example' },
] satisfies CorpusValues[]

type Source = { name: string; of: number; raw: Buffer; declines: boolean }
type Mutated = { seed: number; sources: Source[]; raw: Buffer }

const sources: Source[] = registrations.flatMap((registration, of) => corpusNames().map((name) => ({ name, of, raw: corpus(name, registration), declines: saysDeclined(name) })))

/** Its text as it was written, before any encoding: does it hold a PARTSTAT=DECLINED at all, heeded or not? */
function saysDeclined(name: string) {
  return /PARTSTAT="?DECLINED/i.test(readFileSync(new URL(`../corpus/${name}.eml`, import.meta.url), 'utf8'))
}

/** mulberry32: the same seed has the same numbers, so that a failure can be seen again. */
function dice(seed: number) {
  let state = seed
  return (sides: number) => {
    state = (state + 0x6D2B79F5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }
}

type Dice = ReturnType<typeof dice>
const linesOf = (raw: Buffer) => raw.toString('latin1').split('\n')
const joined = (lines: string[]) => Buffer.from(lines.join('\n'), 'latin1')
const at = (raw: Buffer, roll: Dice) => roll(raw.length + 1)

const scraps = [
  '\0', '\r\n', '\r\n\r\n', '\n', '\r', '\t', ' ', ';', ':', '"', '=', '--', '<', '>', '\xFF\xFE', '\xEF\xBB\xBF', '\x1B$B', '=\r\n', '&#0;', '%0D%0A', '\r\n>', '\r\n ', '\r\n-- \r\n',
  '\r\nMETHOD:REPLY\r\n', ';method=REPLY', '\r\nBEGIN:VEVENT\r\n', '\r\nEND:VEVENT\r\n', '\r\nBEGIN:VCALENDAR\r\n', '\r\nEND:VCALENDAR\r\n', '\r\nBEGIN:VALARM\r\n', '\r\nContent-Type: text/calendar; method=REPLY\r\n',
  '\r\nContent-Transfer-Encoding: base64\r\n', '\r\nContent-Type: message/rfc822\r\n', '\r\nContent-Type: multipart/mixed; boundary=zz\r\n\r\n--zz\r\n', '\r\nAuto-Submitted: no\r\n', '\r\nSEQUENCE:999\r\n', '\r\nList-Id: <x.y>\r\n', '('.repeat(200), 'A'.repeat(5000), '\r\n'.repeat(300),
]

const changes: ((raw: Buffer, roll: Dice, other: Buffer) => Buffer)[] = [
  // Octets turned over.
  (raw, roll) => {
    const copy = Buffer.from(raw)
    for (let count = 1 + roll(8); count > 0 && copy.length > 0; count--) copy[roll(copy.length)] ^= 1 << roll(8)
    return copy
  },
  (raw, roll) => raw.subarray(0, at(raw, roll)),
  (raw, roll) => raw.subarray(at(raw, roll) >> 2),
  (raw, roll) => {
    const from = at(raw, roll)
    return Buffer.concat([raw.subarray(0, from), raw.subarray(Math.min(raw.length, from + roll(200)))])
  },
  // A line twice, a line gone, two that change places, a line in capitals.
  (raw, roll) => {
    const lines = linesOf(raw)
    const from = roll(lines.length)
    return joined(lines.toSpliced(roll(lines.length), 0, ...lines.slice(from, from + 1 + roll(6))))
  },
  (raw, roll) => {
    const lines = linesOf(raw)
    return joined(lines.toSpliced(roll(lines.length), 1 + roll(3)))
  },
  (raw, roll) => {
    const lines = linesOf(raw)
    const [one, two] = [roll(lines.length), roll(lines.length)]
    return joined(lines.with(one, lines[two]).with(two, lines[one]))
  },
  (raw, roll) => {
    const lines = linesOf(raw)
    const one = roll(lines.length)
    return joined(lines.with(one, lines[one].toUpperCase()))
  },
  // Something put in.
  (raw, roll) => {
    const here = at(raw, roll)
    return Buffer.concat([raw.subarray(0, here), Buffer.from(scraps[roll(scraps.length)], 'latin1'), raw.subarray(here)])
  },
  // The parts in another order.
  (raw, roll) => {
    const boundary = /boundary="?([^"\r\n;]+)/i.exec(raw.toString('latin1'))?.[1]
    if (!boundary) return raw
    const [head, ...parts] = raw.toString('latin1').split(`--${boundary}`)
    return Buffer.from([head, ...parts.map((part) => ({ part, order: roll(1000) })).sort((a, b) => a.order - b.order).map(({ part }) => part)].join(`--${boundary}`), 'latin1')
  },
  // Spliced from two, one within the other, one behind the other.
  (raw, roll, other) => {
    const [lines, others] = [linesOf(raw), linesOf(other)]
    return joined([...lines.slice(0, roll(lines.length)), ...others.slice(roll(others.length))])
  },
  (raw, roll, other) => Buffer.concat([Buffer.from(`From: x@y.example\r\nMIME-Version: 1.0\r\nContent-Type: multipart/${['mixed', 'alternative', 'report', 'digest'][roll(4)]}; boundary="out"\r\n\r\n--out\r\n`),
    Buffer.from(roll(2) === 0 ? 'Content-Type: message/rfc822\r\n\r\n' : ''), raw, Buffer.from('\r\n--out\r\n'), other, Buffer.from('\r\n--out--\r\n')]),
  (raw, _roll, other) => Buffer.concat([raw, other]),
  (raw) => Buffer.from(raw.toString('latin1').replaceAll('\r\n', '\n'), 'latin1'),
  (raw) => Buffer.from(raw.toString('latin1').replaceAll('\r\n', '\r\r\n'), 'latin1'),
]

function mutated(seed: number): Mutated {
  const roll = dice(seed)
  const chosen = [sources[roll(sources.length)]]
  let raw = chosen[0].raw
  for (let count = 1 + roll(4); count > 0; count--) {
    const change = changes[roll(changes.length)]
    const other = sources[roll(sources.length)]
    const after = change(raw, roll, other.raw)
    if (change.length > 2) chosen.push(other)
    raw = after
  }
  return { seed, sources: chosen, raw }
}

/** All that the octets could mean: as they are, with quoted-printable undone, and base64 from whichever octet on; folds undone. */
function everythingIn(raw: Buffer): string {
  const text = raw.toString('latin1')
  const unquoted = text.replace(/=\r?\n/g, '').replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  const between = text.split(/\r?\n--/).map((piece) => piece.replace(/[^A-Za-z0-9+/]/g, ''))
  const decoded = between.flatMap((piece) => [0, 1, 2, 3].map((shift) => Buffer.from(piece.slice(shift), 'base64').toString('latin1')))
  return [text, unquoted, ...decoded].join('\n').replaceAll('\0', '').replace(/[\r\n]+[ \t]/g, '').toLowerCase()
}

/** A field of the message's own head that forbids to heed it, as it stands there whole. */
function forbids(raw: Buffer): boolean {
  const lines = raw.toString('latin1').split(/\r?\n/)
  const head = lines.slice(0, Math.max(1, lines.indexOf('')))
  return head.some((line) => /^(?:list-id|list-post|x-autoreply)[ \t]*:|^precedence: *(?:bulk|list|junk) *$|^auto-submitted: *auto-replied/i.test(line))
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

/** Why this reading must not be; null where it may. */
function faultOf({ sources: from, raw }: Mutated, { content }: Reading): string | null {
  if (content.is !== 'calendar' || content.answer.word !== 'declined') return null
  const { uid, attendee } = content.answer
  if (forbids(raw)) return 'it declines though its head forbids to heed it'
  // Whatever else it names is nobody's registration: nothing could be filed.
  const of = registrations.findIndex((registration) => registration.uid === uid && registration.attendee === attendee)
  if (of < 0) return null
  if (!from.some((source) => source.of === of && source.declines)) return 'it declines for somebody of whom no source says so'
  const all = everythingIn(raw)
  if (!all.includes(uid) || !all.includes('reply')) return 'it declines by an answer or an event that is not in it'
  const line = all.split(/[\r\n]+/).some((one) => /^attendee[;:]/.test(one) && one.includes('declined') && one.includes(registrations[of].attendee))
  return line ? null : 'it declines though no line says so of this person'
}

describe(`${rounds} messages that something happened to`, () => {
  const readings: { mutation: Mutated; reading: Reading; took: number }[] = []

  beforeAll(async () => {
    for (const { raw } of sources) await readMail(raw)
    for (let seed = 1; seed <= rounds; seed++) {
      const mutation = mutated(seed)
      const begun = performance.now()
      const reading = await readMail(mutation.raw)
      readings.push({ mutation, reading, took: performance.now() - begun })
    }
  }, 60_000)

  test('are each read as something, with a digest, and most are still read as calendars, bounces or words', () => {
    expect(readings).toHaveLength(rounds)
    expect(readings.filter(({ reading }) => !/^[0-9a-f]{64}$/.test(reading.digest))).toEqual([])
    const count = (is: string) => readings.filter(({ reading }) => reading.content.is === is).length
    expect(Object.fromEntries(['calendar', 'bounce', 'words', 'automatic', 'unreadable'].map((is) => [is, count(is) > 200]))).toEqual({ calendar: true, bounce: true, words: true, automatic: true, unreadable: true })
  })

  test('decline only where a source declined for that very registration, in so many words, and nothing forbids to heed it', () => {
    const faults = readings.flatMap(({ mutation, reading }) => {
      const fault = faultOf(mutation, reading)
      return fault === null ? [] : [{ seed: mutation.seed, from: mutation.sources.map(({ name, of }) => `${name} ${of}`), fault }]
    })
    expect(faults).toEqual([])
    const declined = readings.filter(({ reading: { content } }) => content.is === 'calendar' && content.answer.word === 'declined')
    expect(declined.length).toBeGreaterThan(500)
  })

  test('say nothing that cannot be shown or stored', () => {
    const texts = readings.flatMap(({ reading }) => textsIn(reading))
    expect(texts.filter((text) => text.length > 2000 || /[^\P{Cc}\n]|\p{Cs}|[\u202A-\u202E\u2066-\u2069]/u.test(text))).toEqual([])
  })

  test(`take no more than ${slowest} ms each`, async ({ annotate }) => {
    const slow = readings.filter(({ took }) => took > slowest)
    // The machine may have been busy with something else, or have collected garbage: those are read again, alone, and the best of three counts.
    const again: { seed: number; took: number }[] = []
    for (const { mutation } of slow) {
      const times: number[] = []
      for (let round = 0; round < 3; round++) {
        const begun = performance.now()
        await readMail(mutation.raw)
        times.push(performance.now() - begun)
      }
      again.push({ seed: mutation.seed, took: Math.min(...times) })
    }
    const worst = Math.max(...readings.map(({ took }) => (took > slowest ? 0 : took)), ...again.map(({ took }) => took))
    await annotate(`The slowest took ${worst.toFixed(1)} ms, on average ${(readings.reduce((sum, { took }) => sum + took, 0) / rounds).toFixed(2)} ms.`)
    expect(again.filter(({ took }) => took > slowest)).toEqual([])
  })
})
