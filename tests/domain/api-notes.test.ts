import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import * as notesDoor from '@/app/api/v1/events/[slug]/notes/route'
import * as markdownDoor from '@/app/api/v1/events/[slug]/notes.md/route'
import * as shapes from '@/app/api/v1/shapes'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { citedBlocks } from '@/lib/notes/document'
import { publishNotes } from '@/lib/notes/publish'
import { notesOf } from '@/lib/notes/queries'
import { saveMarkdown } from '@/lib/notes/save-markdown'
import { aToken, knock } from '@/tests/support/doors'
import { anEvent, house, must } from '@/tests/support/events'

beforeEach(async () => {
  setClock(new Date('2027-01-15T08:00:00Z'))
  const report = await db.report.create({ data: { slug: 'rapport', title: 'R', publisher: 'X', publishedOn: new Date(), url: 'https://x.fr' } })
  await db.recommendation.create({ data: { reportId: report.id, number: 16 } })
})
afterEach(() => setClock(null))

const put = (slug: string, body: unknown, token?: string) => knock(notesDoor, '/', { method: 'PUT', params: { slug }, body, token })

describe('notes that a program writes', () => {
  test('stand in place of what was there, with their passages; the same words keep their ids', async () => {
    const [{ id, slug }, token] = [await anEvent(), await aToken()]
    must(await saveMarkdown(house, slug, { markdown: 'Les données d’abord.\n\nAutre chose', revision: 0 }))
    const [kept] = citedBlocks((await notesOf(id))!.document).map(({ attrs }) => attrs.id)
    const answer = await put(slug, { markdown: '## Dit\n\nLes données d’abord. {#rapport/16}\n\n- [ ] Écrire {@Anne}' }, token)
    const said = await answer.json()
    expect([answer.status, shapes.notesSaved.strict().parse(said)]).toEqual([200, { revision: 2, passages: 1 }])
    expect(citedBlocks((await notesOf(id))!.document)[1]).toMatchObject({ attrs: { id: kept, about: [{ report: 'rapport', number: 16 }] } })
    expect(await db.followUp.count()).toBe(1)
    expect((await put(slug, { markdown: 'x', revision: 1 }, token)).status).toBe(409)
    expect((await put(slug, { markdown: 'x', revision: 2 }, token)).status).toBe(200)
  })

  test('are refused without a token, unread, too long, or naming what does not exist, with its line', async () => {
    const [{ id, slug }, token] = [await anEvent(), await aToken()]
    expect((await put(slug, { markdown: 'x' })).status).toBe(401)
    expect((await put('nothing', { markdown: 'x' }, token)).status).toBe(404)
    expect((await put(slug, { markdown: 7 }, token)).status).toBe(400)
    expect((await put(slug, { markdown: 'x', other: 1 }, token)).status).toBe(400)
    expect((await put(slug, { markdown: 'a\0b' }, token)).status).toBe(422)
    expect((await put(slug, { markdown: 'x'.repeat(3_000_000) }, token)).status).toBe(413)
    expect((await put(slug, { markdown: `${'a\n\n'.repeat(300_000)}` }, token)).status).toBe(422)
    const unknown = await put(slug, { markdown: 'Un {#rapport/16}\n\nDeux {#rapport/17 #rapport/16}\n\n- Trois {#nulle-part}' }, token)
    expect([unknown.status, (await unknown.json()).errors]).toMatchObject([422, [{ field: 'markdown.line-3', reason: 'unknown-reference' }, { field: 'markdown.line-5' }]])
    expect(await notesOf(id)).toBeNull()
  })

  test('are taken as Markdown too, and the edition is given back so', async () => {
    const [{ slug }, token] = [await anEvent(), await aToken()]
    const request = new Request('http://localhost/', { method: 'PUT', headers: { authorization: `Bearer ${token}`, 'content-type': 'text/markdown; charset=utf-8' }, body: 'Les données d’abord. {#rapport/16}' })
    expect((await notesDoor.PUT(request, { params: Promise.resolve({ slug }) })).status).toBe(200)
    expect((await knock(markdownDoor, '/', { params: { slug } })).status).toBe(404)
    must(await publishNotes(house, slug, { authors: 'Camille Duval', visibility: 'registered' }))
    expect((await knock(markdownDoor, '/', { params: { slug } })).status).toBe(404)
    const read = await knock(markdownDoor, '/', { params: { slug }, token })
    expect([read.headers.get('content-type'), await read.text()]).toEqual(['text/markdown; charset=utf-8', 'Les données d’abord. {#rapport/16}\n'])
  })
})
