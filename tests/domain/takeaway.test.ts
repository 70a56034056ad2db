import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { render } from '@/emails'
import { guest } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db, inTransaction } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { edit } from '@/lib/events/edit'
import { setTakeaway } from '@/lib/events/set-takeaway'
import { takeawayAt } from '@/lib/events/takeaway'
import { ownWords } from '@/lib/inbox/words'
import { decideProposal } from '@/lib/notes/decide-proposal'
import { citedBlocks, textOf } from '@/lib/notes/document'
import { fromMarkdown, toMarkdown } from '@/lib/notes/markdown'
import { proposeIn, proposePassage, takeBackPassage } from '@/lib/notes/propose-passage'
import { publishNotes } from '@/lib/notes/publish'
import { countProposals, notesOf, passagesAbout, proposalsAwaiting, proposalsOf, takeawaysOf } from '@/lib/notes/queries'
import { saveNotes } from '@/lib/notes/save'
import { askTakeaway } from '@/lib/registrations/ask-takeaway'
import { cancel } from '@/lib/registrations/cancel'
import { compose } from '@/lib/worker/compose'
import { aDraft, anEvent, house, linkOf, must, signUp } from '@/tests/support/events'
import { cafe } from '@/tests/support/letters'

const at = (instant: string) => setClock(new Date(instant))
beforeEach(() => at('2026-11-23T08:00:00Z'))
afterEach(() => setClock(null))

const letters = () => db.letter.findMany({ where: { kind: 'takeaway' }, orderBy: { toAddress: 'asc' } })
const askedOf = async () => (await letters()).map(({ toAddress }) => toAddress)
const doneAt = async (id: string) => (await db.event.findUniqueOrThrow({ where: { id } })).takeawayDoneAt

/** The usual event is Thursday 14 January 2027 from 9 to 10 in Paris: its day after at 10 is the 15th at 9:00Z. */
const after = '2027-01-15T09:00:00Z'
const said = 'Le dépôt des données se négocie au contrat.'

describe('when people are asked', () => {
  const wall = { startTime: '20:00', endDate: null, endTime: null, timeZone: 'Europe/Paris' }
  test.each([
    ['in winter', { ...wall, startDate: '2027-01-14' }, '2027-01-15T09:00:00.000Z'],
    ['the morning on which the clocks go on', { ...wall, startDate: '2027-03-27' }, '2027-03-28T08:00:00.000Z'],
    ['the morning on which they go back', { ...wall, startDate: '2027-10-30' }, '2027-10-31T09:00:00.000Z'],
    ['after several days, the day after the last', { ...wall, startDate: '2027-01-14', endDate: '2027-01-15', endTime: '18:00' }, '2027-01-16T09:00:00.000Z'],
    ['after an evening that went on past midnight, the morning that follows', { ...wall, startDate: '2027-01-14', endDate: '2027-01-15', endTime: '01:00' }, '2027-01-15T09:00:00.000Z'],
    ['where the hour is not known', { ...wall, startDate: '2027-01-14', startTime: null }, '2027-01-15T09:00:00.000Z'],
    ['in Montréal', { ...wall, startDate: '2027-01-14', timeZone: 'America/Montreal' }, '2027-01-15T15:00:00.000Z'],
  ])('%s', (_, event, instant) => expect(takeawayAt(event).toISOString()).toBe(instant))

  test('everybody who has a seat is, once, not a moment before; those in line and those who left are not', async () => {
    const { id, slug } = await anEvent({ capacity: 2, waitlist: true })
    for (const name of ['anne', 'zoe', 'max']) must(await signUp(slug, `${name}@x.example`))
    const tom = must(await signUp(slug, 'tom@x.example'))
    must(await cancel(guest, linkOf(tom.registrationId)))
    at('2027-01-15T08:59:59Z')
    expect(await askTakeaway()).toBe(0)
    expect(await doneAt(id)).toBeNull()
    at(after)
    expect(await askTakeaway()).toBe(2)
    expect(await askTakeaway()).toBe(0)
    expect(await askedOf()).toEqual(['anne@x.example', 'zoe@x.example'])
    expect(await doneAt(id)).toEqual(new Date(after))
  })

  test('by two workers at once, all are asked and nobody twice', async () => {
    const { slug } = await anEvent()
    for (let i = 0; i < 12; i++) must(await signUp(slug, `p${i}@x.example`))
    at(after)
    const written = await Promise.all(Array.from({ length: 4 }, askTakeaway))
    expect(written.reduce((sum, one) => sum + one, 0)).toBe(12)
    expect((await letters()).length).toBe(12)
  })

  test('three days late they still are; later nobody is, and it is noted', async () => {
    const [late, tooLate, longAgo] = await Promise.all(['2027-01-14', '2027-01-13', '2026-12-10'].map((day) => anEvent({ startsAt: `${day}T09:00`, endsAt: `${day}T10:00` })))
    for (const { slug } of [late, tooLate, longAgo]) must(await signUp(slug, `${slug}@x.example`))
    at('2027-01-18T09:00:00Z')
    expect(await askTakeaway()).toBe(1)
    expect(await askedOf()).toEqual([`${late.slug}@x.example`])
    for (const { id } of [late, tooLate, longAgo]) expect(await doneAt(id)).not.toBeNull()
  })

  test('not where it is called off, not where the organisers do not want it, not whoever has said it already', async () => {
    const [off, quiet, on] = await Promise.all(['a', 'b', 'c'].map((title) => anEvent({ title })))
    for (const { slug } of [off, quiet]) must(await signUp(slug, 'anne@x.example'))
    const { registrationId } = must(await signUp(on.slug, 'zoe@x.example'))
    must(await callOff(house, off.slug))
    must(await setTakeaway(house, quiet.slug, { asks: false }))
    at('2027-01-14T12:00:00Z')
    must(await proposePassage(guest, linkOf(registrationId), { text: said }))
    at(after)
    expect(await askTakeaway()).toBe(0)
    for (const { id } of [off, quiet, on]) expect(await doneAt(id)).not.toBeNull()
  })

  test('seeded people are asked without a letter leaving', async () => {
    const { slug } = await anEvent()
    const { registrationId } = must(await signUp(slug, 'anne@x.example'))
    await db.registration.update({ where: { id: registrationId }, data: { via: 'seed' } })
    at(after)
    expect(await askTakeaway()).toBe(1)
    expect(await letters()).toMatchObject([{ status: 'delivered' }])
  })

  test('a moved event asks after its new day; one that was written down afterwards asks nobody', async () => {
    const { id, slug } = await anEvent()
    must(await signUp(slug, 'anne@x.example'))
    must(await edit(house, slug, { startsAt: '2027-01-21T09:00', endsAt: '2027-01-21T10:00' }))
    at(after)
    expect(await askTakeaway()).toBe(0)
    expect(await doneAt(id)).toBeNull()
    at('2027-01-22T09:00:00Z')
    expect(await askTakeaway()).toBe(1)
    const old = await aDraft({ startsAt: '2027-01-10T09:00', endsAt: '2027-01-10T10:00' })
    expect(await doneAt(old.id)).not.toBeNull()
  })

  test('the organisers say whether, until it is done, and the journal knows', async () => {
    const { id, slug } = await anEvent()
    expect(await setTakeaway(guest, slug, { asks: false })).toEqual({ ok: false, reason: 'forbidden' })
    must(await setTakeaway(house, slug, { asks: false }))
    must(await setTakeaway(house, slug, { asks: false }))
    expect(await db.activity.findMany({ where: { verb: 'event.set-takeaway' }, select: { after: true } })).toEqual([{ after: { asksTakeaway: false } }])
    must(await setTakeaway(house, slug, { asks: true }))
    await db.event.update({ where: { id }, data: { takeawayDoneAt: new Date() } })
    expect(await setTakeaway(house, slug, { asks: false })).toEqual({ ok: false, reason: 'already-asked' })
    const { slug: off } = await anEvent()
    must(await callOff(house, off))
    expect(await setTakeaway(house, off, { asks: false })).toEqual({ ok: false, reason: 'called-off' })
    expect(await setTakeaway(house, 'nowhere', { asks: false })).toEqual({ ok: false, reason: 'not-found' })
  })

  test('the letter leads to the page, touches no calendar, and says nothing once the seat is given back', async () => {
    const { slug } = await anEvent({ notesVisibility: 'registered' })
    const { registrationId } = must(await signUp(slug, 'anne@x.example'))
    at(after)
    await askTakeaway()
    const [letter] = await letters()
    const composed = await compose(letter)
    expect(composed).toMatchObject({ letter: { kind: 'takeaway', readers: 'registered', takeawayUrl: expect.stringMatching(new RegExp(`/inscriptions/${linkOf(registrationId).token}/retenir$`)) }, calendar: undefined })
    expect(composed?.from?.address).toMatch(/^rsvp\+[a-z2-7]{32}@/)
    await db.registration.update({ where: { id: registrationId }, data: { status: 'cancelled' } })
    expect(await compose(letter)).toBeNull()
  })
})

test.each(['fr', 'en'])('the letter itself, quoted without a mark and broken into other lines, signs for nobody (%s)', async (locale) => {
  const { text } = await render({ kind: 'takeaway', event: cafe, name: 'Anne Martin', readerZone: 'Europe/Paris', takeawayUrl: 'https://x.example', answersRead: true, readers: 'all' }, locale)
  const words = text.replace(/\n/g, ' ')
  for (let width = 10; width < 160; width++) {
    const quoted = words.replace(new RegExp(`(?=[^\\n]{${width}})([^\\n]{1,${width}}) `, 'g'), '$1\n')
    expect(ownWords(`Une phrase.\n\n${quoted}`).signature, quoted).toBeNull()
  }
})

/** An event that is over, with somebody who had a seat. */
async function held(more: Parameters<typeof anEvent>[0] = {}) {
  const event = await anEvent(more)
  const { registrationId } = must(await signUp(event.slug, 'anne@x.example'))
  at(after)
  return { ...event, registrationId, link: linkOf(registrationId) }
}

describe('what somebody says', () => {
  test('waits for the host, with a name only where they want it', async () => {
    const { id, link, registrationId } = await held()
    const { id: first } = must(await proposePassage(guest, link, { text: `  ${said}  ` }))
    expect(await takeawaysOf(registrationId)).toMatchObject([{ id: first, text: said, signature: null, via: 'page', status: 'open', createdAt: new Date(after) }])
    expect(await proposalsOf(id)).toMatchObject({ open: [{ registration: { address: 'anne@x.example' } }], decided: [] })
    expect([await countProposals(id), await proposalsAwaiting(house), await proposalsAwaiting(guest)]).toMatchObject([1, [{ open: 1 }], []])
  })

  test('on the page is written anew until it is decided, and taken back', async () => {
    const { link, registrationId } = await held()
    const first = must(await proposePassage(guest, link, { text: 'Un' }))
    expect(must(await proposePassage(guest, link, { text: 'Deux', signature: 'Anne Martin' }))).toEqual(first)
    expect(await takeawaysOf(registrationId)).toMatchObject([{ text: 'Deux', signature: 'Anne Martin' }])
    must(await decideProposal(house, first.id, { decision: 'decline' }))
    expect(await takeBackPassage(guest, link, first.id)).toEqual({ ok: false, reason: 'decided' })
    const second = must(await proposePassage(guest, link, { text: 'Trois' }))
    expect(second.id).not.toBe(first.id)
    must(await takeBackPassage(guest, link, second.id))
    expect(await takeBackPassage(guest, link, second.id)).toEqual({ ok: false, reason: 'not-found' })
    expect(await takeawaysOf(registrationId)).toMatchObject([{ text: 'Deux', status: 'declined' }])
  })

  test('by mail adds up, the same words or the same message once, five at most', async () => {
    const { registrationId } = await held()
    const mail = (text: string, more: { id?: string; signature?: string } = {}) => inTransaction((tx) => proposeIn(tx, { registrationId, via: 'mail', text, ...more }))
    const id = '01890000-0000-7000-8000-000000000001'
    expect(must(await mail('Un', { id }))).toEqual({ id })
    expect(must(await mail('Un, autrement', { id }))).toEqual({ id })
    expect(must(await mail('Un'))).toEqual({ id })
    for (const text of ['Deux', 'Trois', 'Quatre', 'Cinq']) must(await mail(text))
    expect(await mail('Six')).toEqual({ ok: false, reason: 'too-many' })
    expect((await takeawaysOf(registrationId)).map(({ text }) => text).toSorted()).toEqual(['Cinq', 'Deux', 'Quatre', 'Trois', 'Un'])
  })

  test('by mail with a name that is none, comes without one; by the page it is refused', async () => {
    const { registrationId, link } = await held()
    must(await inTransaction((tx) => proposeIn(tx, { registrationId, via: 'mail', text: said, signature: 'https://evil.example/win' })))
    expect(await takeawaysOf(registrationId)).toMatchObject([{ signature: null }])
    expect(await proposePassage(guest, link, { text: said, signature: 'https://evil.example/win' })).toEqual({ ok: false, reason: 'invalid', fields: [{ field: 'signature', reason: 'link' }] })
  })

  test.each([['nothing', '', 'required'], ['a book', 'x'.repeat(2001), 'too-long'], ['what is no text', 'a\0b', 'not-text']])('%s is refused', async (_, text, reason) => {
    const { link } = await held()
    expect(await proposePassage(guest, link, { text })).toEqual({ ok: false, reason: 'invalid', fields: [{ field: 'text', reason }] })
  })

  test('pressed ten times at once it is one', async () => {
    const { link, registrationId } = await held()
    await Promise.all(Array.from({ length: 10 }, (_, i) => proposePassage(guest, link, { text: `Version ${i}` })))
    expect(await takeawaysOf(registrationId)).toHaveLength(1)
  })

  test('is not heard before it began, without a seat, of what was called off, by a stranger', async () => {
    const early = await anEvent({ capacity: 1, waitlist: true })
    const anne = must(await signUp(early.slug, 'anne@x.example'))
    const zoe = must(await signUp(early.slug, 'zoe@x.example'))
    const say = (registrationId: string) => proposePassage(guest, linkOf(registrationId), { text: said })
    expect(await say(anne.registrationId)).toEqual({ ok: false, reason: 'too-early' })
    at('2027-01-14T08:00:00Z')
    expect(await say(anne.registrationId)).toMatchObject({ ok: true })
    expect(await say(zoe.registrationId)).toEqual({ ok: false, reason: 'no-seat' })
    expect(await proposePassage(guest, { id: anne.registrationId }, { text: said })).toEqual({ ok: false, reason: 'forbidden' })
    expect(await proposePassage(house, { id: anne.registrationId }, { text: said })).toEqual({ ok: false, reason: 'forbidden' })
    expect(await proposePassage(guest, { token: 'a'.repeat(32) }, { text: said })).toEqual({ ok: false, reason: 'not-found' })
    await db.event.updateMany({ data: { status: 'called_off' } })
    expect(await say(anne.registrationId)).toEqual({ ok: false, reason: 'called-off' })
  })
})

/** A session about recommendation 16 of a report and a theme, with something that Anne said. */
async function proposed({ text = said, signature }: { text?: string; signature?: string } = {}) {
  const report = await db.report.create({ data: { slug: 'ia', title: 'IA', publisher: 'X', publishedOn: new Date(after), url: 'https://x.fr' } })
  const recommendation = await db.recommendation.create({ data: { reportId: report.id, number: 16 } })
  await db.recommendation.create({ data: { reportId: report.id, number: 17 } })
  await db.theme.create({ data: { slug: 'donnees', nameFr: 'D', nameEn: 'D', shortFr: 'D', shortEn: 'D' } })
  const event = await held({ themes: ['donnees'], recommendations: [{ report: 'ia', number: 16 }] })
  const { id: proposal } = must(await proposePassage(guest, event.link, { text, signature }))
  return { ...event, proposal, recommendationId: recommendation.id }
}

const textIn = async (eventId: string) => toMarkdown((await notesOf(eventId))!.document)
const write = (slug: string, markdown: string, revision = 0) => saveNotes(house, slug, { document: fromMarkdown(markdown), revision })

describe('the host', () => {
  test('says yes: it stands in the notes as a quotation, and once they are published on the recommendation’s page', async () => {
    const { id, slug, proposal, recommendationId } = await proposed({ text: 'Le dépots des données.\n\nEt la suite.', signature: 'Anne Martin' })
    const { paragraphId } = must(await decideProposal(house, proposal, { decision: 'approve', text: 'Le dépôt des données.\nEt la suite.', about: ['ia/16', 'donnees'], signed: true }))
    expect(await textIn(id)).toBe('## Ce que vous en retenez\n\n> Le dépôt des données.\\\n> Et la suite.\\\n> — Anne Martin {#ia/16 #donnees}\n')
    expect(await passagesAbout({ recommendationId })).toEqual([])
    must(await publishNotes(house, slug, { authors: 'A' }))
    expect(await passagesAbout({ recommendationId })).toMatchObject([{ paragraphId, text: 'Le dépôt des données.\nEt la suite.\n— Anne Martin' }])
    expect(await proposalsOf(id)).toMatchObject({ open: [], decided: [{ status: 'approved', text: 'Le dépots des données.\n\nEt la suite.', paragraphId, decidedBy: 'test', stands: expect.stringContaining('dépôt') }] })
    const [line] = await db.activity.findMany({ where: { verb: 'notes.approve-passage' } })
    expect(line.after).toEqual({ paragraph: paragraphId, about: ['ia/16', 'donnees'], signed: true, mended: true })
    expect(JSON.stringify(line)).not.toMatch(/Anne|dépot/)
  })

  test('leaves the name out unless it is wanted there, and adds none', async () => {
    const { id, proposal, link } = await proposed({ signature: 'Anne Martin' })
    must(await decideProposal(house, proposal, { decision: 'approve' }))
    const second = must(await proposePassage(guest, link, { text: 'Autre chose.' }))
    must(await decideProposal(house, second.id, { decision: 'approve', signed: true }))
    expect(await textIn(id)).toBe(`## Ce que vous en retenez\n\n> ${said}\n\n> Autre chose.\n`)
  })

  test('puts one after the other, under one heading, wherever that was moved to', async () => {
    const { id, slug, link, proposal } = await proposed()
    must(await write(slug, '## Ce que vous en retenez\n\nUn mot de l’équipe.\n\n## Pour finir\n\nMerci.'))
    must(await decideProposal(house, proposal, { decision: 'approve' }))
    const second = must(await proposePassage(guest, link, { text: 'Autre chose.' }))
    must(await decideProposal(house, second.id, { decision: 'approve' }))
    expect(await textIn(id)).toBe(`## Ce que vous en retenez\n\nUn mot de l’équipe.\n\n> ${said}\n\n> Autre chose.\n\n## Pour finir\n\nMerci.\n`)
    const ids = citedBlocks((await notesOf(id))!.document).map(({ attrs }) => attrs.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('whoever writes in the notes meanwhile is told that they are no more what was read, and loses nothing of both', async () => {
    const { id, slug, proposal } = await proposed()
    must(await write(slug, 'Un.'))
    must(await decideProposal(house, proposal, { decision: 'approve' }))
    const late = await write(slug, 'Un. Deux.', 1)
    expect(late).toMatchObject({ ok: false, reason: 'stale', newest: { revision: 2 } })
    expect(await textIn(id)).toContain(said)
  })

  test('and at the same moment: one of the two comes first, both stand or the writer is told', async () => {
    const { id, slug, proposal } = await proposed()
    const [saved] = await Promise.all([write(slug, 'Un.'), decideProposal(house, proposal, { decision: 'approve' })])
    expect(await textIn(id)).toContain(said)
    if (saved.ok) expect(await textIn(id)).toContain('Un.')
    else expect(saved).toMatchObject({ reason: 'stale' })
  })

  test('decides once, however many decide at once', async () => {
    const { id, proposal } = await proposed()
    const decisions = ['approve', 'decline', 'approve', 'decline'] as const
    const outcomes = await Promise.all(decisions.map((decision) => decideProposal(house, proposal, { decision })))
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1)
    for (const one of outcomes.filter(({ ok }) => !ok)) expect(one).toEqual({ ok: false, reason: 'decided' })
    const notes = await notesOf(id)
    const quoted = notes ? citedBlocks(notes.document).filter((block) => textOf(block) === said).length : 0
    expect(quoted).toBe(decisions[outcomes.findIndex(({ ok }) => ok)] === 'approve' ? 1 : 0)
  })

  test('keeps as many as are decided at the same moment, all of them', async () => {
    const { id, slug } = await anEvent()
    const people = await Promise.all(Array.from({ length: 6 }, (_, i) => signUp(slug, `p${i}@x.example`)))
    at(after)
    must(await write(slug, 'Un.'))
    const proposals = await Promise.all(people.map((one, i) => proposePassage(guest, linkOf(must(one).registrationId), { text: `Phrase ${i}.` })))
    await Promise.all(proposals.map((one) => decideProposal(house, must(one).id, { decision: 'approve' })))
    const written = await textIn(id)
    expect(people.filter((_, i) => !written.includes(`> Phrase ${i}.`))).toEqual([])
    expect(written.match(/^## /gm)).toHaveLength(1)
    expect((await notesOf(id))!.revision).toBe(7)
  })

  test('decides nothing of words that were changed since they were read', async () => {
    const { id, proposal, link } = await proposed()
    at('2027-01-15T09:05:00Z')
    must(await proposePassage(guest, link, { text: 'Autrement dit.' }))
    expect(await decideProposal(house, proposal, { decision: 'approve', seen: new Date(after).toISOString() })).toEqual({ ok: false, reason: 'changed' })
    expect(await countProposals(id)).toBe(1)
    must(await decideProposal(house, proposal, { decision: 'approve', seen: '2027-01-15T09:05:00.000Z' }))
  })

  test('ties it to what the event is about, and to nothing else', async () => {
    const { proposal } = await proposed()
    for (const about of [['ia/17'], ['elsewhere'], ['../x']]) {
      expect(await decideProposal(house, proposal, { decision: 'approve', about })).toEqual({ ok: false, reason: 'invalid', fields: [{ field: 'about', reason: 'unknown-reference' }] })
    }
    expect(await decideProposal(house, proposal, { decision: 'approve', text: ' ' })).toEqual({ ok: false, reason: 'invalid', fields: [{ field: 'text', reason: 'required' }] })
    expect(await decideProposal(house, proposal, { decision: 'decline', text: '', about: ['ia/17'] })).toMatchObject({ ok: true })
  })

  test('is an organiser', async () => {
    const { proposal } = await proposed()
    expect(await decideProposal(guest, proposal, { decision: 'approve' })).toEqual({ ok: false, reason: 'forbidden' })
    expect(await decideProposal(house, '01890000-0000-7000-8000-000000000009', { decision: 'decline' })).toEqual({ ok: false, reason: 'not-found' })
  })
})
