import { Readable } from 'node:stream'
import { notFound } from 'next/navigation'
import { currentActor } from '@/app/_session/actor'
import { isOrganiser } from '@/lib/actor'
import { canSee } from '@/lib/events/access'
import { eventBySlug } from '@/lib/events/queries'
import { isFresh } from '@/lib/etag'
import { disposition, fileKinds, kindOfType } from '@/lib/file-kinds'
import { lengthOf, readFrom } from '@/lib/files'
import { isId } from '@/lib/ids'
import { canRead } from '@/lib/notes/access'
import { fileOf } from '@/lib/notes/queries'
import { seatOf } from '@/lib/registrations/queries'

type Params = { params: Promise<{ locale: string; slug: string; id: string }> }

/**
 * A file that goes with a session, for those who may read its notes; what nobody shows yet, for organisers. Its type is
 * what its content was found to be, and no browser makes anything else of it; whatever it holds runs nowhere.
 */
export async function GET(request: Request, { params }: Params) {
  const { slug, id } = await params
  const [event, actor] = await Promise.all([eventBySlug(decodeURIComponent(slug)), currentActor()])
  if (!event || !canSee(actor, event) || !isId(id)) notFound()
  const file = await fileOf(event.id, id)
  if (!file || (file.shownAt === null && !isOrganiser(actor))) notFound()
  const seat = event.notesVisibility === 'registered' && actor.kind === 'person' ? await seatOf(event.id, actor.addressFolds) : null
  // Others are not told that there is such a file.
  if (!canRead(actor, event, seat)) notFound()
  const kind = kindOfType(file.mediaType)
  const length = file.digest ? await lengthOf(file.digest) : null
  if (!kind || !file.digest || length === null) notFound()

  const etag = `"${file.digest.slice(0, 32)}"`
  const headers: Record<string, string> = {
    'Content-Type': fileKinds[kind].type,
    'Content-Disposition': disposition(file.fileName ?? `document.${fileKinds[kind].ending}`, fileKinds[kind].inline),
    'Content-Security-Policy': policyOf(kind),
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Robots-Tag': 'noindex',
    'Cache-Control': 'private, no-cache',
    'Accept-Ranges': 'bytes',
    ETag: etag,
  }
  if (isFresh(request.headers, etag)) return new Response(null, { status: 304, headers })
  const asked = request.headers.get('if-range') === null || request.headers.get('if-range') === etag ? rangeIn(request.headers.get('range'), length) : null
  if (asked === 'beyond') return new Response(null, { status: 416, headers: { ...headers, 'Content-Range': `bytes */${length}` } })
  const { start, end } = asked ?? { start: 0, end: length - 1 }
  // server/answer.ts gives the length its own name again: Next drops it.
  const sized = { ...headers, 'X-Said-Length': String(end - start + 1), ...(asked ? { 'Content-Range': `bytes ${start}-${end}/${length}` } : {}) }
  const status = asked ? 206 : 200
  if (request.method === 'HEAD') return new Response(null, { status, headers: sized })
  return new Response(Readable.toWeb(readFrom(file.digest, { start, end })) as ReadableStream<Uint8Array>, { status, headers: sized })
}

/** Browsers show a PDF by a reader of their own, which a sandbox would lock out; it has no door to our pages. */
const policyOf = (kind: keyof typeof fileKinds) => `default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'${kind === 'pdf' ? "; object-src 'self'; style-src 'unsafe-inline'" : '; sandbox'}`

/** One range (RFC 9110, 14.2); several, or another unit, are as good as none. */
function rangeIn(header: string | null, length: number): { start: number; end: number } | 'beyond' | null {
  const [, from, to] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? []
  if (from === undefined || (from === '' && to === '')) return null
  if (from === '') return Number(to) === 0 ? 'beyond' : { start: Math.max(0, length - Number(to)), end: length - 1 }
  if (Number(from) >= length) return 'beyond'
  if (to !== '' && Number(to) < Number(from)) return null
  return { start: Number(from), end: to === '' ? length - 1 : Math.min(Number(to), length - 1) }
}
