/**
 * A JPEG without what cameras and programs note in it (Exif with its place, XMP, IPTC, comments), its picture untouched:
 * for pictures inside of other files. Only the orientation is kept, where one is said. What is no JPEG comes back as it is.
 */
export function withoutPictureNotes(bytes: Uint8Array): Uint8Array {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return bytes
  const parts: Uint8Array[] = [bytes.subarray(0, 2)]
  let at = 2
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    const mark = bytes[at + 1]
    const end = at + 2 + ((bytes[at + 2] << 8) | bytes[at + 3])
    if (end > bytes.length || end < at + 4) return bytes
    const segment = bytes.subarray(at, end)
    if (mark === 0xe1) {
      const orientation = orientationIn(segment)
      if (orientation > 1 && orientation <= 8) parts.push(exifOf(orientation))
    } else if (mark !== 0xed && mark !== 0xfe) parts.push(segment)
    at = end
  }
  const picture = bytes.subarray(at)
  // What some cameras hang on behind the picture (another, smaller one, or a film) goes too.
  const over = Buffer.from(picture.buffer, picture.byteOffset, picture.length).lastIndexOf(Buffer.from([0xff, 0xd9]))
  parts.push(over === -1 ? picture : picture.subarray(0, over + 2))
  return new Uint8Array(Buffer.concat(parts))
}

/** Exif's tag 0x0112 in the first directory of its TIFF; 0 where there is none. */
function orientationIn(segment: Uint8Array) {
  const view = new DataView(segment.buffer, segment.byteOffset, segment.length)
  try {
    if (view.getUint32(4) !== 0x45786966) return 0
    const little = view.getUint16(10) === 0x4949
    const first = 10 + view.getUint32(14, little)
    const count = view.getUint16(first, little)
    for (let i = 0; i < Math.min(count, 200); i++) if (view.getUint16(first + 2 + 12 * i, little) === 0x0112) return view.getUint16(first + 10 + 12 * i, little)
    return 0
  } catch {
    return 0
  }
}

/** The least Exif there is: one directory of one tag. */
const exifOf = (orientation: number) =>
  Uint8Array.from([0xff, 0xe1, 0x00, 0x22, 0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0])
