import { expect, test } from 'vitest'
import { db } from '@/lib/db'
import { addRecommendation } from '@/lib/reports/edit-recommendation'
import { createReport } from '@/lib/reports/edit-report'
import { house, must } from '@/tests/support/events'

test('a recommendation that was refused is not there', async () => {
  must(await createReport(house, { title: 'Un rapport', publisher: 'Un service', publishedOn: '2025', language: 'fr', url: 'https://rapport.example/' }))
  const sent = { number: 1, wordings: [{ language: 'fr', text: 'Parler.', official: true }], themes: ['nulle-part'] }
  expect(await addRecommendation(house, 'un-rapport', sent)).toMatchObject({ fields: [{ field: 'themes', reason: 'unknown' }] })
  expect(await db.recommendation.count()).toBe(0)
})
