import { beforeEach, describe, expect, it } from 'vitest'
import { system } from '@/lib/actor'
import { db } from '@/lib/db'
import { fromMarkdown } from '@/lib/notes/markdown'
import { saveNotes } from '@/lib/notes/save'
import { anEvent } from '@/tests/support/events'

const actor = system('test')
let event: { id: string; slug: string }
beforeEach(async () => {
  event = await anEvent({ title: 'Café' })
})

describe('whoever means ill with the notes', () => {
  it('cannot keep them from being stored by thousands of tasks, ticked and taken away again', async () => {
    const tasks = (sign: string) => fromMarkdown(Array.from({ length: 1500 }, (_, i) => `- [${sign}] Chose ${i} {#ia/${i % 900}}\n`).join(''))
    const document = tasks(' ')
    expect(await saveNotes(actor, event.slug, { document, revision: 0 })).toMatchObject({ ok: true })
    const ticked = JSON.parse(JSON.stringify(document).replaceAll('"checked":false', '"checked":true')) as unknown
    expect(await saveNotes(actor, event.slug, { document: ticked, revision: 1 })).toMatchObject({ ok: true })
    expect(await db.followUp.count({ where: { closedAt: { not: null }, droppedAt: null } })).toBe(1500)
    expect(await saveNotes(actor, event.slug, { document: fromMarkdown('Rien'), revision: 2 })).toMatchObject({ ok: true })
    expect(await db.followUp.count({ where: { droppedAt: null } })).toBe(0)
  })
})
