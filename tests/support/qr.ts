// Reads a QR code as a camera does once it has found the modules (ISO/IEC 18004): independent of the package that drew it.
// What was drawn by a program has no scratches, so that the correction words are left aside. Versions 1 to 10, bytes.

/** By version, then L, M, Q, H: correction words of a block, and how many blocks of how many data words. */
const BLOCKS = [
  ['7:1x19', '10:1x16', '13:1x13', '17:1x9'],
  ['10:1x34', '16:1x28', '22:1x22', '28:1x16'],
  ['15:1x55', '26:1x44', '18:2x17', '22:2x13'],
  ['20:1x80', '18:2x32', '26:2x24', '16:4x9'],
  ['26:1x108', '24:2x43', '18:2x15,2x16', '22:2x11,2x12'],
  ['18:2x68', '16:4x27', '24:4x19', '28:4x15'],
  ['20:2x78', '18:4x31', '18:2x14,4x15', '26:4x13,1x14'],
  ['24:2x97', '22:2x38,2x39', '22:4x18,2x19', '26:4x14,2x15'],
  ['30:2x116', '22:3x36,2x37', '20:4x16,4x17', '24:4x12,4x13'],
  ['18:2x68,2x69', '26:4x43,1x44', '24:6x19,2x20', '28:6x15,2x16'],
]
const ALIGNMENT = [[], [18], [22], [26], [30], [34], [22, 38], [24, 42], [26, 46], [28, 50]]
const LEVELS = [1, 0, 3, 2] // the two bits of the format, as an index into BLOCKS
const MASKS = [
  (x: number, y: number) => (x + y) % 2,
  (_: number, y: number) => y % 2,
  (x: number) => x % 3,
  (x: number, y: number) => (x + y) % 3,
  (x: number, y: number) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2,
  (x: number, y: number) => ((x * y) % 2) + ((x * y) % 3),
  (x: number, y: number) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x: number, y: number) => (((x + y) % 2) + ((x * y) % 3)) % 2,
]

/** What the code of our own drawing says: `size` of its square with the quiet zone, `path` its dark bars. */
export function readQr(size: number, path: string): string {
  const whole = Array.from({ length: size }, () => Array<boolean>(size).fill(false))
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) whole[Number(y)].fill(true, Number(x), Number(x) + Number(width))
  const quiet = whole.findIndex((row) => row.includes(true))
  const modules = whole.slice(quiet, size - quiet).map((row) => row.slice(quiet, size - quiet))
  if (quiet < 4 || modules.some((row) => row.length !== modules.length)) throw new Error(`A quiet zone of ${quiet}`)
  return text(dataWords(modules), modules.length)
}

function dataWords(modules: boolean[][]) {
  const version = (modules.length - 17) / 4
  const at = [[8, 0], [8, 1], [8, 2], [8, 3], [8, 4], [8, 5], [8, 7], [8, 8], [7, 8], [5, 8], [4, 8], [3, 8], [2, 8], [1, 8], [0, 8]]
  const format = at.reduce((bits, [x, y], place) => bits | (Number(modules[y][x]) << place), 0) ^ 0x5412
  const [correction, groups] = BLOCKS[version - 1][LEVELS[format >> 13]].split(':')
  const blocks = groups.split(',').flatMap((group) => {
    const [count, length] = group.split('x').map(Number)
    return Array.from({ length: count }, () => ({ length, words: [] as number[] }))
  })
  const words = bytesOf(bits(modules, version, MASKS[(format >> 10) & 7]))
  const expected = blocks.reduce((sum, { length }) => sum + length + Number(correction), 0)
  if (words.length !== expected) throw new Error(`${words.length} words where version ${version} holds ${expected}`)
  const longest = Math.max(...blocks.map(({ length }) => length))
  for (let place = 0; place < longest; place++) for (const block of blocks) if (place < block.length) block.words.push(words.shift() as number)
  return blocks.flatMap((block) => block.words)
}

/** Two columns at a time, up and down from the right, around what is no data. */
function bits(modules: boolean[][], version: number, mask: (x: number, y: number) => number) {
  const size = modules.length
  const found: number[] = []
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right = 5
    for (let step = 0; step < size; step++) {
      const y = up ? size - 1 - step : step
      for (const x of [right, right - 1]) if (!isFunction(x, y, size, version)) found.push(Number(modules[y][x]) ^ Number(mask(x, y) === 0))
    }
  }
  return found
}

function isFunction(x: number, y: number, size: number, version: number) {
  if (x === 6 || y === 6) return true
  if ((x < 9 && y < 9) || (x < 9 && y > size - 9) || (x > size - 9 && y < 9)) return true
  if (version >= 7 && ((x < 6 && y > size - 12) || (x > size - 12 && y < 6))) return true
  const [last] = ALIGNMENT[version - 1].slice(-1)
  const centres = [6, ...ALIGNMENT[version - 1]]
  return centres.some((cx) => centres.some((cy) => {
    const isFinder = (cx === 6 && cy === 6) || (cx === 6 && cy === last) || (cx === last && cy === 6)
    return !isFinder && Math.abs(x - cx) < 3 && Math.abs(y - cy) < 3
  }))
}

const bytesOf = (all: number[]) =>
  Array.from({ length: Math.floor(all.length / 8) }, (_, place) => all.slice(place * 8, place * 8 + 8).reduce((byte, bit) => (byte << 1) | bit, 0))

function text(words: number[], size: number) {
  const all = words.flatMap((word) => [7, 6, 5, 4, 3, 2, 1, 0].map((place) => (word >> place) & 1))
  const number = (from: number, length: number) => all.slice(from, from + length).reduce((sum, bit) => (sum << 1) | bit, 0)
  if (number(0, 4) !== 4) throw new Error(`Mode ${number(0, 4)} is not bytes`)
  const counted = size >= 17 + 4 * 10 ? 16 : 8
  return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytesOf(all.slice(4 + counted, 4 + counted + 8 * number(4, counted)))))
}
