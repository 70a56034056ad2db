import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { tellArchive } from './archive'

const network = { networkName: 'TMNlab', networkUrl: 'https://www.tmnlab.com/' }

/**
 * Loads the data of the first start through the verbs: the real archive, and for `demo` an invented season after it.
 * Once it is done it says so in the Installation, and does nothing a second time.
 */
export async function seed(what: 'demo' | 'archive') {
  const before = await db.installation.findUnique({ where: { id: 1 } })
  if (before?.seededAt) return
  // Whom to ask is not known of the real network; the demonstration has an invented team to show how one asks.
  const facts = { ...network, contact: what === 'demo' ? 'equipe@tmnlab.example' : null }
  await db.installation.upsert({ where: { id: 1 }, create: { id: 1, ...facts }, update: facts })
  await tellArchive()
  if (what === 'demo') {
    const { tellSeason } = await import('./season')
    await tellSeason()
  }
  await db.installation.update({ where: { id: 1 }, data: { seed: what, seededAt: now() } })
}
