import { type FileHandle, open } from 'node:fs/promises'
import { dropLaid, isFull, newPlace } from './files'

type Reason = 'too-big' | 'cut' | 'interrupted' | 'disk-full'

export type Sent = { ok: true; fields: Map<string, string>; file: { name: string; path: string; bytes: number } | null } | { ok: false; reason: Reason; fields: Map<string, string> }

/** Of a form's heads and fields so many bytes each, and so many parts. */
const most = { head: 4096, field: 4096, parts: 20 }

/**
 * A form with one file (RFC 7578), read as it arrives: the file goes to the disk, never whole into memory, and not a byte
 * beyond `largest`. After a refusal the rest is read and thrown away, up to `patience` bytes in all, because who is cut off
 * while sending never sees the answer. Of several files the first counts. The file at `path` is the caller's to throw away.
 */
export async function readMultipart(contentType: string | null, body: ReadableStream<Uint8Array> | null, { largest, patience }: { largest: number; patience: number }): Promise<Sent> {
  const boundary = /^multipart\/form-data\s*;.*?\bboundary=(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType ?? '')
  const reader = body?.getReader()
  const path = await newPlace()
  const file = await open(path, 'wx', 0o600)
  const form = new Form(Buffer.from(`\r\n--${boundary?.[1] ?? boundary?.[2]}`), file, largest)
  let reason: Reason | null = boundary && reader ? null : 'cut'
  try {
    for (let read = 0; reader && read < patience; ) {
      const { value, done } = await reader.read()
      if (done) break
      read += value.length
      reason ??= await form.take(value)
      if (read >= patience) await reader.cancel()
    }
  } catch (error) {
    reason = isFull(error) ? 'disk-full' : 'interrupted'
  }
  await file.close()
  reason ??= form.isWhole ? null : 'interrupted'
  const { fields, fileName, written } = form
  if (reason === null && fileName !== null && written > 0) return { ok: true, fields, file: { name: fileName, path, bytes: written } }
  await dropLaid({ path })
  return reason === null ? { ok: true, fields, file: null } : { ok: false, reason, fields }
}

/** Reads what nobody wants to its end, up to so many bytes. */
export async function drain(body: ReadableStream<Uint8Array> | null, patience: number) {
  const reader = body?.getReader()
  for (let read = 0; reader && read < patience; ) {
    const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true as const }))
    if (done) return
    read += value.length
  }
  await reader?.cancel().catch(() => {})
}

type Part = { name: string; kind: 'field' | 'file' | 'ignored'; text: Buffer }

/** What has arrived so far of a form. */
class Form {
  fields = new Map<string, string>()
  fileName: string | null = null
  written = 0
  isWhole = false
  private parts = 0
  private part: Part | null = null
  // As if a line had ended before the first delimiter: then all of them look the same.
  private rest = Buffer.from('\r\n')

  constructor(private delimiter: Buffer, private file: FileHandle, private largest: number) {}

  /** Takes what is certain; what may be the beginning of a delimiter, or of a head, waits for the next bytes. */
  async take(bytes: Uint8Array): Promise<'too-big' | 'cut' | null> {
    if (this.isWhole) return null
    this.rest = Buffer.concat([this.rest, bytes])
    for (;;) {
      const at = this.rest.indexOf(this.delimiter)
      const sure = at === -1 ? Math.max(0, this.rest.length - this.delimiter.length) : at
      const reason = await this.give(this.rest.subarray(0, sure))
      if (reason) return reason
      this.rest = this.rest.subarray(sure)
      if (at === -1) return null
      const after = this.rest.subarray(this.delimiter.length)
      if (after.length < 2) return null
      if (after.subarray(0, 2).toString('latin1') === '--') {
        this.close()
        this.isWhole = true
        return null
      }
      const head = after.indexOf('\r\n\r\n')
      if (head === -1) return after.length > most.head ? 'cut' : null
      this.close()
      if (!this.begin(after.subarray(0, head).toString('utf8'))) return 'cut'
      this.rest = after.subarray(head + 4)
    }
  }

  private begin(head: string) {
    const line = head.split('\r\n').find((one) => /^content-disposition:/i.test(one))
    const name = line && /;\s*name="([^"]*)"/i.exec(line)?.[1]
    if (!line || !name || head.length > most.head || ++this.parts > most.parts) return false
    const fileName = /;\s*filename="([^"]*)"/i.exec(line)?.[1]
    const isFile = fileName !== undefined && fileName !== '' && this.fileName === null
    if (isFile) this.fileName = unescaped(fileName)
    this.part = { name, kind: isFile ? 'file' : fileName === undefined ? 'field' : 'ignored', text: Buffer.alloc(0) }
    return true
  }

  private async give(bytes: Buffer): Promise<'too-big' | 'cut' | null> {
    const { part } = this
    if (!part || bytes.length === 0 || part.kind === 'ignored') return null
    if (part.kind === 'field') {
      part.text = Buffer.concat([part.text, bytes])
      return part.text.length > most.field ? 'cut' : null
    }
    this.written += bytes.length
    if (this.written > this.largest) return 'too-big'
    await this.file.write(bytes)
    return null
  }

  private close() {
    const { part } = this
    if (part?.kind === 'field' && !this.fields.has(part.name)) this.fields.set(part.name, part.text.toString('utf8'))
    this.part = null
  }
}

/** Browsers write quotes and line ends as percent signs (the HTML standard, 4.10.21.8). */
const unescaped = (name: string) => name.replace(/%22/g, '"').replace(/%0[DA]/gi, ' ').slice(0, 400)
