import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { system } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db, type Prisma } from '@/lib/db'
import { fromMarkdown } from '@/lib/notes/markdown'
import { publishNotes } from '@/lib/notes/publish'
import { reviewPage } from '@/lib/notes/queries'
import { saveNotes } from '@/lib/notes/save'
import { anEvent } from '@/tests/support/events'

const actor = system('test')
let event: { id: string; slug: string }
beforeEach(async () => {
  event = await anEvent({ title: 'Café' })
})
afterEach(() => setClock(null))

/** Notes as several people left them. */
const written = (content: object[]) => db.notes.create({ data: { eventId: event.id, revision: 1, document: { type: 'doc', content } as Prisma.InputJsonObject } })

describe('whoever means ill with the notes', () => {
  it('cannot keep them from being stored by thousands of tasks, ticked and taken away again', async () => {
    const tasks = (sign: string) => fromMarkdown(Array.from({ length: 600 }, (_, i) => `- [${sign}] Chose ${i} {#ia/${i % 900}}\n`).join(''))
    const document = tasks(' ')
    expect(await saveNotes(actor, event.slug, { document, revision: 0 })).toMatchObject({ ok: true })
    const ticked = JSON.parse(JSON.stringify(document).replaceAll('"checked":false', '"checked":true')) as unknown
    expect(await saveNotes(actor, event.slug, { document: ticked, revision: 1 })).toMatchObject({ ok: true })
    expect(await db.followUp.count({ where: { closedAt: { not: null }, droppedAt: null } })).toBe(600)
    expect(await saveNotes(actor, event.slug, { document: fromMarkdown('Rien'), revision: 2 })).toMatchObject({ ok: true })
    expect(await db.followUp.count({ where: { droppedAt: null } })).toBe(0)
  })

  it('cannot keep them from being stored by a task that is cut in the middle of a sign', async () => {
    const task = (word: string) => fromMarkdown(`- [ ] ${'a'.repeat(1999)}🎭${word}`)
    const document = task('un')
    expect(await saveNotes(actor, event.slug, { document, revision: 0 })).toMatchObject({ ok: true })
    const changed = JSON.parse(JSON.stringify(document).replace('aaa', 'baa')) as unknown
    expect(await saveNotes(actor, event.slug, { document: changed, revision: 1 })).toMatchObject({ ok: true })
    expect((await db.followUp.findFirstOrThrow()).text).toMatch(/^ba+🎭$/u)
  })

  it('cannot keep them from being read over and published by thousands of ties to what does not exist', async () => {
    const content = Array.from({ length: 6000 }, (_, i) => ({ type: 'paragraph', attrs: { id: `id${i}aaaa`, about: [{ report: `r${i}`, number: 1 }, { theme: `t${i}` }] }, content: [{ type: 'text', text: 'a' }] }))
    await written(content)
    expect((await reviewPage(event.id)).findings).toHaveLength(12_000)
    setClock(new Date('2030-01-01'))
    expect(await publishNotes(actor, event.slug, {})).toMatchObject({ reason: 'unknown-reference' })
  })

  it('cannot keep them from being published by a paragraph of more words than a search can hold', async () => {
    const words = Array.from({ length: 150_000 }, (_, i) => `mot${i}x`).join(' ')
    await written([{ type: 'paragraph', attrs: { id: 'aaaaaaaa', about: [] }, content: [{ type: 'text', text: words }] }])
    setClock(new Date('2030-01-01'))
    expect(await publishNotes(actor, event.slug, {})).toMatchObject({ ok: true })
  })
})
