import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { config } from './config'
import { newId } from './ids'

/**
 * Files by their SHA-256, under DATA_DIR/files/<first two>/<digest>: the same bytes once. They get there in two steps,
 * `layDown` (written and safe on the disk, under a name of its own) and `keep` (renamed into place, in the transaction
 * that writes the row), so that no row ever names half a file.
 */
const home = () => join(config().dataDir, 'files')
const coming = () => join(home(), '.coming')
const placeOf = (digest: string) => join(home(), digest.slice(0, 2), digest)

export type Laid = { digest: string; bytes: number; path: string }

/** Nothing is left of what could not be written whole; a full disk is `disk-full`. */
export async function layDown(content: Uint8Array): Promise<Laid | 'disk-full'> {
  const laid = { digest: createHash('sha256').update(content).digest('hex'), bytes: content.length }
  const path = await newPlace()
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    return { ...laid, path }
  } catch (error) {
    await rm(path, { force: true })
    if (isFull(error)) return 'disk-full'
    throw error
  }
}

/** A path for something that arrives, in a folder that is swept. */
export async function newPlace() {
  await mkdir(coming(), { recursive: true, mode: 0o700 })
  return join(coming(), newId())
}

/** Puts it where its digest says; twice is as good as once. Whoever calls holds the lock of its digest. */
export async function keep({ digest, path }: Laid) {
  const place = placeOf(digest)
  await mkdir(join(home(), digest.slice(0, 2)), { recursive: true, mode: 0o700 })
  // Its transaction may be run again: then it is there already.
  await rename(path, place).catch(async (error) => {
    if ((await lengthOf(digest)) === null) throw error
  })
  const folder = await open(join(home(), digest.slice(0, 2)), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

/** Throws away what was laid down and not kept. */
export const dropLaid = ({ path }: { path: string }) => rm(path, { force: true })

/** The bytes from `start` to `end`, both included, as they are read. */
export const readFrom = (digest: string, range?: { start: number; end: number }) => createReadStream(placeOf(digest), range)

/** Its length, or null where it is not there. */
export const lengthOf = (digest: string) => stat(placeOf(digest)).then(({ size }) => size, () => null)

export const isThere = (digest: string) => existsSync(placeOf(digest))

/** The digests of files that nobody has touched since an instant. */
export async function untouchedSince(instant: Date): Promise<string[]> {
  const folders = (await readdir(home()).catch(() => [])).filter((name) => /^[0-9a-f]{2}$/.test(name))
  const found: string[] = []
  for (const folder of folders) {
    for (const name of await readdir(join(home(), folder)).catch(() => [])) {
      if (!/^[0-9a-f]{64}$/.test(name)) continue
      const { mtimeMs } = await stat(placeOf(name)).catch(() => ({ mtimeMs: Infinity }))
      if (mtimeMs < instant.getTime()) found.push(name)
    }
  }
  return found
}

export const removeFile = (digest: string) => rm(placeOf(digest), { force: true })

/** What began to arrive before an instant and never was kept: a process died meanwhile. */
export async function sweepComing(instant: Date) {
  for (const name of await readdir(coming()).catch(() => [])) {
    const path = join(coming(), name)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }))
    if (mtimeMs < instant.getTime()) await rm(path, { force: true })
  }
}

export const isFull = (error: unknown) => error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT'].includes(String(error.code))
