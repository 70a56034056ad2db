import { fork } from 'node:child_process'
import { readFileSync } from 'node:fs'
import * as feedsDoor from '@/app/feeds/[...path]/route'
import { childVariables, config } from '@/lib/config'
import { db } from '@/lib/db'
import { importReport } from '@/lib/reports/import-report'
import { createSeries } from '@/lib/series/create'
import { type Call, knock } from './doors'
import { anEvent, house, must } from './events'
import type { Asked, Told } from './feed-process'

/** A feed as this process answers it: `feed('series/cafe.ics?lang=en')`. */
export const feed = (path: string, call: Call = {}) => knock(feedsDoor, `/feeds/${path}`, { params: { path: path.split('?')[0].split('/') }, ...call })

/** Another process of ours on the same database, begun anew; one question at a time. */
export async function anotherProcess() {
  const child = fork('tests/support/feed-process.ts', [], {
    execArgv: ['--import', 'tsx'],
    env: childVariables({ DATABASE_URL: config().databaseUrl, AUTH_SECRET: config().authSecret }),
  })
  let waiting: PromiseWithResolvers<unknown> | undefined
  child.on('message', (told) => waiting?.resolve(told))
  child.on('exit', () => waiting?.reject(new Error('The other process ended')))
  const next = () => (waiting = Promise.withResolvers()).promise
  await next()
  return {
    async get(path: string, more: Omit<Asked, 'path'> = {}) {
      const told = next()
      child.send({ path, ...more } satisfies Asked)
      return (await told) as Told
    },
    stop: () => new Promise<void>((resolve) => void child.once('exit', () => resolve()).disconnect()),
  }
}

const report = 'ia-notre-ambition-pour-la-france'

/** A report, a format and an event that stands in each kind of feed; the paths of these, without their ending. */
export async function aSeason() {
  must(await importReport(house, JSON.parse(readFileSync(`prisma/data/reports/${report}.json`, 'utf8'))))
  must(await createSeries(house, { nature: 'format', slug: 'cafe-tmnlab', nameFr: 'Café TMNlab', nameEn: 'TMNlab Café' }))
  const { slug: theme } = await db.theme.findFirstOrThrow({ orderBy: { slug: 'asc' } })
  const event = await anEvent({
    title: 'Théâtre et données', summary: 'Une heure.', mode: 'in-person', venue: { name: 'La Criée', city: 'Marseille', address: '30 quai de Rive-Neuve' },
    themes: [theme], format: 'cafe-tmnlab', recommendations: [{ report, number: 16 }],
  })
  return { event, theme, paths: ['events', 'series/cafe-tmnlab', `themes/${theme}`, `reports/${report}/16`, `events/${event.slug}`] }
}
