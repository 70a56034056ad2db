import { Validator } from '@seriousme/openapi-schema-validator'
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { z } from 'zod'
import * as healthDoor from '@/app/api/health/route'
import * as notesDoor from '@/app/api/v1/events/[slug]/notes/route'
import * as coverageDoor from '@/app/api/v1/reports/[slug]/coverage/route'
import * as reportDoor from '@/app/api/v1/reports/[slug]/route'
import * as reportsDoor from '@/app/api/v1/reports/route'
import * as descriptionDoor from '@/app/api/v1/openapi.json/route'
import { examples } from '@/app/api/v1/examples'
import { openapi } from '@/app/api/v1/openapi'
import * as shapes from '@/app/api/v1/shapes'
import * as metricsDoor from '@/app/metrics/route'
import { completeConfig, config } from '@/lib/config'
import { setClock } from '@/lib/clock'
import { discussedBody } from '@/lib/coverage/schema'
import { callOffInput, eventInput, eventPatch } from '@/lib/events/schema'
import { fromMarkdown } from '@/lib/notes/markdown'
import { publishNotes } from '@/lib/notes/publish'
import { saveNotes } from '@/lib/notes/save'
import { registrationInput } from '@/lib/registrations/schema'
import { importReport } from '@/lib/reports/import-report'
import { tellHealth } from '@/lib/health'
import { aToken, knock } from '@/tests/support/doors'
import { anEvent, house, must, signUp } from '@/tests/support/events'

beforeEach(() => setClock(new Date('2026-11-23T08:00:00Z')))
afterEach(() => setClock(null))

const ia = 'ia-notre-ambition-pour-la-france'
const bringIn = async () => must(await importReport(house, JSON.parse(readFileSync(`prisma/data/reports/${ia}.json`, 'utf8'))))

describe('the description', () => {
  test('is OpenAPI 3.1 to a validator that is not ours', async () => {
    const said = await (await knock(descriptionDoor, '/api/v1/openapi.json')).json()
    const validator = new Validator()
    expect(await validator.validate(said)).toEqual({ valid: true })
    expect(validator.version).toBe('3.1')
  })

  test('has every address that there is, with the methods it answers', async () => {
    const doors = globSync('app/api/v1/**/route.ts').filter((file) => !/missing|openapi/.test(file))
    const found = await Promise.all(
      doors.map(async (file) => {
        const route = (await import(/* @vite-ignore */ resolve(file))) as { OPTIONS: () => Promise<Response> }
        const allowed = (await route.OPTIONS()).headers.get('allow') ?? ''
        return [`/${file.replace('app/', '').replace('/route.ts', '').replace('[slug]', '{slug}')}`, allowed.toLowerCase().split(', ').filter((one) => one !== 'head' && one !== 'options').sort()]
      }),
    )
    const said = Object.entries(openapi('').paths).map(([path, item]) => [path, Object.keys(item).filter((key) => key !== 'parameters').sort()])
    expect(Object.fromEntries(said)).toEqual(Object.fromEntries(found))
  })

  test('names in every place something that is there', () => {
    const said = openapi('http://localhost:3000')
    for (const [, kind, name] of JSON.stringify(said).matchAll(/"#\/components\/(\w+)\/(\w+)"/g)) {
      expect(said.components).toHaveProperty([kind, name])
    }
    expect(JSON.stringify(said.components.schemas)).toContain('"maxLength":140')
  })

  test('gives each operation a name of its own and every failure a problem', () => {
    const operations = Object.values(openapi('').paths).flatMap((path) => Object.entries(path).filter(([method]) => method !== 'parameters').map(([, operation]) => operation as { operationId: string; responses: object }))
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length)
    for (const { responses } of operations) expect(Object.keys(responses)).toEqual(expect.arrayContaining(['405', '500', '503']))
  })

  test.each(Object.keys(examples))('shows an example of %s that its schema takes', (name) => {
    const inputs: Record<string, z.ZodType> = { EventInput: eventInput, EventPatch: eventPatch, CallOffInput: callOffInput, RegistrationInput: registrationInput, DiscussedInput: discussedBody }
    const outputs: Record<string, z.ZodType> = { Event: shapes.event.strict(), EventList: shapes.eventList, Registered: shapes.registered, Discussed: shapes.discussed, Problem: shapes.problem.strict() }
    expect((inputs[name] ?? outputs[name]).safeParse(examples[name]).error).toBeUndefined()
  })
})

describe('reports', () => {
  test('are listed, and one says its recommendations and the themes it is read by', async () => {
    await bringIn()
    const list = await (await knock(reportsDoor, '/api/v1/reports')).json()
    expect(shapes.reportList.parse(list)).toEqual(list)
    expect(list.data).toMatchObject([{ slug: ia, publishedOn: '2024-03-13', recommendationCount: 25 }])
    const said = await (await knock(reportDoor, '/', { params: { slug: ia } })).json()
    expect(shapes.report.strict().parse(said)).toEqual(said)
    expect(said.recommendations).toHaveLength(25)
    expect(said.recommendations[0]).toMatchObject({ number: 1, official: true, language: 'fr', title: expect.stringMatching(/\w{4}/) })
    expect(said.pdf).toMatch(/\.pdf$/)
    expect(said.themes).toHaveLength(6)
    expect((await knock(reportDoor, '/', { params: { slug: 'nothing' } })).status).toBe(404)
  })

  test('say what of them has been discussed, and the notes of a session are found', async () => {
    await bringIn()
    const { slug } = await anEvent({ recommendations: [{ report: ia, number: 16 }] })
    setClock(new Date('2027-01-15T08:00:00Z'))
    must(await saveNotes(house, slug, { document: fromMarkdown(`## Ce qui a été dit\n\nLes données d’abord. {#${ia}/16}`), revision: 0 }))
    must(await publishNotes(house, slug, { authors: 'Camille Duval', visibility: 'all' }, { at: new Date('2027-01-15T08:00:00Z') }))

    const covered = await (await knock(coverageDoor, '/', { params: { slug: ia } })).json()
    const sixteen = covered.recommendations.find(({ number }: { number: number }) => number === 16)
    expect(sixteen).toMatchObject({ depth: 'minuted', eventCount: 1, passageCount: 1, events: [{ state: 'to-confirm' }], notCounted: [], passages: [{ text: 'Les données d’abord.', edition: 1 }] })
    expect(sixteen.passages[0].url).toMatch(/\/restitution#p-/)
    expect(covered.themes).toHaveLength(6)
    expect((await knock(coverageDoor, '/', { params: { slug: 'nothing' } })).status).toBe(404)

    const notes = await (await knock(notesDoor, '/', { params: { slug } })).json()
    expect(shapes.notes.strict().parse(notes)).toEqual(notes)
    expect(notes).toMatchObject({ edition: 1, passages: [{ text: 'Les données d’abord.', recommendations: [{ report: ia, number: 16 }] }] })
  })

  test('notes for organisers are read with a token alone', async () => {
    const { slug } = await anEvent()
    expect((await knock(notesDoor, '/', { params: { slug } })).status).toBe(404)
    setClock(new Date('2027-01-15T08:00:00Z'))
    must(await saveNotes(house, slug, { document: fromMarkdown('Entre nous.'), revision: 0 }))
    must(await publishNotes(house, slug, { authors: 'Camille Duval', visibility: 'organisers' }))
    expect((await knock(notesDoor, '/', { params: { slug } })).status).toBe(404)
    expect((await knock(notesDoor, '/', { params: { slug }, token: await aToken() })).status).toBe(200)
  })
})

describe('those who watch', () => {
  test('hear that all is well, or which part is not', async () => {
    tellHealth(() => ({ worker: true, mail: true }))
    const well = await knock(healthDoor, '/api/health')
    expect([well.status, await well.json()]).toEqual([200, { status: 'ok', database: 'ok', worker: 'ok', mail: 'ok' }])
    expect(well.headers.get('cache-control')).toBe('no-store')
    tellHealth(() => ({ worker: true, mail: false }))
    const ill = await knock(healthDoor, '/api/health')
    expect([ill.status, await ill.json()]).toEqual([503, { status: 'failing', database: 'ok', worker: 'ok', mail: 'failing' }])
    tellHealth(undefined)
  })

  test('read figures with the token of the settings, and find nothing without', async () => {
    const { slug } = await anEvent()
    must(await signUp(slug, 'anne@theatre.example'))
    const figures = (token?: string) => knock(metricsDoor, '/metrics', { token })
    expect((await figures('whatever-is-guessed')).status).toBe(404)
    vi.stubEnv('METRICS_TOKEN', 'a-token-for-figures')
    completeConfig({ databaseUrl: config().databaseUrl, authSecret: config().authSecret })
    expect((await figures()).status).toBe(404)
    expect((await figures('whatever-is-guessed')).status).toBe(404)
    const text = await (await figures('a-token-for-figures')).text()
    expect(text).toContain('parlons_en_registrations{status="confirmed"} 1')
    expect(text).toContain('parlons_en_letters{status="queued"} 1')
    for (const line of text.trimEnd().split('\n')) expect(line).toMatch(/^(# (HELP|TYPE) \w+ .+|\w+(\{\w+="\w+"\})? \d+)$/)
    vi.unstubAllEnvs()
    completeConfig({ databaseUrl: config().databaseUrl, authSecret: config().authSecret })
  })
})
