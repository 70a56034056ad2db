import { now } from '@/lib/clock'
import { db } from '@/lib/db'

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
    letters: { ...none(['queued', 'sending', 'sent', 'failed', 'delivered', 'overtaken', 'stopped']), ...byStatus(letters) },
    registrations: { ...none(['pending', 'confirmed', 'waitlisted', 'offered', 'cancelled']), ...byStatus(registrations) },
    oldestLetterSeconds: oldest ? Math.max(0, Math.round((now().getTime() - oldest.dueAt.getTime()) / 1000)) : 0,
  }
}
