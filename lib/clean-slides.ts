import { strFromU8, strToU8, unzipSync, type Unzipped, type UnzipFileInfo, type Zippable, zipSync } from 'fflate'
import type { FileRefusal } from './file-kinds'
import { withoutPictureNotes } from './picture-notes'

export type CleanSlides = { ok: true; kind: 'pptx' | 'odp'; bytes: Uint8Array } | { ok: false; reason: FileRefusal }

/** Unpacked, so many bytes and parts; slides of 25 MB are mostly pictures, which hardly pack. */
const most = { bytes: 200_000_000, parts: 5000 }
const presentation = 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml'
const openDocument = 'application/vnd.oasis.opendocument.presentation'
const long = new Date('2000-01-01T00:00:00')

/**
 * Slides (ECMA-376, or OpenDocument 1.3) packed anew without who made them: every part is looked at first. Refused:
 * macros, controls and embedded objects that could run, parts that unpack to absurd sizes, and any other ZIP.
 */
export function cleanSlides(bytes: Uint8Array): CleanSlides {
  try {
    const listed: UnzipFileInfo[] = []
    unzipSync(bytes, { filter: (part) => listed.push(part) < 0 })
    if (isAbsurd(listed)) return { ok: false, reason: 'absurd' }
    if (new Set(listed.map(({ name }) => name.toLowerCase())).size < listed.length || listed.some(({ name }) => !isPartName(name))) return { ok: false, reason: 'unreadable' }
    const kind = kindOf(bytes, listed)
    if (!kind) return { ok: false, reason: 'unknown-kind' }
    const parts = unzipSync(bytes, { filter: ({ name }) => !name.endsWith('/') })
    const reason = faultIn(parts, kind)
    return reason ? { ok: false, reason } : { ok: true, kind, bytes: pack(parts, kind) }
  } catch {
    return { ok: false, reason: 'unreadable' }
  }
}

const isAbsurd = (parts: UnzipFileInfo[]) =>
  parts.length > most.parts ||
  parts.reduce((sum, { originalSize }) => sum + originalSize, 0) > most.bytes ||
  parts.some(({ size, originalSize }) => originalSize > 10_000_000 && originalSize > 200 * size)

const isPartName = (name: string) => name.length < 300 && !/[\0\\:]/.test(name) && !name.startsWith('/') && !name.split('/').some((step) => step === '..' || step === '.')

/** By what says it inside, not by the names alone. */
function kindOf(bytes: Uint8Array, listed: UnzipFileInfo[]): 'pptx' | 'odp' | null {
  const names = new Set(listed.map(({ name }) => name))
  const wanted = unzipSync(bytes, { filter: ({ name, originalSize }) => ['[Content_Types].xml', 'mimetype'].includes(name) && originalSize < 5_000_000 })
  const types = wanted['[Content_Types].xml'] ? strFromU8(wanted['[Content_Types].xml']) : ''
  if (/presentationml\.(presentation|slideshow|template)|ms-powerpoint\.[^"]*macroEnabled/.test(types) && names.has('ppt/presentation.xml')) return 'pptx'
  const mimetype = wanted.mimetype ? strFromU8(wanted.mimetype) : ''
  return mimetype.trim() === openDocument && names.has('content.xml') && names.has('META-INF/manifest.xml') ? 'odp' : null
}

function faultIn(parts: Unzipped, kind: 'pptx' | 'odp'): FileRefusal | null {
  const names = Object.keys(parts)
  if (names.some((name) => /(^|\/)(vbaProject|vbaData)[^/]*\.(bin|xml)$|^(Basic|Scripts)\//i.test(name))) return 'macros'
  if (names.some((name) => /(^|\/)activeX\/|(^|\/)embeddings\/.*\.(bin|exe|dll|docm|xlsm|pptm|xlsb|vbs|js|hta|lnk|scr|bat|cmd|ps1|jar|htm|html|svg)$|\.(exe|dll|vbs|hta|lnk|scr|bat|cmd|ps1|jar)$/i.test(name))) return 'embedded'
  for (const [name, part] of Object.entries(parts)) {
    if (/\.(docx|xlsx|pptx)$/i.test(name) && holdsMacros(part)) return 'macros'
    if (!/\.(xml|rels|vml|rdf)$/i.test(name)) continue
    // In another coding than UTF-8, what is looked for below would be missed.
    if (part.subarray(0, 64).includes(0) || part[0] >= 0xfe) return 'unreadable'
    const text = strFromU8(part)
    if (/<!(DOCTYPE|ENTITY)/i.test(text)) return 'unreadable'
    if (/macroEnabled/.test(text) && name === '[Content_Types].xml') return 'macros'
    if (/TargetMode\s*=\s*["']External/i.test(text) && text.match(/<Relationship\b[^>]*>/g)?.some(leadsAstray)) return 'embedded'
    if (kind === 'odp' && /<script:event-listener\b|<office:script\b|<draw:(applet|plugin|object-ole|floating-frame)\b/.test(text)) return 'macros'
    if (kind === 'odp' && name === 'META-INF/manifest.xml' && /encryption-data/.test(text)) return 'encrypted'
  }
  if (kind === 'odp') return null
  return strFromU8(parts['[Content_Types].xml']).includes(presentation) ? null : 'unknown-kind'
}

/** A link of a slide leads where somebody clicks; these are fetched, or run, by opening it. */
const leadsAstray = (relation: string) => /TargetMode\s*=\s*["']External/i.test(relation) && /Type\s*=\s*["'][^"']*\/(oleObject|attachedTemplate|frame|subDocument|package|control)["']/i.test(relation)

function holdsMacros(bytes: Uint8Array) {
  let found = false
  unzipSync(bytes, { filter: ({ name }) => void (found ||= /vbaProject|activeX|oleObject/i.test(name)) !== undefined })
  return found
}

const packed = /\.(png|jpe?g|gif|webp|mp4|m4[av]|mp3|mov|wmv|avi|zip|docx|xlsx|pptx|fntdata|ttf|otf)$/i
const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const bare: Record<string, string> = {
  'docProps/core.xml': `${xml}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"/>`,
  'docProps/app.xml': `${xml}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`,
  'docProps/custom.xml': `${xml}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>`,
  'meta.xml': `${xml}<office:document-meta xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"><office:meta/></office:document-meta>`,
}

function pack(parts: Unzipped, kind: 'pptx' | 'odp'): Uint8Array {
  const entries = Object.entries(parts).map(([name, part]): [string, Zippable[string]] => {
    const known = Object.hasOwn(bare, name) && (kind === 'odp') === (name === 'meta.xml')
    const content = known ? strToU8(bare[name]) : /\.jpe?g$/i.test(name) ? withoutPictureNotes(part) : part
    return [name, [content, { level: packed.test(name) || name === 'mimetype' ? 0 : 6, mtime: long }]]
  })
  // An OpenDocument says what it is in its first part, unpacked (part 2, 3.3).
  entries.sort(([a], [b]) => Number(b === 'mimetype') - Number(a === 'mimetype'))
  return zipSync(Object.fromEntries(entries))
}
