import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { AbstractIntlMessages } from 'next-intl'
import { config } from '@/lib/config'
import type { Locale } from './routing'

const kept = new Map<Locale, { until: number; messages: Promise<AbstractIntlMessages> }>()

/** Every sentence of the screens in one language: one file per room, whose name is the namespace. */
export function messagesOf(locale: Locale): Promise<AbstractIntlMessages> {
  const found = kept.get(locale)
  if (found && found.until > performance.now()) return found.messages
  const messages = readRooms(path.join(process.cwd(), 'messages', locale))
  // Whoever writes sentences sees them at once; a program that serves has read them for good.
  kept.set(locale, { until: config().developing ? performance.now() + 2000 : Infinity, messages })
  messages.catch(() => kept.delete(locale))
  return messages
}

async function readRooms(folder: string): Promise<AbstractIntlMessages> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.json'))
  const rooms = await Promise.all(
    files.map(async (file) => [path.basename(file, '.json'), JSON.parse(await readFile(path.join(folder, file), 'utf8'))]),
  )
  return Object.fromEntries(rooms)
}
