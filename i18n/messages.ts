import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { AbstractIntlMessages } from 'next-intl'
import type { Locale } from './routing'

const kept = new Map<Locale, { until: number; messages: Promise<AbstractIntlMessages> }>()

/** Every sentence of the screens in one language: one file per room, whose name is the namespace. */
export function messagesOf(locale: Locale): Promise<AbstractIntlMessages> {
  const found = kept.get(locale)
  if (found && found.until > performance.now()) return found.messages
  const messages = readRooms(path.join(process.cwd(), 'messages', locale))
  // Read again after two seconds: nothing beside a page's own cost, and whoever writes sentences sees them at once.
  kept.set(locale, { until: performance.now() + 2000, messages })
  return messages
}

async function readRooms(folder: string): Promise<AbstractIntlMessages> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'))
  const rooms = await Promise.all(
    files.map(async (file) => [path.basename(file, '.json'), JSON.parse(await readFile(path.join(folder, file), 'utf8'))]),
  )
  return Object.fromEntries(rooms)
}
