import { db } from '@/lib/db'

export type Installation = {
  /** Whose house this is: shown as « … présente ». */
  networkName: string
  networkUrl: string | null
  contact: string | null
  /** What was loaded at the first start. */
  seed: string | null
  seededAt: Date | null
}

/** The one row that names the network; before it is written, the house goes by its own name. */
export async function installation(): Promise<Installation> {
  const row = await db.installation.findUnique({
    where: { id: 1 },
    select: { networkName: true, networkUrl: true, contact: true, seed: true, seededAt: true },
  })
  return row ?? { networkName: 'Parlons-en', networkUrl: null, contact: null, seed: null, seededAt: null }
}
