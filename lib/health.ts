import { now } from '@/lib/clock'
import { db } from '@/lib/db'

type Parts = () => { worker: boolean; mail: boolean }

const PATIENCE = 3_000

/** Next bundles its own copy of this file beside the server's: what the server told is kept where both find it. */
const shared = globalThis as typeof globalThis & { parlonsEnParts?: Parts }

/** The process that runs worker and mail says here how to ask them. */
export function tellHealth(parts: Parts | undefined) {
  shared.parlonsEnParts = parts
}

/**
 * What `/api/health` answers: `ok` or `failing` for each part; `status` is ok where all are. Where the worker runs in
 * another process, it is well as long as no letter has been left untouched for two minutes.
 */
export async function health() {
  const database = await databaseAnswers()
  const running = shared.parlonsEnParts?.() ?? { worker: database && (await lettersMove()), mail: true }
  const parts = { database: word(database), worker: word(running.worker), mail: word(running.mail) }
  return { status: word(Object.values(parts).every((one) => one === 'ok')), ...parts }
}

async function lettersMove() {
  const since = new Date(now().getTime() - 120_000)
  return (await db.letter.count({ where: { status: 'queued', attempts: 0, dueAt: { lt: since } } })) === 0
}

async function databaseAnswers() {
  const asked = db.$queryRaw`SELECT 1`.then(
    () => true,
    () => false,
  )
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => (timer = setTimeout(() => resolve(false), PATIENCE)))
  return Promise.race([asked, late]).finally(() => clearTimeout(timer))
}

function word(isWell: boolean) {
  return isWell ? 'ok' : 'failing'
}
