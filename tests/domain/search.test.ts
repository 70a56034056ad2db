import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import * as searchDoor from '@/app/api/v1/search/route'
import { found as shape } from '@/app/api/v1/shapes'
import { db, Prisma } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { fromMarkdown } from '@/lib/notes/markdown'
import { publishNotes } from '@/lib/notes/publish'
import { saveNotes } from '@/lib/notes/save'
import { withdrawEdition } from '@/lib/notes/withdraw'
import { importReport } from '@/lib/reports/import-report'
import { areWritten, candidateRows } from '@/lib/search/candidates'
import { search } from '@/lib/search/queries'
import { plain } from '@/lib/search/rules'
import { check } from '@/lib/worker/check'
import { knock } from '@/tests/support/doors'
import { aDraft, anEvent, house, must } from '@/tests/support/events'

const ia = 'ia-notre-ambition-pour-la-france'
const bringIn = async () => must(await importReport(house, JSON.parse(readFileSync(`prisma/data/reports/${ia}.json`, 'utf8'))))
const kindsFound = async (q: string) => [...new Set((await search({ q })).found.map(({ kind }) => kind))].toSorted()
const counted = async (q: string) => Object.values((await search({ q })).counts).reduce((sum, { count }) => sum + count, 0)

async function minuted(text: string, visibility: 'all' | 'registered' = 'all') {
  const event = await anEvent({ title: 'Une séance passée', startsAt: '2024-03-21T09:00', endsAt: '2024-03-21T10:00', speakers: [{ name: 'Camille Œdipe' }] })
  must(await saveNotes(house, event.slug, { document: fromMarkdown(text), revision: 0 }))
  must(await publishNotes(house, event.slug, { authors: 'Nous', licence: 'CC-BY-4.0', visibility }))
  return event
}

describe('search', () => {
  test('finds each kind by words without accents, in the plural, mistyped, and says where they are', async () => {
    await bringIn()
    await anEvent({ title: 'Numérique responsable au théâtre', summary: 'Une heure sur les archives.' })
    await minuted(`Le wattmètre est resté branché. {#${ia}/16}`)
    for (const [q, kind, where] of [
      ['theatres', 'event', 'title'], ['THÉÂTRE', 'event', 'title'], ['numerique respnsable', 'event', 'title'], ['archive', 'event', 'summary'],
      ['recomandation 16', 'recommendation', 'title'], ['16', 'recommendation', 'title'], ['ambitions france', 'report', 'title'],
      ['wattmetre', 'passage', 'notes'], ['oedipe', 'speaker', 'title'], ['Œdippe', 'speaker', 'title'],
    ]) {
      const { found } = await search({ q })
      expect([q, found.filter((one) => one.kind === kind).map((one) => one.where)]).toEqual([q, expect.arrayContaining([where])])
    }
    const [passage] = (await search({ q: 'wattmetres' })).found
    expect(passage).toMatchObject({ numbers: [16], target: { kind: 'passage', anchor: expect.stringMatching(/^[a-z2-7]{8}$/) } })
    expect(passage.excerpt).toContainEqual({ text: 'wattmètre', hit: true })
    expect((await search({ q: 'numerique respnsable' })).instead).toBe('numerique responsable')
    expect((await search({ q: 'théâtre introuvablement' })).isPartly).toBe(true)
    expect(await check()).toEqual([])
  })

  test('never finds a draft, what is for registered people, or what was withdrawn; what is taken back is gone at once', async () => {
    await aDraft({ title: 'Brouillonnage' })
    await minuted('Confidentialissime.', 'registered')
    expect([await counted('brouillonnage'), await counted('confidentialissime')]).toEqual([0, 0])
    const event = await minuted('Retractation.')
    expect(await kindsFound('retractation')).toEqual(['passage'])
    must(await withdrawEdition(house, event.slug, 1))
    expect([await counted('retractation'), (await search({ q: 'retractatio' })).instead]).toEqual([0, null])

    const off = await anEvent({ title: 'Annulable', summary: 'Resume' })
    must(await callOff(house, off.slug, ''))
    expect(await kindsFound('annulable')).toEqual(['event'])
    await db.event.update({ where: { slug: off.slug }, data: { status: 'draft' } })
    expect(await counted('annulable')).toBe(0)
    await db.event.delete({ where: { slug: event.slug } })
    expect(await kindsFound('oedipe')).toEqual(['event', 'speaker'])
    expect(await check()).toEqual([])
  })

  test('puts the recommendation of a number first, and two passages of one restitution at most among other things', async () => {
    await bringIn()
    await anEvent({ title: 'Le 16 à 16 heures' })
    expect((await search({ q: '16' })).found[0]).toMatchObject({ kind: 'recommendation', numbers: [16] })
    await minuted(['Un', 'Deux', 'Trois', 'Quatre'].map((one) => `## ${one}\n\nUn wattmètre.`).join('\n\n'))
    expect((await search({ q: 'wattmètre' })).found).toHaveLength(2)
    expect((await search({ q: 'wattmètre', kind: 'passage' })).found).toHaveLength(4)
  })

  test('takes any words, and its door says what it cannot take', async () => {
    await anEvent({ title: 'Café & thé' })
    for (const q of ["'", "a' | b:*", '%_\\', '\u202Ecafé', '& | ! <->', '日本', '=event', "''';--", 'x'.repeat(9000), '\0', '\uD800']) expect((await search({ q })).found.length).toBeGreaterThanOrEqual(0)
    const ask = (query: string) => knock(searchDoor, `/api/v1/search${query}`)
    const answer = await ask('?q=cafe&limit=1')
    expect(answer.status).toBe(200)
    const body = shape.parse(await answer.json())
    expect(body.data).toEqual([{ kind: 'event', title: 'Café & thé', excerpt: expect.any(String), url: expect.stringMatching(/\/rendez-vous\/cafe-the$/) }])
    for (const wrong of ['', '?q=', `?q=${'x'.repeat(201)}`, '?q=a&limit=0', '?q=a&limit=51', '?q=%00']) expect([wrong, (await ask(wrong)).status]).toEqual([wrong, 400])
  })

  test('looks words up in the index, and through no more than it may, however many have them', async () => {
    await db.$executeRaw`
      INSERT INTO "SearchEntry" (id, kind, ref, language, title, parts, at, words)
      SELECT 'event/' || n, 'event', gen_random_uuid(), 'fr', 'Café ' || n, '[]', now() + (n - 2500) * interval '1 day', search_words('event', 'fr', 'Café ' || n, NULL, '[]') FROM generate_series(1, 5000) n`
    await db.$executeRaw`ANALYZE "SearchEntry"`
    const { counts } = await search({ q: 'cafés' })
    expect(counts.event).toEqual({ count: 1000, isMore: true })
    // Of as many as have the word, the next in time come first.
    const [next, then] = await candidateRows("'caf'", { kinds: [{ kind: 'event', isMany: true }], numbers: [], ofOne: null, at: new Date() })
    expect([next.id, then.id]).toEqual(['event/2501', 'event/2502'])
    expect(await areWritten(["'caf'", "'cafx'"])).toEqual([true, false])
    const query = Prisma.sql`SELECT 1 FROM "SearchEntry" WHERE words @@ ${"'4711' & '=event'"}::tsquery LIMIT 1001`
    // Five thousand are read through as fast: could the index serve it?
    const plan = await db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL enable_seqscan = off`
      return tx.$queryRaw<{ 'QUERY PLAN': string }[]>`EXPLAIN ${query}`
    })
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toContain('SearchEntry_words_idx')
  })
})

test('an excerpt is text, not markup', async () => {
  await anEvent({ title: 'Un <b>titre</b>', summary: '<script>alerte</script>' })
  const [one] = (await search({ q: 'alerte' })).found
  expect(plain(one.excerpt)).toBe('<script>alerte</script>')
})
