import { defineConfig } from '@playwright/test'
import { findChromium } from './tests/support/chromium'

const { executablePath, env } = await findChromium()
const isRoot = process.getuid?.() === 0

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/support/browser.ts',
  // One browser and one house: the tests share the season and their letters.
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  forbidOnly: true,
  outputDir: 'test-results/browser',
  reporter: [['line'], ['json', { outputFile: 'test-results/browser.json' }]],
  use: {
    actionTimeout: 15_000,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    trace: 'off',
    video: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { executablePath, env: { ...process.env, ...env }, args: isRoot ? ['--no-sandbox'] : [] },
  },
})
