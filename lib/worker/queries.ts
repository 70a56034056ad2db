import { now } from '@/lib/clock'
import { db } from '@/lib/db'

type Part = 'ok' | 'failing'

/** How the house is: each part on its own. The worker tells of itself; where it runs elsewhere, its letters do. */
export async function health(): Promise<{ database: Part; worker: Part; mail: Part }> {
  try {
    const waiting = await db.letter.count({ where: { status: 'queued', attempts: 0, dueAt: { lt: new Date(now().getTime() - 120_000) } } })
    const here = kept.parlonsEnWorker?.()
    const moves = here ? here.worker : waiting === 0
    return { database: 'ok', worker: moves ? 'ok' : 'failing', mail: (here?.mail ?? true) ? 'ok' : 'failing' }
  } catch {
    return { database: 'failing', worker: kept.parlonsEnWorker ? 'ok' : 'failing', mail: 'ok' }
  }
}

/** The worker of this process, if it runs here; Next's bundle is another copy of this module. */
const kept = globalThis as typeof globalThis & { parlonsEnWorker?: () => { worker: boolean; mail: boolean } }

export function tellHealth(tell: (() => { worker: boolean; mail: boolean }) | undefined) {
  kept.parlonsEnWorker = tell
}
