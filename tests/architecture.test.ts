import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { ESLint } from 'eslint'
import { describe, expect, test } from 'vitest'

const { ORDER } = (await import('@/eslint.config.mjs' as string)) as { ORDER: string[] }
const CODE = /\.(ts|tsx|mjs|js|css)$/
const HANDWRITTEN = ['app', 'i18n', 'lib', 'emails', 'server', 'tests', 'prisma', 'bench', 'messages']
const files = HANDWRITTEN.flatMap(walk).filter((path) => !path.startsWith('lib/generated/'))
const source = (path: string) => readFileSync(path, 'utf8')

describe('the house', () => {
  test('has no other part of the business than those of the order', () => {
    const folders = readdirSync('lib', { withFileTypes: true }).filter((entry) => entry.isDirectory())
    expect(folders.map(({ name }) => name).filter((name) => name !== 'generated' && !ORDER.includes(name))).toEqual([])
  })

  test('names no file index, utils, helpers, service, manager, types or constants', () => {
    const vague = /\/(index|utils?|helpers?|services?|managers?|types|constants|common|misc)\.(ts|tsx|mjs)$/
    expect(files.filter((path) => vague.test(`/${path}`) && path !== 'emails/index.ts')).toEqual([])
  })

  test('keeps folders of lib flat, with lower-case words in the file names', () => {
    const inDomains = files.filter((path) => /^lib\/[^/]+\//.test(path))
    expect(inDomains.filter((path) => !/^lib\/[a-z]+\/[a-z0-9]+(-[a-z0-9]+)*\.ts$/.test(path))).toEqual([])
  })

  test('has at most 400 lines in any file written by hand', () => {
    const long = files.filter((path) => CODE.test(path) && source(path).split('\n').length > 401)
    expect(long).toEqual([])
  })

  test('reads variables in lib/config.ts alone', () => {
    const readers = files.filter((path) => /^(app|i18n|lib|emails)\//.test(path) || /^server\/.*\.ts$/.test(path))
    expect(readers.filter((path) => path !== 'lib/config.ts' && /process\.env\b/.test(withoutComments(source(path))))).toEqual([])
  })

  test('asks the time of lib/clock.ts alone', () => {
    const reading = /new Date\(\)|Date\.now\(\)/
    const tellers = files.filter((path) => /^(app|lib|emails)\/.*\.tsx?$/.test(path) && !['lib/clock.ts', 'lib/log.ts'].includes(path))
    expect(tellers.filter((path) => reading.test(withoutComments(source(path))))).toEqual([])
  })

  test('silences no checker', () => {
    const silenced = /@ts-(ignore|nocheck|expect-error)|eslint-disable|\bas any\b|:\s*any\b/
    const guilty = files.filter((path) => /\.tsx?$/.test(path) && path !== 'tests/architecture.test.ts' && silenced.test(source(path)))
    expect(guilty).toEqual([])
  })
})

describe('a model', () => {
  const owners = ownersOfModels()

  test('belongs to a domain, to a tool, or to the house', () => {
    const isOwner = (name: string) => ORDER.includes(name) || existsSync(`lib/${name}.ts`) || name === 'base'
    expect([...owners.values()].filter((name) => !isOwner(name))).toEqual([])
  })

  test('is written by its owner alone', () => {
    const breaches: string[] = []
    for (const path of files.filter((one) => /^(lib|app|emails|server)\/.*\.tsx?$/.test(one))) {
      const place = /^lib\/([^/]+?)(\/|\.ts$)/.exec(path)?.[1]
      for (const model of modelsWritten(withoutComments(source(path)), [...owners.keys()])) {
        const owner = owners.get(model)
        const may = owner === place || (owner === 'base' && ['installation', undefined].includes(place))
        if (!may) breaches.push(`${path} writes ${model}, which belongs to ${owner}`)
      }
    }
    expect(breaches).toEqual([])
  })

  test.each([
    ['await tx.event.update({ where })', ['Event']],
    ['db.person.upsert({})', ['Person']],
    ['INSERT INTO "Registration" (id)', ['Registration']],
    ['UPDATE "Event" SET taken = 1', ['Event']],
    ['DELETE FROM "Letter"', ['Letter']],
    ['db.event.findMany()', []],
    ['SELECT 1 FROM "Event" FOR UPDATE', []],
  ])('is seen to be written, or not, in `%s`', (code, models) => {
    expect(modelsWritten(code, ['Event', 'Person', 'Registration', 'Letter'])).toEqual(models)
  })
})

describe('the screens', () => {
  const rooms = new Set(['fr', 'en'].flatMap((locale) => readdirSync(`messages/${locale}`)))

  test.each([...rooms])('say the same things in French and in English: %s', (room) => {
    expect(keysOf(`messages/en/${room}`)).toEqual(keysOf(`messages/fr/${room}`))
  })
})

describe('the lint', () => {
  const eslint = new ESLint()

  test.each([
    ['lib/events/publish.ts', "import '@/lib/registrations/register'", 'imports only earlier domains'],
    ['lib/jobs/enqueue.ts', "import '@/lib/mail/post'", 'imports only earlier domains'],
    ['lib/text.ts', "import '@/lib/events/rules'", 'about no domain'],
    ['lib/events/rules.ts', "import 'react'", 'knows no framework'],
    ['lib/events/rules.ts', "import '@/app/_ui/button'", 'how people reach us'],
    ['lib/events/rules.ts', "import '../clock'", 'never "../"'],
    ['lib/events/letters.ts', "import '@/emails/layout'", 'Only lib/mail renders'],
    ['lib/events/letters.ts', "import 'nodemailer'", 'Only lib/mail sends'],
    ['lib/events/publish.ts', "import 'pg-boss'", 'Only lib/jobs'],
    ['emails/layout.tsx', "import '@/lib/events/queries'", 'only tools'],
    ['app/[locale]/page.tsx', "import '@/lib/events/publish'", 'A page reads, an action acts'],
    ['app/[locale]/page.tsx', "import '@/lib/db'", 'touches no database'],
    ['app/[locale]/page.tsx', "import 'next-auth'", 'Only app/_session'],
    ['app/[locale]/actions.ts', "import 'next-auth/jwt'", 'Only app/_session'],
    ['app/api/v1/events/route.ts', "import '@/emails/layout'", 'Only lib/mail renders'],
  ])('refuses in %s: %s', async (filePath, code, sentence) => {
    const [result] = await eslint.lintText(`${code}\n`, { filePath })
    expect(result.messages.map(({ message }) => message).join('\n')).toContain(sentence)
  })

  test.each([
    ['lib/registrations/register.ts', "import '@/lib/events/queries'"],
    ['lib/worker/handlers.ts', "import '@/lib/privacy/erase'"],
    ['lib/mail/send.ts', "import 'nodemailer'\nimport '@/emails/layout'"],
    ['lib/db.ts', "import '@/lib/generated/prisma/client'"],
    ['app/[locale]/page.tsx', "import '@/lib/events/queries'"],
    ['app/[locale]/actions.ts', "import '@/lib/events/publish'"],
    ['app/_session/options.ts', "import 'next-auth'"],
  ])('allows in %s: %s', async (filePath, code) => {
    const [result] = await eslint.lintText(`${code}\n`, { filePath })
    expect(result.messages).toEqual([])
  })
})

function walk(directory: string): string[] {
  try {
    return readdirSync(directory).flatMap((name) => {
      const path = join(directory, name)
      return statSync(path).isDirectory() ? walk(path) : [path]
    })
  } catch {
    return []
  }
}

function ownersOfModels() {
  const found = new Map<string, string>()
  for (const name of readdirSync('prisma/schema')) {
    for (const [, model] of source(`prisma/schema/${name}`).matchAll(/^model (\w+) \{/gm)) found.set(model, name.split('.')[0])
  }
  return found
}

function modelsWritten(code: string, models: string[]) {
  return models.filter((model) => {
    const property = model[0].toLowerCase() + model.slice(1)
    const call = new RegExp(`\\.${property}\\s*\\.\\s*(create|createMany|createManyAndReturn|update|updateMany|updateManyAndReturn|delete|deleteMany|upsert)\\s*\\(`)
    const statement = new RegExp(`\\b(INSERT\\s+INTO|UPDATE|DELETE\\s+FROM|TRUNCATE)\\s+(ONLY\\s+)?"${model}"`, 'i')
    return call.test(code) || statement.test(code)
  })
}

function withoutComments(code: string) {
  return code.replace(/\/\*[^]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

function keysOf(path: string) {
  const flatten = (value: unknown, at: string): string[] =>
    typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([key, one]) => flatten(one, `${at}.${key}`)) : [at]
  return flatten(JSON.parse(source(path)), '').sort()
}
