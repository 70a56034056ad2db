import { crc32 } from 'node:zlib'
import { PDFDocument } from '@cantoo/pdf-lib'
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from 'fflate'
import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { cleanApart } from '@/lib/clean-apart'
import { cleanFile } from '@/lib/clean-file'
import { disposition, fileNameFor } from '@/lib/file-kinds'
import { openSlides, paper, photograph, slides } from '@/tests/support/sent-files'

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

async function cleaned(bytes: Uint8Array) {
  const clean = await cleanFile(bytes)
  if (!clean.ok) throw new Error(clean.reason)
  return clean
}

/** All that a PDF says, its packed objects unpacked. */
async function inside(bytes: Uint8Array) {
  const pdf = await PDFDocument.load(bytes, { updateMetadata: false })
  return text(await pdf.save({ useObjectStreams: false }))
}

describe('a PDF', () => {
  test('is kept without its maker, scripts, attached files and actions, with its page and its links', async () => {
    const hostile = await paper({ hostile: true })
    for (const sign of ['JavaScript', 'OpenAction', 'evil.exe', 'Launch', 'xmpmeta']) expect(text(hostile)).toContain(sign)
    const { kind, bytes } = await cleaned(hostile)
    const said = await inside(bytes)
    expect(kind).toBe('pdf')
    for (const sign of ['JavaScript', '/JS', 'OpenAction', 'evil', 'Launch', 'xmpmeta', 'Secret', 'EmbeddedFile', '/AA', 'javascript:', 'left over', '/Info']) expect(said).not.toContain(sign)
    expect(said).toContain('https://tmnlab.example/')
    expect((await PDFDocument.load(bytes)).getPageCount()).toBe(1)
  })

  test('loses what hangs on its end: a ZIP, a page of HTML', async () => {
    const polyglot = Buffer.concat([await paper(), zipSync({ 'evil.txt': strToU8('evil') }), Buffer.from('<script>evil()</script>')])
    expect(text((await cleaned(polyglot)).bytes)).not.toMatch(/evil|PK\x03/)
  })

  test.each([
    ['that is HTML by another name', Buffer.from('<!DOCTYPE html><script>alert(1)</script>'), 'unknown-kind'],
    ['that begins with HTML', Buffer.from('<html>\n%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj'), 'unknown-kind'],
    ['of nothing but its first line', Buffer.from('%PDF-1.7\n'), 'unreadable'],
    ['without a page', Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj trailer<</Root 1 0 R>>'), 'unreadable'],
    ['with a password', Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj 3 0 obj<</Filter/Standard/V 2>>endobj trailer<</Root 1 0 R/Encrypt 3 0 R>>'), 'encrypted'],
  ])('%s is refused', async (_, bytes, reason) => expect(await cleanFile(bytes)).toEqual({ ok: false, reason }))
})

describe('slides', () => {
  test.each([['PowerPoint', slides(), 'pptx', 'docProps/core.xml'], ['OpenDocument', openSlides(), 'odp', 'meta.xml']])('of %s are kept without who made them', async (_, bytes, kind, notes) => {
    const clean = await cleaned(bytes)
    expect(clean.kind).toBe(kind)
    const parts = unzipSync(clean.bytes)
    expect(strFromU8(parts[notes])).not.toContain('Secret')
    expect(Object.values(parts).map((part) => strFromU8(part)).join()).not.toContain('Secret')
    expect(Object.keys(parts)).toHaveLength(Object.keys(unzipSync(bytes)).length)
    if (kind === 'odp') expect(text(clean.bytes).slice(30, 38)).toBe('mimetype')
  })

  test('lose the place where their photographs were taken, and keep them upright', async () => {
    const picture = await photograph('jpeg')
    expect(text(picture)).toContain('Secret')
    const kept = unzipSync((await cleaned(slides({ 'ppt/media/image1.jpeg': [picture, { level: 0 }] }))).bytes)['ppt/media/image1.jpeg']
    expect(text(kept)).not.toContain('Secret')
    expect(await sharp(kept).metadata()).toMatchObject({ orientation: 6, width: 40 })
    expect(await sharp(kept).raw().toBuffer()).toEqual(await sharp(picture).raw().toBuffer())
  })

  const one = strToU8('x')
  const zeros = new Uint8Array(11_000_000)
  const hostile: [string, () => Uint8Array, string][] = [
    ['with macros', () => slides({ 'ppt/vbaProject.bin': one }), 'macros'],
    ['that say they have macros', () => slides({}, 'application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml'), 'macros'],
    ['with a workbook of macros inside', () => slides({ 'ppt/embeddings/sheet.xlsx': zipSync({ 'xl/vbaProject.bin': one }) }), 'macros'],
    ['with an object that runs', () => slides({ 'ppt/embeddings/oleObject1.bin': one }), 'embedded'],
    ['with a control', () => slides({ 'ppt/activeX/activeX1.xml': one }), 'embedded'],
    ['that fetch a template', () => slides({ 'ppt/_rels/presentation.xml.rels': strToU8('<Relationships><Relationship Type="http://x/attachedTemplate" Target="https://evil.example/t" TargetMode="External"/></Relationships>') }), 'embedded'],
    ['with an entity of XML', () => slides({ 'ppt/slides/slide1.xml': strToU8('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>') }), 'unreadable'],
    ['that climb out of their folder', () => slides({ '../../evil.sh': one }), 'unreadable'],
    ['that are a bomb', () => slides({ 'ppt/media/a.bmp': zeros }), 'absurd'],
    ['of too many parts', () => slides(Object.fromEntries(Array.from({ length: 5001 }, (_, i) => [`p${i}`, one])) as Zippable), 'absurd'],
    ['of OpenDocument with Basic', () => openSlides({ 'Basic/Standard/Module1.xml': one }), 'macros'],
    ['that are a ZIP of anything', () => zipSync({ 'a.txt': one }), 'unknown-kind'],
    ['that are a text', () => zipSync({ mimetype: strToU8('application/vnd.oasis.opendocument.text'), 'content.xml': one, 'META-INF/manifest.xml': one }), 'unknown-kind'],
    ['of twenty years ago, or with a password', () => Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'old-format'],
    ['cut off', () => slides().subarray(0, 400), 'unreadable'],
  ]
  test.each(hostile)('%s are refused', async (_, bytes, reason) => expect(await cleanFile(bytes())).toEqual({ ok: false, reason }))
})

/** Says in its head that it is 10,000 by 6,000. */
function enlarged(png: Buffer) {
  png.writeUInt32BE(10_000, 16)
  png.writeUInt32BE(6_000, 20)
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29)
  return png
}

describe('a picture', () => {
  test.each(['jpeg', 'png', 'webp'] as const)('in %s is drawn anew: upright, without place or maker', async (format) => {
    const sent = await photograph(format)
    expect((await sharp(sent).metadata()).exif).toBeDefined()
    const { kind, bytes } = await cleaned(Buffer.concat([sent, Buffer.from('<script>evil()</script>')]))
    const { exif, xmp, orientation, width, height } = await sharp(bytes).metadata()
    expect({ kind, exif, xmp, orientation, width, height }).toEqual({ kind: format, exif: undefined, xmp: undefined, orientation: undefined, width: 20, height: 40 })
    expect(text(bytes)).not.toMatch(/Secret|evil/)
  })

  test.each([
    ['SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'), 'unknown-kind'],
    ['a GIF', () => Buffer.from('GIF89a'), 'unknown-kind'],
    ['half a JPEG', async () => (await photograph('jpeg', { width: 400, height: 400 })).subarray(0, 700), 'unreadable'],
    ['sixty million pixels in a few bytes', async () => enlarged(await photograph('png')), 'too-many-pixels'],
  ])('%s is refused', async (_, make, reason) => expect(await cleanFile(await make())).toEqual({ ok: false, reason }))
})

test('beside the server, the same comes out; more than a few do not wait', { timeout: 60_000 }, async () => {
  const all = await Promise.all(Array.from({ length: 9 }, async () => cleanApart(await paper({ text: 'Encore' }))))
  expect(all.filter((one) => one === null)).toHaveLength(2)
  for (const one of all) if (one) expect(one).toMatchObject({ ok: true, kind: 'pdf' })
  expect(await cleanApart(Buffer.from('<svg/>'))).toEqual({ ok: false, reason: 'unknown-kind' })
})

test.each([
  ['Support été.PPTX', 'pptx', 'Support été.pptx'],
  ['../../etc/passwd', 'pdf', 'passwd.pdf'],
  ['C:\\Users\\camille\\secret.pdf', 'pdf', 'secret.pdf'],
  ['facture.pdf.html', 'pdf', 'facture.pdf'],
  ['a\r\nContent-Type: text/html\r\n.pdf', 'pdf', 'html.pdf'],
  ['a\r\nX-Evil: "1".pdf', 'pdf', 'a X-Evil 1.pdf'],
  ['\u202Efdp.exe', 'png', 'fdp.png'],
  ['...', 'odp', 'document.odp'],
  ['x'.repeat(300), 'jpeg', `${'x'.repeat(80)}.jpg`],
] as const)('the name %j of a file becomes a plain one', (given, kind, name) => expect(fileNameFor(given, kind)).toBe(name))

test('a name is told to browsers in both forms, and never breaks the line', () => {
  expect(disposition('Été « bleu ».pdf', false)).toBe(`attachment; filename="Ete _ bleu _.pdf"; filename*=UTF-8''%C3%89t%C3%A9%20%C2%AB%20bleu%20%C2%BB.pdf`)
  expect(disposition('a"\r\nb.pdf', true)).not.toMatch(/[\r\n]|"a""/)
})
