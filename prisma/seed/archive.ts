import { system } from '@/lib/actor'
import { addSpeakers } from '@/lib/events/add-speakers'
import { create } from '@/lib/events/create'
import { publish } from '@/lib/events/publish'
import { eventInput } from '@/lib/events/schema'
import { importReport } from '@/lib/reports/import-report'
import { createSeries } from '@/lib/series/create'
import { seriesInput } from '@/lib/series/schema'
import { filesOf, readData, told } from './read'

const archivist = system('archive')

type Session = { event: unknown; origin: { source: string; sourceNote: string; restitutionUrl?: string; restitutionOn?: string } }

/**
 * The real past, each thing with its public source. What is unknown stays so: an hour nobody wrote down is none, and
 * sessions whose day we do not know are not here at all. What we inferred (links from sessions and themes to
 * recommendations) is marked as such.
 *
 * TMNlab's reading of 13 March 2024 is linked by the page of that day on its site, because the exact address of the
 * article is not known to us.
 */
export async function tellArchive() {
  for (const file of filesOf('reports')) await told(file, importReport(archivist, readData(file)))
  for (const series of readData<unknown[]>('series.json')) await told('series.json', createSeries(archivist, seriesInput.parse(series)))
  await told('speakers.json', addSpeakers(archivist, readData('speakers.json')))
  for (const session of readData<Session[]>('sessions.json')) await tellSession(session)
}

/** Past sessions are put on the agenda like any other: nobody is registered, so nobody is written to. */
async function tellSession({ event, origin: { restitutionOn, ...origin } }: Session) {
  const input = eventInput.parse(event)
  const published = restitutionOn ? { restitutionOn: new Date(`${restitutionOn}T00:00:00Z`) } : {}
  const { slug } = await told(input.title, create(archivist, input, { ...origin, ...published }))
  await told(slug, publish(archivist, slug))
}
