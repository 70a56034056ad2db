import { defineConfig } from '@playwright/test'
import { findChromium } from './tests/support/chromium'

const { executablePath, env } = await findChromium()
const isRoot = process.getuid?.() === 0

const rush = /\/http-rush\.spec\.ts$/
const ownHouses = /\/(answers|crash|http-(empty|feeds|hostile|letters)|live-notes|start)\.spec\.ts$/

export default defineConfig({
  testDir: 'tests/e2e',
  globalSetup: './tests/support/browser.ts',
  // Two lines side by side: the tests that share the season and its letters, one after the other, and those that open
  // houses of their own.
  workers: 2,
  fullyParallel: false,
  projects: [
    { name: 'season', testIgnore: [ownHouses, rush], workers: 1 },
    { name: 'houses', testMatch: ownHouses, workers: 1 },
    // Two thousand at once need the machine for themselves.
    { name: 'rush', testMatch: rush, workers: 1, dependencies: ['season', 'houses'] },
  ],
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
