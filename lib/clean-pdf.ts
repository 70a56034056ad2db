import { PDFArray, PDFDict, PDFDocument, PDFInvalidObject, PDFName, PDFRawStream, PDFRef, PDFStream, PDFString, PDFHexString, type PDFObject } from '@cantoo/pdf-lib'
import { withoutPictureNotes } from './picture-notes'

/** What tells of whoever made it, runs, or carries other files; wherever it stands. */
const taken = ['Metadata', 'PieceInfo', 'JavaScript', 'EmbeddedFiles', 'OpenAction', 'XFA', 'AF', 'Collection', 'RichMediaContent', 'RichMediaSettings', 'AA', 'EF', 'SpiderInfo', 'URLS']
/** A font or a picture may bear such a name among the resources of a page. */
const namesOfThings = ['AA', 'AF', 'EF', 'URLS']
/** Actions that do more than turn a page or follow a link (ISO 32000-2, 12.6.4). */
const actions = ['JavaScript', 'Launch', 'ImportData', 'SubmitForm', 'ResetForm', 'GoToE', 'GoToR', 'Movie', 'Sound', 'Rendition', 'RichMediaExecute', 'Thread', 'GoTo3DView', 'Hide']
/** Notes on a page that hold a file or play one. */
const annotations = ['FileAttachment', 'RichMedia', 'Movie', 'Sound', 'Screen', '3D']
const mostPages = 2000

export type CleanPdf = { ok: true; bytes: Uint8Array } | { ok: false; reason: 'encrypted' | 'unreadable' }

/**
 * The same pages in a PDF written anew (ISO 32000): without who made it and with what, scripts, actions that open or
 * send something, attached files, forms of XFA, and whatever no page leads to, older revisions and what was hung on the
 * file's end among it. Links to the web stay.
 */
export async function cleanPdf(bytes: Uint8Array): Promise<CleanPdf> {
  try {
    const pdf = await PDFDocument.load(bytes, { ignoreEncryption: true, updateMetadata: false, parseSpeed: Infinity })
    const { context } = pdf
    if (context.trailerInfo.Encrypt !== undefined) return { ok: false, reason: 'encrypted' }
    const pages = pdf.getPageCount()
    if (pages < 1 || pages > mostPages) return { ok: false, reason: 'unreadable' }
    context.trailerInfo.Info = undefined
    context.trailerInfo.ID = undefined
    const reached = scrub(pdf)
    for (const [ref] of context.enumerateIndirectObjects()) if (!reached.has(ref.tag)) context.delete(ref)
    const clean = await pdf.save({ useObjectStreams: true, addDefaultPage: false, updateFieldAppearances: false, objectsPerTick: Infinity })
    return { ok: true, bytes: clean }
  } catch (error) {
    return { ok: false, reason: /encrypt/i.test(String(error)) ? 'encrypted' : 'unreadable' }
  }
}

/** Walks everything that the catalogue leads to, and leaves out what may not stay; gives what can still be reached. */
function scrub(pdf: PDFDocument) {
  const { context } = pdf
  const emptied = new Set<PDFObject>()
  walk((object) => {
    const dict = object instanceof PDFStream ? object.dict : object
    if (!(dict instanceof PDFDict)) return
    // A stream's own bytes may be said to lie in another file.
    if (object instanceof PDFStream) for (const key of ['F', 'FFilter', 'FDecodeParms']) dict.delete(PDFName.of(key))
    for (const key of taken) {
      const value = dict.lookup(PDFName.of(key))
      if (value !== undefined && !(namesOfThings.includes(key) && isThing(value))) dict.delete(PDFName.of(key))
    }
    if (isForbidden(dict)) {
      for (const key of dict.keys()) dict.delete(key)
      emptied.add(dict)
    }
    if (object instanceof PDFRawStream && nameIn(dict, 'Filter') === 'DCTDecode') {
      Object.assign(object, { contents: withoutPictureNotes(object.contents) })
      dict.set(PDFName.of('Length'), context.obj(object.contents.length))
    }
  })
  return walk((object) => {
    const isEmptied = (value: PDFObject) => emptied.has(context.lookup(value) ?? value)
    if (object instanceof PDFArray) for (let i = object.size() - 1; i >= 0; i--) if (isEmptied(object.get(i))) object.remove(i)
    if (object instanceof PDFDict) for (const [key, value] of object.entries()) if (isEmptied(value)) object.delete(key)
  })

  /** Each object once, and what it then still leads to. What could not be read is nothing. */
  function walk(visit: (object: PDFObject) => void) {
    const seen = new Set<PDFObject>()
    const reached = new Set<string>()
    const rest: PDFObject[] = [context.trailerInfo.Root!]
    for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
      if (next instanceof PDFRef) {
        if (reached.has(next.tag)) continue
        const found = context.lookup(next)
        if (found === undefined || found instanceof PDFInvalidObject) continue
        reached.add(next.tag)
        next = found
      }
      if (seen.has(next)) continue
      seen.add(next)
      visit(next)
      if (next instanceof PDFArray) rest.push(...next.asArray())
      if (next instanceof PDFDict) rest.push(...next.values())
      if (next instanceof PDFStream) rest.push(next.dict)
    }
    return reached
  }
}

function isForbidden(dict: PDFDict) {
  const action = nameIn(dict, 'S')
  if (action !== null && actions.includes(action)) return true
  if (action === 'URI' && !/^(https?:|mailto:|#)/i.test(textIn(dict, 'URI').trim())) return true
  return dict.has(PDFName.of('Rect')) && annotations.includes(nameIn(dict, 'Subtype') ?? '')
}

function isThing(value: PDFObject) {
  if (value instanceof PDFStream) return ['Image', 'Form'].includes(nameIn(value.dict, 'Subtype') ?? '')
  return value instanceof PDFDict && nameIn(value, 'Type') === 'Font'
}

function nameIn(dict: PDFDict, key: string) {
  const value = dict.lookup(PDFName.of(key))
  return value instanceof PDFName ? value.decodeText() : null
}

function textIn(dict: PDFDict, key: string) {
  const value = dict.lookup(PDFName.of(key))
  return value instanceof PDFString || value instanceof PDFHexString ? value.decodeText() : ''
}
