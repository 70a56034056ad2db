import { expect, test } from '@playwright/test'
import { crash } from '@/tests/support/crash'

// No browser: the real program with a Postgres of its own. `npm run bench -- --crash` is the long form.
test.setTimeout(180_000)

test('killed with its Postgres while people register, the program keeps every yes and every letter', async () => {
  const report = await crash({ people: 120, kills: 2, seed: Date.now(), hurry: true })
  process.stdout.write(`${JSON.stringify({ ...report, violations: undefined })}\n`)
  expect(report).toMatchObject({ missing: [], unreached: [], needless: [], twice: [], violations: '', kills: 2 })
  expect(report.answered).toBeGreaterThan(60)
  expect(report.confirmed).toBeLessThanOrEqual(report.seats)
  expect(report.seconds).toBeLessThan(120)
})
