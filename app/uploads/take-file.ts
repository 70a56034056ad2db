import { largestFile } from '@/lib/file-kinds'
import { dropLaid } from '@/lib/files'
import { log } from '@/lib/log'
import { drain, readMultipart } from '@/lib/multipart'
import type { SentFile } from '@/lib/notes/add-resource'
import { type FieldRefusal, refused } from '@/lib/outcome'

type Result = { ok: true } | { ok: false; reason: string; fields?: FieldRefusal[] }

/** Whoever is told that their file is too large has sent it to the end. */
const patience = 110 * 1024 * 1024
const mostAtOnce = 8
let arriving = 0

/**
 * The file of a form, on the disk while it is looked at, and what was made of it; `title` is what was typed, for the page
 * to show again. `may` is asked before a byte is kept; after a no, what comes is read and thrown away.
 */
export async function takeFile(request: Request, may: () => Promise<Result>, act: (sent: SentFile) => Promise<Result>): Promise<{ result: Result; title: string }> {
  const allowed = await may()
  const refusal = !allowed.ok ? allowed : arriving >= mostAtOnce ? refused('busy') : null
  if (refusal) {
    await drain(request.body, patience)
    return { result: refusal, title: '' }
  }
  arriving++
  try {
    return await take(request, act)
  } catch (error) {
    log.error('upload', { error: error instanceof Error ? error.name : 'unknown' })
    return { result: refused('interrupted'), title: '' }
  } finally {
    arriving--
  }
}

async function take(request: Request, act: (sent: SentFile) => Promise<Result>) {
  const sent = await readMultipart(request.headers.get('content-type'), request.body, { largest: largestFile, patience })
  const title = sent.fields.get('title') ?? ''
  if (!sent.ok) return { result: refused(sent.reason), title }
  if (!sent.file) return { result: refused('no-file'), title }
  const { name, path } = sent.file
  try {
    return { result: await act({ title, name, path }), title }
  } finally {
    await dropLaid({ path })
  }
}

/** Back to the page that the form stood on, with what became of it. */
export function backTo(path: string, done: string, { result, title }: { result: Result; title: string }) {
  const reason = result.ok ? null : result.reason === 'invalid' ? `title.${result.fields?.[0]?.reason}` : result.reason
  const query = new URLSearchParams(result.ok ? { done } : { refused: reason ?? '', ...(title ? { title: title.toWellFormed().replaceAll('\0', '').slice(0, 300) } : {}) })
  return new Response(null, { status: 303, headers: { Location: `${path}?${query}${result.ok ? '' : '#errors'}`, 'Cache-Control': 'no-store' } })
}

/** The page's language, which the form's address says. */
export const languageOf = (request: Request) => (new URL(request.url).searchParams.get('lang') === 'en' ? 'en' : 'fr')
