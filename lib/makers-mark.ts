import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { config } from './config'

/**
 * What an answer depends on besides the database: the sources that were built, the settings, the machine's calendars
 * and time zones. Processes with the same mark make the same of the same rows.
 */
export function makersMark(): string {
  const { appUrl, defaultLocale, defaultTimeZone } = config()
  const said = [(sources ??= readSources()), process.versions.node, process.versions.tz, process.versions.icu, appUrl, defaultLocale, defaultTimeZone]
  return createHash('sha256').update(said.join('\n')).digest('base64url').slice(0, 16)
}

let sources: string | undefined

/** Written by the start beside what it built (server/prepare.ts); without a build, as in tests, there is none. */
function readSources(): string {
  try {
    return readFileSync('.next/made-from', 'utf8')
  } catch {
    return ''
  }
}
