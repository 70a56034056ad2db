import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { stripVTControlCharacters } from 'node:util'
import { childVariables, noVariables } from '@/lib/config'
import { build, prepareClient } from '@/server/prepare'

const REPORTS = 'test-results'
/** What is side by side needs one core each and nothing of the other. */
const TURNS = [['lint', 'types'], ['vitest'], ['build'], ['browser']] as const
const SECTIONS = TURNS.flat()

interface Count {
  passed: number
  failed: number
  /** Said again at the end, where whoever sees only the last lines finds them. */
  why?: string[]
}
type Section = () => Promise<Count>

/**
 * Everything we promise, in one run: lint, types, vitest, the build, the browser. With names of sections, only
 * those. The last line is `N passed, N failed`; resolves to the exit code.
 */
export async function run(wanted: string[]) {
  const unknown = wanted.find((name) => !SECTIONS.some((section) => section === name))
  if (unknown) throw new Error(`There is no section "${unknown}": say ${SECTIONS.join(', ')}, or nothing for all.`)
  rmSync(REPORTS, { recursive: true, force: true })
  mkdirSync(REPORTS, { recursive: true })
  await prepareClient()

  const total = { passed: 0, failed: 0, why: [] as string[] }
  for (const together of TURNS) {
    const names = together.filter((name) => wanted.length === 0 || wanted.includes(name))
    for (const count of await Promise.all(names.map((name) => timed(name, sections[name])))) {
      total.passed += count.passed
      total.failed += count.failed
      total.why.push(...(count.why ?? []))
    }
  }
  for (const reason of total.why.slice(0, 20)) console.log(`FAILED ${reason}`)
  console.log(`${total.passed} passed, ${total.failed} failed`)
  return total.failed === 0 && total.passed > 0 ? 0 : 1
}

const sections: Record<(typeof TURNS)[number][number], Section> = {
  lint: async () => one(await node('node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0')),
  types: async () => {
    const routes = await node('node_modules/next/dist/bin/next', 'typegen')
    return one(routes === 0 ? await node('node_modules/typescript/bin/tsc', '--noEmit') : routes)
  },
  vitest: async () => {
    const file = `${REPORTS}/vitest.json`
    const words = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const code = await node('node_modules/vitest/vitest.mjs', ...words)
    return counted(file, code, (report: VitestReport) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      why: report.testResults.flatMap(({ assertionResults }) => assertionResults.filter(({ status }) => status === 'failed').map((one) => reason(one.fullName, one.failureMessages[0]))),
    }))
  },
  build: async () => {
    try {
      await build()
      return one(0)
    } catch (error) {
      console.error(error instanceof Error ? error.message : error)
      return one(1)
    }
  },
  browser: async () => {
    const file = `${REPORTS}/browser.json`
    const code = await node('node_modules/@playwright/test/cli.js', 'test', '--pass-with-no-tests')
    return counted(file, code, ({ stats, suites }: BrowserReport) => ({
      passed: stats.expected,
      failed: stats.unexpected + stats.flaky,
      why: suites.flatMap(specsOf).filter(({ ok }) => !ok).map(({ title, tests }) => reason(title, tests[0]?.results.at(-1)?.error?.message)),
    }))
  },
}

interface VitestReport {
  numPassedTests: number
  numFailedTests: number
  testResults: { assertionResults: { status: string; fullName: string; failureMessages: string[] }[] }[]
}
interface Suite {
  suites?: Suite[]
  specs: { title: string; ok: boolean; tests: { results: { error?: { message?: string } }[] }[] }[]
}
interface BrowserReport {
  stats: { expected: number; unexpected: number; flaky: number }
  suites: Suite[]
}

const specsOf = (suite: Suite): Suite['specs'] => [...suite.specs, ...(suite.suites ?? []).flatMap(specsOf)]

/** A test's name and the beginning of what was wrong. */
const reason = (name: string, said = '') => `${name}: ${stripVTControlCharacters(said).replace(/\s+/g, ' ').slice(0, 400)}`

async function timed(name: string, section: Section) {
  const begun = performance.now()
  console.log(`\n── ${name}`)
  const count = await section()
  console.log(`── ${name}: ${count.passed} passed, ${count.failed} failed, ${((performance.now() - begun) / 1000).toFixed(0)} s`)
  return count
}

/** Runs a program with none of our variables set: a machine's own settings must not decide what a test says. */
function node(...words: string[]) {
  const env = childVariables({ ...noVariables(), NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: undefined })
  const child = spawn(process.execPath, words, { stdio: 'inherit', env })
  return new Promise<number>((resolve) => {
    child.on('error', () => resolve(1))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

/** A runner that fails as a whole (a file that does not load, a server that does not start) has failed once more. */
function counted<Report>(file: string, code: number, read: (report: Report) => Count): Count {
  const count = existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8')) as Report) : { passed: 0, failed: 0 }
  return code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
}

function one(code: number): Count {
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }
}
