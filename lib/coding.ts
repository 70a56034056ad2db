import { promisify } from 'node:util'
import { brotliCompress, constants, gunzip, gzip } from 'node:zlib'

export type Coding = 'br' | 'gzip'

/** Less than this is not worth packing. */
export const SMALL = 1024

const brotli = promisify(brotliCompress)
const gzipped = promisify(gzip)
const gunzipped = promisify(gunzip)

export function compress(body: Buffer, coding: Coding, quality: number): Promise<Buffer> {
  return coding === 'br'
    ? brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } })
    : gzipped(body, { level: Math.min(quality, 6) })
}

export const unpack = (body: Uint8Array): Promise<Buffer> => gunzipped(body)

/** As hard as what is given again and again is packed. */
export const WELL = 5

/** The best coding that an Accept-Encoding header allows (RFC 9110 section 12.5.3), undefined where it wants none of ours. */
export function accepted(header: string | string[] | undefined): Coding | undefined {
  const text = String(header ?? '')
  if (text === last.text) return last.coding
  const codings = new Map(
    text.split(',').map((part) => {
      const [name, ...parameters] = part.trim().toLowerCase().split(/\s*;\s*/)
      return [name, parameters.some((one) => /^q=0(\.0*)?$/.test(one)) ? 0 : 1] as const
    }),
  )
  const coding = (['br', 'gzip'] as const).find((one) => (codings.get(one) ?? codings.get('*') ?? 0) > 0)
  last = { text, coding }
  return coding
}

/** Browsers of one kind all say the same: it is read once. */
let last: { text: string; coding: Coding | undefined } = { text: '', coding: undefined }
