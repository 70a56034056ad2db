import { afterEach, beforeEach, expect, test } from 'vitest'
import { setClock } from '@/lib/clock'
import { config } from '@/lib/config'
import { db } from '@/lib/db'
import { capability, newId } from '@/lib/ids'
import { fileMail } from '@/lib/inbox/file'
import { check } from '@/lib/worker/check'
import { corpus, corpusNames } from '@/tests/support/corpus'
import { anEvent } from '@/tests/support/events'
import { answers, invited, mailById, rsvpOf, standing } from '@/tests/support/inbox'

// Every message of the corpus comes to the address of somebody who has a seat, while somebody else waits: what is made of
// it, and what it does to both.

beforeEach(() => setClock(new Date('2026-11-23T10:20:00Z')))
afterEach(() => setClock(null))

/** What becomes of each that is no plain No, Yes or Perhaps; `*` waits for an organiser. */
const outcomes: Record<string, string> = {
  'alarm-within': 'accepted', 'gmail-accepted': 'accepted', 'nextcloud-accepted': 'accepted', 'outlook-com-accepted': 'accepted', 'reply-without-a-sender': 'accepted',
  'gmail-tentative': 'tentative', 'icloud-tentative': 'tentative',
  ...among('declined', [
    'apple-calendar-other-account', 'apple-declined', 'calendar-alone', 'exchange-2007-declined', 'exchange-declined', 'fastmail-declined', 'floating-stamp', 'gmail-declined',
    'latin9-declined', 'line-feeds-only', 'lower-case-everywhere', 'method-in-file-only', 'method-in-type-only', 'outlook-com-declined', 'parts-unclosed', 'proton-declined',
    'samsung-declined', 'thunderbird-declined', 'utf16-declined', 'yahoo-declined', 'zimbra-declined',
  ]),
  'exchange-counter': 'countered *', delegated: 'delegated *', refresh: 'refresh', 'one-date-of-a-series': 'uid-differs *', 'two-attendees': 'attendee-differs *', 'unknown-word': 'unreadable *',
  ...among('bounce-hard', ['bounce-exchange-online', 'bounce-exim', 'bounce-gmail', 'bounce-headers-only', 'bounce-ovh-qmail', 'bounce-postfix', 'bounce-two-recipients']),
  ...among('bounce-soft', ['bounce-delayed', 'bounce-gave-up', 'bounce-relayed']),
  'bounce-exim-warning': 'bounce-unknown',
  ...among('automatic', ['notification', 'read-receipt', 'reply-by-a-vacation-program', 'sender-empty', 'vacation-exchange', 'vacation-old', 'vacation-sieve']),
  ...among('list', ['bulk-message', 'list-message', 'newsletter', 'reply-in-bulk', 'reply-to-a-list']),
  ...among('unreadable *', [
    'boundary-missing', 'broken-calendar', 'cancel-only', 'copies-differ', 'methods-differ', 'nested-too-deep', 'no-event', 'no-message', 'published-only', 'several-events',
    'winmail-empty', 'winmail-reply', 'words-attachment-only', 'words-quotes-only',
  ]),
  ...among('words *', [
    'absence-in-the-subject', 'date-unreadable', 'forwarded-request', 'reply-in-a-forwarded-message', 'suppress-alone', 'winmail-words', 'words-after-the-formula', 'words-apple-mail',
    'words-english', 'words-german', 'words-gmail', 'words-gmail-wrapped', 'words-hostile', 'words-iphone', 'words-name-unsaid', 'words-original-message', 'words-outlook-html',
    'words-outlook-plain', 'words-signed', 'words-spanish', 'words-thunderbird', 'words-yahoo-html',
  ]),
}

function among(outcome: string, names: string[]) {
  return Object.fromEntries(names.map((name) => [name, outcome]))
}

async function aScene() {
  const { slug, id: eventId } = await anEvent({ startsAt: '2026-12-03T09:00', endsAt: '2026-12-03T10:00', capacity: 1, waitlist: true })
  const zoe = await invited(slug, 'zoe.martin@theatre.example')
  const max = await invited(slug, 'max@theatre.example')
  const letter = await db.letter.findFirstOrThrow({ where: { about: `registration/${zoe.id}` } })
  const filled = (name: string, values: Parameters<typeof corpus>[1] = {}) => corpus(name, { token: capability('reply', zoe.id), domain: config().replyDomain, uid: zoe.uid, letter: letter.messageId, ...values })
  const file = async (name: string, values?: Parameters<typeof corpus>[1]) => {
    const { id, outcome } = await fileMail(filled(name, values), { way: 'smtp', sender: zoe.address, recipients: [rsvpOf(zoe.id)] })
    return { id, said: (await mailById(id)).awaits ? `${outcome} *` : outcome }
  }
  return { eventId, zoe, max, file }
}

test('each message of the corpus has its outcome here', () => {
  expect(Object.keys(outcomes).toSorted()).toEqual(corpusNames())
})

test.each(corpusNames())('%s does what it should, and nothing else', async (name) => {
  const { zoe, max, file } = await aScene()
  const { said } = await file(name)
  expect(said).toBe(outcomes[name])
  const isNo = said === 'declined'
  expect([await standing(zoe.id), await standing(max.id)]).toEqual(isNo ? ['cancelled', 'confirmed'] : ['confirmed', 'waitlisted'])
  const word = said.replace(' *', '')
  expect(await answers(zoe.id)).toEqual(['accepted', 'tentative', 'declined', 'countered', 'delegated'].includes(word) ? [word] : [])
  expect((await db.unreachable.findMany()).map(({ address }) => address)).toEqual(said === 'bounce-hard' ? [zoe.address] : [])
  const written = await db.letter.findMany({ where: { kind: { notIn: ['seat-confirmed', 'seat-waitlisted'] } }, orderBy: { kind: 'asc' } })
  expect(written.map(({ kind, toAddress }) => `${kind} to ${toAddress}`)).toEqual(
    isNo ? [`registration-cancelled to ${zoe.address}`, `seat-promoted to ${max.address}`] : [],
  )
  if (isNo || said === 'bounce-hard') expect(await check()).toEqual([])
})

test.each(Object.keys(outcomes).filter((name) => outcomes[name] === 'words *'))('%s is proposed for the notes, once the session is over and its letter was sent', async (name) => {
  const { zoe, eventId, file } = await aScene()
  const takeaway = await db.letter.create({
    data: { id: newId(), about: `registration/${zoe.id}`, kind: 'takeaway', eventId, locale: 'fr', toAddress: zoe.address, messageId: 'takeaway@parlons-en.localhost', status: 'sent', composedAt: new Date(), sentAt: new Date(), attempts: 1 },
  })
  setClock(new Date('2026-12-04T12:00:00Z'))
  const { id, said } = await file(name, { letter: takeaway.messageId })
  expect(said).toBe('proposed')
  const [proposed] = await db.proposedPassage.findMany()
  expect(proposed).toMatchObject({ id, eventId, registrationId: zoe.id, via: 'mail', status: 'open' })
  expect(proposed.text).toBe((await mailById(id)).words)
})

test('the corpus again, to nobody’s address, changes nothing and writes to nobody', async () => {
  const { zoe, max } = await aScene()
  const letters = await db.letter.count()
  const recipients = [`rsvp+${'a'.repeat(32)}@${config().replyDomain}`]
  for (const name of corpusNames()) {
    const { outcome } = await fileMail(corpus(name, { uid: zoe.uid, token: 'a'.repeat(32), domain: config().replyDomain }), { way: 'smtp', sender: zoe.address, recipients })
    expect(['unknown-address', 'bounce-unknown', 'automatic', 'list', 'unreadable'], name).toContain(outcome)
  }
  expect([await standing(zoe.id), await standing(max.id), await db.letter.count(), await db.calendarAnswer.count(), await db.unreachable.count()]).toEqual(['confirmed', 'waitlisted', letters, 0, 0])
})
