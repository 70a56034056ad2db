import sharp from 'sharp'
import { cleanPdf } from './clean-pdf'
import { cleanSlides } from './clean-slides'
import type { FileKind, FileRefusal } from './file-kinds'

export type Cleaned = { ok: true; kind: FileKind; bytes: Uint8Array } | { ok: false; reason: FileRefusal }

const mostPixels = 50_000_000
type Picture = 'png' | 'jpeg' | 'webp'

/**
 * What a file really is, by its content alone, and the same without what it tells of whoever made it: pictures are drawn
 * anew, PDFs and slides written anew. Whatever is not known, or not whole, is refused. Heavy: see clean-apart.ts.
 */
export async function cleanFile(bytes: Uint8Array): Promise<Cleaned> {
  const kind = kindOf(bytes)
  if (kind === 'pdf') {
    const clean = await cleanPdf(bytes)
    return clean.ok ? { ...clean, kind } : clean
  }
  if (kind === 'zip') return cleanSlides(bytes)
  if (kind === 'old') return { ok: false, reason: 'old-format' }
  return kind ? cleanPicture(bytes, kind) : { ok: false, reason: 'unknown-kind' }
}

/** By the first bytes, at the very beginning: what hides behind other bytes is not looked for. */
function kindOf(bytes: Uint8Array): 'pdf' | 'zip' | 'old' | Picture | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(16, bytes.length)).toString('latin1')
  if (/^%PDF-[12]\.\d/.test(head)) return 'pdf'
  if (head.startsWith('PK\x03\x04')) return 'zip'
  if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return 'old'
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png'
  if (head.startsWith('\xff\xd8\xff')) return 'jpeg'
  return head.startsWith('RIFF') && head.slice(8, 12) === 'WEBP' ? 'webp' : null
}

/** Drawn anew from its pixels, upright, in sRGB: nothing else of it is left, neither place nor camera nor what was hung on. */
async function cleanPicture(bytes: Uint8Array, kind: Picture): Promise<Cleaned> {
  try {
    const picture = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' })
    const { format, width, height } = await picture.metadata()
    if (format !== kind) return { ok: false, reason: 'unreadable' }
    if (width * height > mostPixels) return { ok: false, reason: 'too-many-pixels' }
    const upright = picture.autoOrient().timeout({ seconds: 20 })
    const drawn = kind === 'png' ? upright.png() : kind === 'jpeg' ? upright.jpeg({ quality: 90 }) : upright.webp({ quality: 90 })
    return { ok: true, kind, bytes: await drawn.toBuffer() }
  } catch (error) {
    return { ok: false, reason: /pixel limit/i.test(String(error)) ? 'too-many-pixels' : /timeout/i.test(String(error)) ? 'too-slow' : 'unreadable' }
  }
}
