import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { guest, system } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { citedBlocks } from '@/lib/notes/document'
import { importNotes } from '@/lib/notes/import-notes'
import { toMarkdown } from '@/lib/notes/markdown'
import { previewOf } from '@/lib/notes/preview'
import { notesOf } from '@/lib/notes/queries'
import { saveMarkdown } from '@/lib/notes/save-markdown'
import { anEvent, must } from '@/tests/support/events'

const actor = system('test')
let event: { id: string; slug: string }
beforeEach(async () => {
  setClock(new Date('2026-11-23T08:00:00Z'))
  event = await anEvent()
})
afterEach(() => setClock(null))

const notes = async () => (await notesOf(event.id))!
const text = async () => toMarkdown((await notes()).document).trim()

describe('notes from elsewhere', () => {
  it('are shown before they come in, with what is left out', () => {
    expect(must(previewOf('<h2>Dit</h2><p>Les données. {#ia/16}</p><img src="x"><ul><li>☐ Écrire</li></ul>'))).toEqual({
      markdown: '## Dit\n\nLes données. {#ia/16}\n\n- [ ] Écrire\n',
      headings: [{ id: expect.any(String), level: 2, text: 'Dit' }],
      paragraphs: 2, passages: 1, tasks: 1, tables: 0,
      dropped: { pictures: 1, embedded: 0, scripts: 0, links: 0 },
    })
    expect(must(previewOf('## Dit\n\n1 < 2'))).toMatchObject({ paragraphs: 1, markdown: '## Dit\n\n1 < 2\n' })
    expect(previewOf('  \n')).toMatchObject({ reason: 'required' })
    expect(previewOf('a\n\n'.repeat(45_000))).toMatchObject({ reason: 'too-long' })
  })

  it('stand behind the notes, or in their place with the ids of the same words', async () => {
    must(await importNotes(actor, event.slug, { markdown: 'Un', how: 'append' }))
    must(await importNotes(actor, event.slug, { markdown: 'Deux', how: 'append' }))
    expect(await text()).toBe('Un\n\nDeux')
    const [, two] = citedBlocks((await notes()).document)
    must(await importNotes(actor, event.slug, { markdown: 'Trois\n\nDeux', how: 'replace' }))
    expect(citedBlocks((await notes()).document)[1].attrs.id).toBe(two.attrs.id)
    expect(await importNotes(guest, event.slug, { markdown: 'x', how: 'append' })).toMatchObject({ reason: 'forbidden' })
    expect(await importNotes(actor, 'nothing', { markdown: 'x', how: 'append' })).toMatchObject({ reason: 'not-found' })
    expect(await importNotes(actor, event.slug, { markdown: 'x'.repeat(2_100_000), how: 'append' })).toMatchObject({ reason: 'invalid', fields: [{ field: 'markdown', reason: 'too-long' }] })
    expect(await db.activity.count({ where: { verb: 'notes.import' } })).toBe(3)
  })
})

describe('text beside others who write', () => {
  const base = 'Un\n\nDeux\n\nTrois'
  const save = (markdown: string, revision: number, more: object = {}) => saveMarkdown(actor, event.slug, { markdown, revision, base, ...more })

  it('is brought together with theirs, and says what two changed at once', async () => {
    must(await save(base, 0))
    must(await save('Un elle\n\nDeux\n\nTrois', 1))
    expect(must(await save('Un\n\nDeux\n\nTrois moi', 1))).toMatchObject({ revision: 3, both: 0 })
    expect(await text()).toBe('Un elle\n\nDeux\n\nTrois moi')
    expect(must(await save('Un moi\n\nDeux\n\nTrois', 1))).toMatchObject({ both: 1 })
    expect(await text()).toBe('Un elle\n\nUn moi\n\nDeux\n\nTrois moi')
  })

  it('is refused as stale only where the form brought nothing back, and overwrites where it says so', async () => {
    must(await save(base, 0))
    must(await save('Un elle', 1))
    expect(await save('Un moi', 1, { base: undefined })).toMatchObject({ reason: 'stale' })
    must(await save('À moi', 1, { replace: true }))
    expect(await text()).toBe('À moi')
  })

  it('of two at once loses neither', async () => {
    must(await save(base, 0))
    const both = await Promise.all([save('Un elle\n\nDeux\n\nTrois', 1), save('Un\n\nDeux\n\nTrois moi', 1)])
    expect(both.every(({ ok }) => ok)).toBe(true)
    expect(await text()).toBe('Un elle\n\nDeux\n\nTrois moi')
  })
})
