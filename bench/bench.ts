import { cpus } from 'node:os'
import { completeConfig } from '@/lib/config'
import { db } from '@/lib/db'
import { runningPostgres } from '@/server/postgres'
import { startApp } from '@/tests/support/app'
import { measureBacklog } from './backlog'
import { feedsToRead, measureBeside, measureChanged } from './feeds'
import { firstLoad } from './first-load'
import { EVENTS, makeLargeSeason, REGISTRATIONS } from './large-season'
import { measureReading, type Read } from './reading'
import { type House, measureRegistering } from './registering'
import { short, table, whole } from './table'

/**
 * Runs the whole program on a season of its own and prints what it measured, beside the floor of the same run; or, when
 * asked, what becomes of people when it is killed (--crash) and when they all come at once (--rush), by a seed or many,
 * and what others notice while notes are written together (--notes).
 * Resolves to the exit code.
 */
export async function bench(words: string[]) {
  const [what, ...more] = words
  const seeds = more.map(Number).filter(Number.isInteger)
  if (what === '--crash' && seeds.length === more.length && more.length < 2) return (await import('./crash')).printCrash(seeds[0] ?? Math.floor(Math.random() * 1e6))
  if (what === '--rush' && seeds.length === more.length) return (await import('./rush')).printRush(seeds)
  if (what === '--notes' && more.length === 0) return (await import('./notes')).printNotes()
  const [isLarge, onlyFeeds] = [words.includes('--large'), words.includes('--feeds')]
  if (words.some((word) => !['--large', '--feeds'].includes(word))) throw new Error(`There is no "${words.join(' ')}": say --large, --feeds, --notes, --crash [seed], --rush [seeds], or nothing.`)
  console.log(`Node ${process.versions.node}, ${cpus().length} × ${cpus()[0]?.model.trim()}. Starting the program on a season of its own …`)
  const app = await startApp({ RATE_LIMITS: 'off', ADMIN_EMAIL: 'bench@example.org' })
  try {
    const databaseUrl = (await runningPostgres(app.dataDir)) ?? ''
    completeConfig({ databaseUrl, authSecret: 'what a bench signs is never looked at again' })
    await app.admin('organiser', 'bench@example.org')
    const { lastLine: token } = await app.admin('token', 'bench@example.org', 'bench')
    const house = { port: app.port, databaseUrl, token }

    const measure = onlyFeeds ? printFeeds : printAll
    await measure('The demonstration season', house)
    if (isLarge) {
      await makeLargeSeason(databaseUrl)
      if (!onlyFeeds) await printCheck(app)
      await measure(`With ${whole(EVENTS)} events and ${whole(REGISTRATIONS)} registrations more`, house)
    }
    if (onlyFeeds) return 0
    await printBacklog(house)
    await printFirstLoad(app.port)
    return 0
  } finally {
    await db.$disconnect()
    await app.stop()
  }
}

/** Every invariant over all these rows, as `npm run admin -- check` looks at them. */
async function printCheck(app: Awaited<ReturnType<typeof startApp>>) {
  const begun = performance.now()
  const { stdout } = await app.admin('check')
  const seconds = ((performance.now() - begun) / 1000).toFixed(1)
  console.log(`\nWith ${whole(EVENTS)} events and ${whole(REGISTRATIONS)} registrations more, check takes ${seconds} s and finds ${stdout.trim() === '' ? 'nothing wrong' : `:\n${stdout}`}`)
}

async function printAll(title: string, house: House) {
  await printReading(title, house.port, await pages(house.port))
  await printFeeds(title, house)
  const registering = await measureRegistering(house)
  console.log(`\n${title}: registering through the API. Registrations a second; the floor is a bare Node server that runs the`)
  console.log('one statement by which we take a seat, and nothing else. Each seat was counted afterwards.\n')
  console.log(table(['', 'floor', 'ours', 'ratio'], registering.map((row) => [row.label, whole(row.floor), whole(row.ours), row.ratio.toFixed(2)])))
}

async function printReading(title: string, port: number, reads: Read[]) {
  const readings = []
  for (const read of reads) readings.push(await measureReading(port, read))
  console.log(`\n${title}: reading what has not changed. Answers a second on 32 connections, brotli; the floor is a bare Node server with`)
  console.log('the same bytes, measured in turns. Last column: milliseconds of one answer that is made anew, for its reader alone (of a feed:')
  console.log('as in a process that has just begun).\n')
  const reading = readings.map((row) => [row.label, short(row.kilobytes), whole(row.floor), whole(row.ours), row.ratio.toFixed(2), row.anew.toFixed(1)])
  console.log(table(['', 'kB', 'floor', 'ours', 'ratio', 'anew'], reading))
}

async function printFeeds(title: string, house: House) {
  const reads = await feedsToRead(house)
  await printReading(`${title}, feeds`, house.port, reads)
  const rows = []
  for (const read of reads.filter(({ unchanged }) => !unchanged)) rows.push([read.label, short(await measureChanged(house, read)), whole(await measureBeside(house, read))])
  console.log(`\n${title}, feeds: milliseconds of the first answer after an event has changed; answers a second while somebody registers`)
  console.log('twenty times a second.\n')
  console.log(table(['', 'changed', 'beside'], rows))
}

async function pages(port: number): Promise<Read[]> {
  const first = async (path: string) => {
    const { data } = (await (await fetch(`http://localhost:${port}${path}`)).json()) as { data: { slug: string }[] }
    return data[0].slug
  }
  const [event, report] = [await first('/api/v1/events'), await first('/api/v1/reports')]
  return [
    { label: 'agenda', path: '/' },
    { label: 'an event', path: `/rendez-vous/${event}` },
    { label: 'a report', path: `/rapports/${report}` },
    { label: 'GET /api/v1/events', path: '/api/v1/events' },
    { label: 'search, a usual word', path: '/api/v1/search?q=archives' },
    { label: 'search, a rare word', path: '/api/v1/search?q=billetterie' },
    { label: 'search, words that all have', path: '/api/v1/search?q=s%C3%A9ance%20beaucoup' },
    { label: 'search, mistyped', path: '/api/v1/search?q=recomandation' },
  ]
}

async function printBacklog(house: House) {
  const { alone, beside, letters, seconds } = await measureBacklog(house, (await pages(house.port))[1].path)
  console.log(`\nAn event's page made anew, asked for forty times a second, alone and while ${whole(letters)} letters are composed and leave`)
  console.log(`(${seconds.toFixed(1)} s, ${whole(letters / seconds)} a second): milliseconds.\n`)
  console.log(table(['', 'median', '95 of 100'], [['alone', short(alone.median), short(alone.p95)], ['beside letters', short(beside.median), short(beside.p95)]]))
}

async function printFirstLoad(port: number) {
  const rows = []
  for (const { label, path } of (await pages(port)).slice(0, 3)) {
    const { html, all, above } = await firstLoad(port, path)
    rows.push([label, short(html), short(all), short(above)])
  }
  console.log('\nThe first load: kB as brotli. An empty Next page loads the same frame of scripts; ours comes on top.\n')
  console.log(table(['', 'HTML', 'scripts', 'of these ours'], rows))
}
