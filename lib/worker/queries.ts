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

let counted: { at: number; figures: Promise<Figures> } | undefined

type Figures = { letters: Record<string, number>; registrations: Record<string, number>; oldestLetterSeconds: number }

/** What is counted for those who watch, at most once in 15 seconds, because counting costs more the more there is. */
export function figures(): Promise<Figures> {
  const at = now().getTime()
  if (!counted || at - counted.at > 15_000 || at < counted.at) {
    counted = { at, figures: count() }
    counted.figures.catch(() => (counted = undefined))
  }
  return counted.figures
}

async function count(): Promise<Figures> {
  const [letters, registrations, oldest] = await Promise.all([
    db.letter.groupBy({ by: ['status'], _count: true }),
    db.registration.groupBy({ by: ['status'], _count: true }),
    db.letter.findFirst({ where: { status: 'queued', dueAt: { lte: now() } }, orderBy: { dueAt: 'asc' }, select: { dueAt: true } }),
  ])
  const none = (names: string[]) => Object.fromEntries(names.map((name) => [name, 0]))
  const byStatus = (rows: { status: string; _count: number }[]) => Object.fromEntries(rows.map((row) => [row.status, row._count]))
  return {
    letters: { ...none(['queued', 'sending', 'sent', 'failed', 'delivered']), ...byStatus(letters) },
    registrations: { ...none(['pending', 'confirmed', 'waitlisted', 'offered', 'cancelled']), ...byStatus(registrations) },
    oldestLetterSeconds: oldest ? Math.max(0, Math.round((now().getTime() - oldest.dueAt.getTime()) / 1000)) : 0,
  }
}
