import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib'
import { strToU8, type Zippable, zipSync } from 'fflate'
import sharp from 'sharp'

/** Files as people send them, and as nobody should. */

const rels = 'http://schemas.openxmlformats.org/package/2006/relationships'
const main = 'application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml'

export const slides = (more: Zippable = {}, type = main) =>
  zipSync({
    '[Content_Types].xml': strToU8(`<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/ppt/presentation.xml" ContentType="${type}"/></Types>`),
    '_rels/.rels': strToU8(`<?xml version="1.0"?><Relationships xmlns="${rels}"><Relationship Id="r1" Type="officeDocument" Target="ppt/presentation.xml"/></Relationships>`),
    'ppt/presentation.xml': strToU8('<?xml version="1.0"?><p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>'),
    'docProps/core.xml': strToU8('<?xml version="1.0"?><coreProperties><creator>Camille Secret</creator></coreProperties>'),
    'docProps/app.xml': strToU8('<?xml version="1.0"?><Properties><Company>Théâtre Secret</Company></Properties>'),
    ...more,
  })

export const openSlides = (more: Zippable = {}) =>
  zipSync({
    mimetype: [strToU8('application/vnd.oasis.opendocument.presentation'), { level: 0 }],
    'content.xml': strToU8('<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'),
    'meta.xml': strToU8('<?xml version="1.0"?><office:document-meta><meta:initial-creator>Camille Secret</meta:initial-creator></office:document-meta>'),
    'META-INF/manifest.xml': strToU8('<?xml version="1.0"?><manifest:manifest/>'),
    ...more,
  })

/** One page, signed by somebody, with all that a PDF should not do. */
export async function paper({ hostile = false, text = 'Des mots sur une page' } = {}) {
  const pdf = await PDFDocument.create()
  pdf.addPage([300, 300]).drawText(text, { x: 20, y: 150, size: 12 })
  pdf.setAuthor('Camille Secret')
  pdf.setTitle('Brouillon secret')
  if (hostile) {
    const { context, catalog } = pdf
    const script = context.obj({ S: 'JavaScript', JS: PDFString.of('app.alert("boo")') })
    catalog.set(PDFName.of('OpenAction'), script)
    catalog.set(PDFName.of('Metadata'), context.register(context.stream('<x:xmpmeta>Camille Secret</x:xmpmeta>', { Type: 'Metadata', Subtype: 'XML' })))
    pdf.addJavaScript('main', 'app.launchURL("https://evil.example")')
    await pdf.attach(strToU8('MZ evil'), 'evil.exe', { mimeType: 'application/octet-stream' })
    const link = (action: Record<string, unknown>) => context.register(context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 10, 10], A: action as { S: string } }))
    const annots = [link({ S: 'Launch', F: PDFString.of('cmd.exe') }), link({ S: 'URI', URI: PDFString.of('javascript:alert(1)') }), link({ S: 'URI', URI: PDFString.of('https://tmnlab.example/') })]
    pdf.getPage(0).node.set(PDFName.of('Annots'), context.obj(annots))
    pdf.getPage(0).node.set(PDFName.of('AA'), context.obj({ O: script }))
    context.register(context.stream('left over Camille Secret'))
  }
  return pdf.save({ useObjectStreams: false })
}

/** 40 by 20 pixels, red at the left, taken on its side at a theatre's door. */
export const photograph = (format: 'jpeg' | 'png' | 'webp', { orientation = 6, width = 40, height = 20 } = {}) =>
  sharp({ create: { width, height, channels: 3, background: '#B83220' } })
    .withExif({ IFD0: { Artist: 'Camille Secret', Orientation: String(orientation) }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '47/1 12/1 30/1' } })
    .withMetadata({ orientation })
    .toFormat(format)
    .toBuffer()
