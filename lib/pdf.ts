import { join } from 'node:path'
import PDFDocument from 'pdfkit'
import { now } from '@/lib/clock'

export type Pdf = InstanceType<typeof PDFDocument>

/** Fonts by what they are for; the files are those of the screens, in the weights that a page of paper needs. */
const fonts = {
  text: 'atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-400-normal.woff',
  'text-italic': 'atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-400-italic.woff',
  'text-bold': 'atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-700-normal.woff',
  head: 'bricolage-grotesque/files/bricolage-grotesque-latin-800-normal.woff',
} as const

export type PdfFont = keyof typeof fonts

/** Inks of paper, as on the screens by day. */
export const inks = { paper: '#FFFCF5', ink: '#17130E', vermilion: '#B83220', blue: '#1F4FBF', green: '#1B6E48', violet: '#6B2FA0', ochre: '#8A5A00', teal: '#006B73' } as const

/**
 * A PDF to draw in: tagged (ISO 32000, and PDF/UA for what the library can promise), with a title, a language and our
 * fonts embedded as subsets. Lengths are points of 1/72 inch. Whoever draws closes it with `end()`.
 */
export function openPdf({ title, author, language, size = 'A4', margin = 56 }: { title: string; author?: string; language: string; size?: string | [number, number]; margin?: number }): Pdf {
  const options = {
    size,
    margin,
    pdfVersion: '1.7',
    subset: 'PDF/UA',
    tagged: true,
    lang: language,
    displayTitle: true,
    autoFirstPage: true,
    bufferPages: true,
    info: { Title: title, ...(author ? { Author: author } : {}), CreationDate: now(), ModDate: now() },
  }
  // The types know the library's older subsets alone.
  const pdf = new PDFDocument(options as PDFKit.PDFDocumentOptions)
  for (const [name, file] of Object.entries(fonts)) pdf.registerFont(name, fileOf(file))
  return pdf
}

/** Everything that was drawn, once `end()` was called. */
export async function bytesOf(pdf: Pdf): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of pdf) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const fileOf = (file: string) => join(process.cwd(), 'node_modules/@fontsource', file)
