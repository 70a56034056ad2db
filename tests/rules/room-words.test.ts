import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { MailOutcome, TiedAs } from '@/lib/inbox/rules'
import type { Unreadable } from '@/lib/inbox/reading'

// What the program calls by a code, the rooms say in words.

type Sentences = { [key: string]: string | Sentences }
const said = (room: string) => JSON.parse(readFileSync(`messages/fr/${room}.json`, 'utf8')) as Sentences
const at = (sentences: Sentences, path: string) => path.split('.').reduce<string | Sentences | undefined>((found, key) => (typeof found === 'object' ? found[key] : undefined), sentences)

test('the journal has words for every verb that is written into it', () => {
  const verbs = readdirSync('lib', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !path.startsWith('generated'))
    .flatMap((path) => [...readFileSync(`lib/${path}`, 'utf8').matchAll(/\bverb: ([^\n]+)/g)])
    .flatMap(([, rest]) => [...rest.matchAll(/'([a-z]+\.[a-z-]+|resend)'/g)].map(([, verb]) => verb))
  expect(verbs).toContain('mail.tie')
  const journal = said('organise').journal as Sentences
  expect([...new Set(verbs)].filter((verb) => typeof at(journal, `verbs.${verb}`) !== 'string')).toEqual([])
  expect(verbs.length).toBeGreaterThan(30)
})

describe('the inbox', () => {
  const inbox = said('inbox')

  // The compiler sees that none is missing here.
  const outcomes: Record<MailOutcome, true> = {
    declined: true, accepted: true, tentative: true, countered: true, delegated: true, refresh: true, old: true, 'asked-again': true, older: true,
    'too-late': true, 'attendee-differs': true, 'uid-differs': true, 'unknown-address': true, 'no-address': true, proposed: true, words: true,
    'bounce-hard': true, 'bounce-soft': true, 'bounce-unknown': true, automatic: true, list: true, unreadable: true, tied: true, 'put-aside': true,
  }
  const meanings: Record<TiedAs, true> = { declined: true, accepted: true, tentative: true, words: true }
  const unreadable: Record<Unreadable, true> = {
    winmail: true, malformed: true, 'too-large': true, 'too-deep': true, 'too-slow': true, 'several-events': true, 'no-event': true, 'nothing-said': true,
  }

  test.each(Object.keys(outcomes))('says in a sentence that it made "%s" of a message', (outcome) => {
    expect(at(inbox, `outcome.${outcome}`)).toMatch(/\.$/)
  })

  test.each(Object.keys(meanings))('says what it means to tie a message as "%s"', (as) => {
    for (const key of [`tie.means.${as}`, `tie.means.${as}Hint`, `outcome.tied-${as}`]) expect(at(inbox, key)).toBeTypeOf('string')
  })

  test.each(Object.keys(unreadable))('says why a message cannot be read: "%s"', (why) => {
    expect(at(inbox, `unreadable.${why}`)).toMatch(/\.$/)
  })
})
