import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** One hash over the names and the contents of these files and directories, in a fixed order. */
export function fingerprint(paths: string[], ignored: string[] = []) {
  const hash = createHash('sha256')
  for (const path of paths) add(path)
  return hash.digest('hex')

  function add(path: string) {
    if (!existsSync(path) || ignored.includes(path)) return
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) add(join(path, name))
    } else {
      hash.update(`${path}\0`).update(readFileSync(path)).update('\0')
    }
  }
}
