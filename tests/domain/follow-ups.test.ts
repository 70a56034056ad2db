import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guest, system } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { openFollowUps } from '@/lib/coverage/queries'
import { db } from '@/lib/db'
import { setPrepared } from '@/lib/events/set-prepared'
import { beginNotes } from '@/lib/notes/begin'
import { closeFollowUp } from '@/lib/notes/close-follow-up'
import { hideQuestion } from '@/lib/notes/hide-question'
import { toMarkdown } from '@/lib/notes/markdown'
import { prepareQuestion, voteForQuestion, withdrawQuestion } from '@/lib/notes/prepare-question'
import { allPrepared, followUps, notesOf, preparedFor, preparedQuestions } from '@/lib/notes/queries'
import { publishNotes } from '@/lib/notes/publish'
import { saveMarkdown } from '@/lib/notes/save-markdown'
import { proposedTemplate } from '@/lib/notes/template'
import { setTemplate } from '@/lib/series/set-template'
import { anEvent, linkOf, must, signUp } from '@/tests/support/events'

const actor = system('test')
const at = (instant: string) => setClock(new Date(instant))
const textOfNotes = async (eventId: string) => toMarkdown((await notesOf(eventId))!.document).trim()
let [first, second]: { id: string; slug: string }[] = []

beforeEach(async () => {
  at('2026-11-23T08:00:00Z')
  const cafe = await db.series.create({ data: { slug: 'cafe', nature: 'format', nameFr: 'Café', nameEn: 'Café' } })
  first = await anEvent({ title: 'Premier' })
  second = await anEvent({ title: 'Second', startsAt: '2027-02-14T09:00', endsAt: '2027-02-14T10:00' })
  await db.event.updateMany({ data: { formatId: cafe.id } })
  const report = await db.report.create({ data: { slug: 'rapport', title: 'R', publisher: 'X', publishedOn: new Date(), url: 'https://x.fr' } })
  await db.recommendation.create({ data: { reportId: report.id, number: 16 } })
})
afterEach(() => setClock(null))

const write = async (event: { id: string; slug: string }, markdown: string) => must(await saveMarkdown(actor, event.slug, { markdown, revision: (await notesOf(event.id))?.revision ?? 0 }))
const rows = () => db.followUp.findMany({ orderBy: { createdAt: 'asc' }, include: { links: true } })

describe('what is left to do', () => {
  it('is what the tasks of the notes say, as they change', async () => {
    await write(first, '- [ ] Écrire {@Anne} {>2026-12-12} {#rapport/16}\n- [x] Relire\n- [ ]')
    expect(await rows()).toMatchObject([
      { eventId: first.id, text: 'Écrire', owner: 'Anne', due: new Date('2026-12-12'), closedAt: null, links: [{}] },
      { text: 'Relire', closedAt: new Date('2026-11-23T08:00:00Z') },
    ])
    await write(first, '- [x] Écrire vite {@Zoé}\n- [ ] Relire')
    expect(await rows()).toMatchObject([{ text: 'Écrire vite', owner: 'Zoé', due: null, closedAt: new Date('2026-11-23T08:00:00Z'), links: [] }, { closedAt: null }])
    await write(first, 'Rien')
    expect((await rows()).every(({ droppedAt }) => droppedAt !== null)).toBe(true)
    expect((await followUps()).open).toEqual([])
  })

  it('stands in the notes of the next session until somebody ticks it there, and stays closed when the first notes are saved again', async () => {
    await write(first, '- [ ] Écrire {@Anne} {>2026-12-12} {#rapport/16}\n- [ ] Relire')
    expect(must(await beginNotes(actor, second.slug))).toEqual({ isBegun: true })
    const [one, two] = await rows()
    expect(await textOfNotes(second.id)).toBe(`## Suites à donner\n\n- [ ] Écrire {@Anne} {>2026-12-12} {^${one.id}} {#rapport/16}\n- [ ] Relire {^${two.id}}`)
    expect(await rows()).toHaveLength(2)
    await write(second, (await textOfNotes(second.id)).replace('[ ] Écrire', '[x] Écrire'))
    await write(first, `${await textOfNotes(first.id)}\n\nEncore un mot`)
    expect(await rows()).toMatchObject([{ closedAt: new Date('2026-11-23T08:00:00Z') }, { closedAt: null }])
    await write(first, 'Plus rien')
    expect(await rows()).toMatchObject([{ droppedAt: null }, { droppedAt: null }])
    await write(second, 'Plus rien non plus')
    expect((await rows()).every(({ droppedAt }) => droppedAt !== null)).toBe(true)
  })

  it('is told on the map in the words of the edition, once there is one, and not in those of notes that went on', async () => {
    await write(first, '- [ ] Écrire {@Anne} {>2026-12-12} {#rapport/16}\n- [x] Relire {#rapport/16}')
    expect(await openFollowUps('rapport')).toEqual([])
    at('2027-02-01T08:00:00Z')
    must(await publishNotes(actor, first.slug, { authors: 'Anne' }))
    await write(first, '- [ ] Écrire à quelqu’un {@Zoé} {>2027-01-01} {#rapport/16}')
    expect(await openFollowUps('rapport', 16)).toMatchObject([{ text: 'Écrire', owner: 'Anne', due: '2026-12-12' }])
  })

  it('of another series is not touched by who writes its name', async () => {
    await write(first, '- [ ] Écrire')
    const [{ id }] = await rows()
    const other = await anEvent({ title: 'Ailleurs', startsAt: '2027-03-14T09:00', endsAt: '2027-03-14T10:00' })
    await write(other, `- [x] À moi {^${id}}`)
    expect(await rows()).toMatchObject([{ text: 'Écrire', closedAt: null }, { text: 'À moi', eventId: other.id }])
  })

  it('is closed and opened again from the list, where its box is ticked too', async () => {
    await write(first, '- [ ] Écrire {>2026-11-20}')
    await beginNotes(actor, second.slug)
    const { open } = await followUps('cafe')
    expect(open).toMatchObject([{ text: 'Écrire', isOverdue: true, due: '2026-11-20', series: { slug: 'cafe' } }])
    expect((await followUps('autre')).open).toEqual([])
    expect(await closeFollowUp(guest, open[0].id)).toMatchObject({ reason: 'forbidden' })
    must(await closeFollowUp(actor, open[0].id))
    must(await closeFollowUp(actor, open[0].id))
    expect(await rows()).toMatchObject([{ closedBy: 'test' }])
    expect(await textOfNotes(second.id)).toContain('[x] Écrire')
    expect(await db.activity.count({ where: { verb: 'notes.close-follow-up' } })).toBe(1)
    must(await closeFollowUp(actor, open[0].id, false))
    expect(await rows()).toMatchObject([{ closedAt: null, closedBy: null }])
    expect(await textOfNotes(second.id)).toContain('[ ] Écrire')
  })
})

describe('notes that begin', () => {
  it('say what the series’ template says, filled in, once however many open them', async () => {
    const anne = await signUp(first.slug, 'anne@x.example').then(must)
    must(await prepareQuestion(guest, linkOf(anne.registrationId), { text: 'Et le droit ?' }))
    expect(await setTemplate(guest, 'cafe', { template: 'x' })).toMatchObject({ reason: 'forbidden' })
    expect(await setTemplate(actor, 'cafe', { template: 'x'.repeat(20_001) })).toMatchObject({ reason: 'invalid' })
    must(await setTemplate(actor, 'cafe', { template: proposedTemplate.fr }))
    const begun = await Promise.all(Array.from({ length: 6 }, () => beginNotes(actor, first.slug)))
    expect(begun.filter((one) => one.ok && one.value.isBegun)).toHaveLength(1)
    const text = await textOfNotes(first.id)
    expect(text).toMatch(/^Premier, jeudi 14 janvier 2027\. Avec …\.\n\n## Tour de table\n\n## Questions préparées\n\n1\. Et le droit \?\n\n## À retenir/)
    expect(text.split('Tour de table')).toHaveLength(2)
    await write(first, '')
    expect(must(await beginNotes(actor, first.slug))).toEqual({ isBegun: false })
    expect(await beginNotes(guest, first.slug)).toMatchObject({ reason: 'forbidden' })
  })

  it('stay empty where there is nothing to say', async () => {
    expect(must(await beginNotes(actor, second.slug))).toEqual({ isBegun: false })
    expect(await notesOf(second.id)).toBeNull()
  })
})

describe('questions before the session', () => {
  it('come from people with a seat, five each, and are ordered by voices', async () => {
    const [anne, zoe] = [must(await signUp(first.slug, 'anne@x.example')), must(await signUp(first.slug, 'zoe@x.example'))].map(({ registrationId }) => linkOf(registrationId))
    const own = await Promise.all(['Un ?', 'Deux ?', 'Trois ?', 'Quatre ?', 'Cinq ?'].map((text) => prepareQuestion(guest, anne, { text })))
    expect(own.every(({ ok }) => ok)).toBe(true)
    expect(await prepareQuestion(guest, anne, { text: 'Six ?' })).toMatchObject({ reason: 'too-many' })
    expect(must(await prepareQuestion(guest, anne, { text: 'Un ?' }))).toEqual(must(own[0]))
    expect(await prepareQuestion(guest, zoe, { text: 'x'.repeat(281) })).toMatchObject({ reason: 'invalid', fields: [{ field: 'text', reason: 'too-long' }] })
    const third = must(own[2]).id
    await Promise.all([voteForQuestion(guest, zoe, third), voteForQuestion(guest, zoe, third)])
    expect(await voteForQuestion(guest, anne, third)).toMatchObject({ reason: 'own' })
    expect((await preparedQuestions(first.id))[0]).toMatchObject({ text: 'Trois ?', votes: 1 })
    const zoeId = (await db.registration.findFirstOrThrow({ where: { addressFold: 'zoe@x.example' } })).id
    const seen = await preparedFor(first.id, zoeId)
    expect(seen[0]).toEqual({ id: third, text: 'Trois ?', votes: 1, isOwn: false, isMine: true, isHidden: false })
    expect(JSON.stringify(seen)).not.toContain('anne')
    must(await voteForQuestion(guest, zoe, third, false))
    expect((await preparedQuestions(first.id))[0].votes).toBe(0)
    expect(await withdrawQuestion(guest, zoe, third)).toMatchObject({ reason: 'not-found' })
    must(await withdrawQuestion(guest, anne, third))
    expect(await preparedQuestions(first.id)).toHaveLength(4)
  })

  it('end with the session, with the seat, and where nobody asks', async () => {
    const anne = linkOf(must(await signUp(first.slug, 'anne@x.example')).registrationId)
    must(await setPrepared(actor, first.slug, { asks: false }))
    expect(await prepareQuestion(guest, anne, { text: 'Un ?' })).toMatchObject({ reason: 'not-asked' })
    must(await setPrepared(actor, first.slug, { asks: true }))
    at('2027-01-14T09:01:00Z')
    expect(await prepareQuestion(guest, anne, { text: 'Un ?' })).toMatchObject({ reason: 'too-late' })
    at('2027-01-14T08:59:00Z')
    const { id } = must(await prepareQuestion(guest, anne, { text: 'Un ?' }))
    await db.registration.updateMany({ data: { status: 'cancelled' } })
    expect(await voteForQuestion(guest, anne, id)).toMatchObject({ reason: 'no-seat' })
  })

  it('are set aside with a reason for the journal, and shown again', async () => {
    const anne = must(await signUp(first.slug, 'anne@x.example'))
    const { id } = must(await prepareQuestion(guest, linkOf(anne.registrationId), { text: 'Un ?' }))
    expect(await hideQuestion(guest, id, { isHidden: true, reason: 'x' })).toMatchObject({ reason: 'forbidden' })
    expect(await hideQuestion(actor, id, { isHidden: true })).toMatchObject({ reason: 'invalid', fields: [{ field: 'reason' }] })
    must(await hideQuestion(actor, id, { isHidden: true, reason: 'Hors sujet' }))
    expect(await preparedQuestions(first.id)).toEqual([])
    expect(await preparedFor(first.id, anne.registrationId)).toMatchObject([{ isOwn: true, isHidden: true }])
    expect(await allPrepared(first.id)).toMatchObject([{ text: 'Un ?', registration: { name: expect.any(String) } }])
    expect(await db.activity.findFirst({ where: { verb: 'notes.hide-question' } })).toMatchObject({ after: { reason: 'Hors sujet' } })
    must(await hideQuestion(actor, id, { isHidden: false }))
    expect(await preparedQuestions(first.id)).toHaveLength(1)
  })
})
