import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))

const quiet = 'tests/support/quiet.ts'
const onDatabase = {
  globalSetup: ['tests/support/database.ts'],
  setupFiles: [quiet, 'tests/support/own-database.ts'],
  pool: 'forks' as const,
  // It imports files of Next without their ending, which Node alone does not find.
  server: { deps: { inline: ['next-intl'] } },
  testTimeout: 20_000,
  hookTimeout: 30_000,
}

export default defineConfig({
  resolve: { alias: { '@': root.replace(/\/$/, '') } },
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'rules',
          include: ['tests/rules/**/*.test.{ts,tsx}', 'tests/architecture.test.ts'],
          setupFiles: [quiet],
          testTimeout: 20_000,
        },
      },
      { extends: true, test: { name: 'domain', include: ['tests/domain/**/*.test.{ts,tsx}'], ...onDatabase } },
      // A race needs the machine for itself: one file after the other, when all else is done.
      {
        extends: true,
        test: {
          name: 'races',
          include: ['tests/races/**/*.test.ts'],
          ...onDatabase,
          fileParallelism: false,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
        },
      },
    ],
  },
})
