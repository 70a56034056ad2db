import { db } from '@/lib/db'

type Parts = () => { worker: boolean; mail: boolean }

const PATIENCE = 3_000

/** Next bundles its own copy of this file beside the server's: what the server told is kept where both find it. */
const shared = globalThis as typeof globalThis & { parlonsEnParts?: Parts }

/** The process that runs worker and mail says here how to ask them. */
export function tellHealth(parts: Parts) {
  shared.parlonsEnParts = parts
}

/** What `/api/health` answers: `ok` or `failing` for each part; `status` is ok where all are. */
export async function health() {
  const running = shared.parlonsEnParts?.() ?? { worker: false, mail: false }
  const parts = { database: word(await databaseAnswers()), worker: word(running.worker), mail: word(running.mail) }
  return { status: word(Object.values(parts).every((one) => one === 'ok')), ...parts }
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
