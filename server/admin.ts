import { readFile } from 'node:fs/promises'
import { system } from '@/lib/actor'
import { db } from '@/lib/db'
import { createToken } from '@/lib/people/create-token'
import { appoint } from '@/lib/people/appoint'
import { importReport } from '@/lib/reports/import-report'
import { check } from '@/lib/worker/check'
import { doctor } from './doctor'
import { sayImportRefusals } from './import-refusals'
import { Sentence } from './sentence'

const actor = system('command line')

const COMMANDS: Record<string, { usage: string; words: number; more?: number; run: (...words: string[]) => Promise<number> }> = {
  organiser: { usage: 'organiser <email>', words: 1, run: (email) => appointTo(email, 'organiser') },
  admin: { usage: 'admin <email>', words: 1, run: (email) => appointTo(email, 'admin') },
  token: { usage: 'token <email> <name>', words: 2, run: printToken },
  'import-report': { usage: 'import-report <file>', words: 1, run: loadReport },
  check: { usage: 'check', words: 0, run: printViolations },
  doctor: { usage: 'doctor [<email>] [--selector <name>]', words: 0, more: 3, run: (...words) => doctor(words) },
}

/** `npm run admin -- <command>`. Resolves to the exit code. */
export async function admin([name = '', ...words]: string[]) {
  const command = COMMANDS[name]
  if (!command || words.length < command.words || words.length > command.words + (command.more ?? 0)) {
    const usages = Object.values(COMMANDS).map(({ usage }) => `  npm run admin -- ${usage}`)
    throw new Sentence(['What is asked for is one of:', ...usages].join('\n'))
  }
  try {
    return await command.run(...words)
  } finally {
    await db.$disconnect()
  }
}

async function appointTo(email: string, role: 'organiser' | 'admin') {
  const outcome = await appoint(actor, { email, role })
  if (!outcome.ok) throw new Sentence(`"${email}" was refused: ${outcome.reason}.`)
  console.log(`${email} is ${role === 'admin' ? 'an admin' : 'an organiser'} now.`)
  return 0
}

/** The token stands alone on the last line and is shown this once: only its hash is kept. */
async function printToken(email: string, name: string) {
  const outcome = await createToken(actor, { email, name })
  if (!outcome.ok) throw new Sentence(`No token for "${email}": ${outcome.reason}.`)
  console.log(`A token for ${email}, shown this once:`)
  console.log(outcome.value.token)
  return 0
}

async function loadReport(file: string) {
  const outcome = await importReport(actor, await readJson(file))
  if (outcome.ok) {
    console.log(`Loaded ${outcome.value.slug}, ${outcome.value.recommendations} recommendations.`)
    return 0
  }
  for (const sentence of outcome.fields ? sayImportRefusals(outcome.fields) : [`${file}: ${outcome.reason}`]) console.error(sentence)
  return 1
}

async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new Sentence(`${file} cannot be read as JSON: ${(error as Error).message}.`)
  }
}

/** Violations alone go to stdout, where a program reads them. */
async function printViolations() {
  const violations = await check()
  for (const violation of violations) console.log(violation)
  if (violations.length === 0) console.error('Nothing wrong was found.')
  return violations.length === 0 ? 0 : 1
}
