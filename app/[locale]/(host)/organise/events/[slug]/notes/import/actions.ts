'use server'

import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { pathOfRoom } from '@/app/[locale]/(host)/organise/event-of'
import { action } from '@/app/_session/action'
import { currentActor } from '@/app/_session/actor'
import { isSameOrigin } from '@/app/_session/same-origin'
import { canWriteNotes } from '@/lib/notes/access'
import { convertApart } from '@/lib/notes/convert-apart'
import { importNotes } from '@/lib/notes/import-notes'
import type { Preview } from '@/lib/notes/preview'
import { importForm } from '@/lib/notes/schema'

export type Looked = { preview: Preview | null; reason: string | null; text: string }

const mostBytes = 8 * 1024 * 1024

/** Reads what was pasted or chosen, and shows it: nothing is written. */
export async function look(_before: Looked, form: FormData): Promise<Looked> {
  const pasted = form.get('text')
  const text = typeof pasted === 'string' ? pasted : ''
  const refuse = (reason: string): Looked => ({ preview: null, reason, text: text.length > 200_000 ? '' : text })
  if (!isSameOrigin(await headers())) return refuse('cross-origin')
  if (!canWriteNotes(await currentActor())) return refuse('forbidden')
  const file = form.get('file')
  const isFile = file instanceof File && file.size > 0
  if (isFile && file.size > mostBytes) return refuse('too-long')
  const sent = isFile ? decoded(new Uint8Array(await file.arrayBuffer())) : text
  if (sent.includes('\0') || !sent.isWellFormed()) return refuse('not-text')
  const looked = await convertApart('preview', sent.length, { text: sent, isHtml: isFile && /\.html?$/i.test(file.name) ? true : undefined })
  return looked.ok ? { preview: looked.value, reason: null, text: '' } : refuse(looked.reason)
}

/** UTF-8, or what word processors wrote before it. */
function decoded(octets: Uint8Array) {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(octets)
  } catch {
    return new TextDecoder('windows-1252').decode(octets)
  }
}

export const bringIn = action({
  room: 'imports',
  schema: importForm,
  verb: (actor, { slug, ...input }) => importNotes(actor, slug, input),
  then: ({ revision }, { slug }, { locale }) => redirect(pathOfRoom('/organise/events/[slug]/notes', slug, locale, { done: 'brought', saved: String(revision) })),
})
