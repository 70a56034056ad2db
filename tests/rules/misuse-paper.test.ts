import { expect, it } from 'vitest'
import { fromMarkdown } from '@/lib/notes/markdown'
import { editionPdf } from '@/lib/notes/pdf'
import { bytesOf } from '@/lib/pdf'

it('a word without end is on paper in its time, and holds nobody up meanwhile', async () => {
  const facts = {
    title: 'T', language: 'fr', locale: 'fr', day: 'x', authors: 'x', number: 1, publishedOn: 'x', changes: null, licence: { name: 'x', href: null },
    address: 'https://x.example/1', marks: new Map<string, never>(), editions: [], demonstration: false, house: 'x',
  } as const
  const began = performance.now()
  await bytesOf(await editionPdf({ ...facts, editions: [], document: fromMarkdown('a'.repeat(300_000)) }))
  expect(performance.now() - began).toBeLessThan(5_000)
})
