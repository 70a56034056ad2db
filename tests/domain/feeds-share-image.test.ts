import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import * as imageDoor from '@/app/[locale]/(public)/events/[slug]/share-image/route'
import { setClock } from '@/lib/clock'
import { callOff } from '@/lib/events/call-off'
import { edit } from '@/lib/events/edit'
import { eventPatch } from '@/lib/events/schema'
import { type Call, knock } from '@/tests/support/doors'
import { aDraft, anEvent, house, must } from '@/tests/support/events'

beforeEach(() => setClock(new Date('2026-11-23T08:00:00Z')))
afterEach(() => setClock(null))

const image = (slug: string, locale = 'fr', call: Call = {}) => knock(imageDoor, `/rendez-vous/${slug}/image`, { params: { slug, locale }, ...call })

/** Width and height of a PNG, from its header (PNG section 11.2.2). */
function sizeOf(png: ArrayBuffer) {
  const octets = Buffer.from(png)
  expect(octets.subarray(1, 4).toString()).toBe('PNG')
  return [octets.readUInt32BE(16), octets.readUInt32BE(20)]
}

describe('an event’s share image', () => {
  test('is drawn at the size that others expect, in either language, and asked again when the event changes', async () => {
    const { slug } = await anEvent()
    const response = await image(slug)
    expect(response.headers.get('content-type')).toBe('image/png')
    expect(sizeOf(await response.arrayBuffer())).toEqual([1200, 630])
    const etag = response.headers.get('etag') ?? ''
    expect((await image(slug, 'fr', { headers: { 'If-None-Match': etag } })).status).toBe(304)
    expect((await image(slug, 'en', { headers: { 'If-None-Match': etag } })).status).toBe(200)
    must(await edit(house, slug, eventPatch.parse({ title: 'Un autre titre' })))
    expect((await image(slug, 'fr', { headers: { 'If-None-Match': etag } })).status).toBe(200)
    const head = await image(slug, 'fr', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  test('never asks anybody else for a character, whatever the title holds', async () => {
    const asked = vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error('No request may leave'))
    for (const title of ['Москва 🎭 東京 עברית', 'œuvre : « l’IA » ? – Łódź, Ōsaka, Ǻ…', 'x'.repeat(140), 'ﷺ 𝕏']) {
      const { slug } = await anEvent({ title, startsAt: '2027-05-01', endsAt: '2027-05-03', mode: 'hybrid', venue: { name: 'Théâtre du Contre-jour', city: 'Nantes' } })
      const png = await (await image(slug)).arrayBuffer()
      expect(sizeOf(png)).toEqual([1200, 630])
    }
    expect(asked).not.toHaveBeenCalled()
  })

  test('is there for what was called off, not for a draft or for nothing', async () => {
    const { slug } = await anEvent()
    must(await callOff(house, slug))
    expect((await image(slug)).status).toBe(200)
    for (const none of [(await aDraft()).slug, 'nothing', 'a\u0000b', '%E0']) expect((await image(none)).status).toBe(404)
  })
})
