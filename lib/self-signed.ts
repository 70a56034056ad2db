import { createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

/**
 * A key and a certificate that vouches for itself (X.509, RFC 5280; ECDSA on P-256), in PEM, for ten years from the day
 * before `at`. Nobody can check whose it is, and those who hand mail over do not: it keeps what passes from being read on
 * its way (RFC 7435).
 */
export function selfSigned(name: string, at: Date): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const ecdsaWithSha256 = sequence(oid(1, 2, 840, 10045, 4, 3, 2))
  const whose = sequence(set(sequence(oid(2, 5, 4, 3), node(0x0c, Buffer.from(name.slice(0, 64))))))
  const alternatives = sequence(oid(2, 5, 29, 17), node(0x04, sequence(node(0x82, Buffer.from(name, 'latin1')))))
  const begins = new Date(at.getTime() - 86_400_000)
  const ends = new Date(Date.UTC(begins.getUTCFullYear() + 10, begins.getUTCMonth(), 1))
  const content = sequence(
    node(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x01]), randomBytes(15)])),
    ecdsaWithSha256,
    whose,
    sequence(time(begins), time(ends)),
    whose,
    publicKey.export({ type: 'spki', format: 'der' }),
    node(0xa3, sequence(alternatives)),
  )
  const signature = createSign('sha256').update(content).sign(privateKey)
  const whole = sequence(content, ecdsaWithSha256, node(0x03, Buffer.from([0]), signature))
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert: pem(whole) }
}

/** A value of DER (X.690): its tag, the length of what it holds, and that. */
function node(tag: number, ...parts: Buffer[]) {
  const content = Buffer.concat(parts)
  const bytes = content.length.toString(16)
  const length = content.length < 0x80 ? Buffer.from([content.length]) : Buffer.from(bytes.padStart(bytes.length + (bytes.length % 2), '0'), 'hex')
  return Buffer.concat([Buffer.from([tag]), ...(content.length < 0x80 ? [] : [Buffer.from([0x80 | length.length])]), length, content])
}

const sequence = (...parts: Buffer[]) => node(0x30, ...parts)
const set = (...parts: Buffer[]) => node(0x31, ...parts)
const integer = (bytes: Buffer) => node(0x02, bytes)

/** UTCTime, as is asked for until 2049 (RFC 5280 4.1.2.5). */
const time = (at: Date) => node(0x17, Buffer.from(`${at.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`))

function oid(first: number, second: number, ...rest: number[]) {
  const base128 = (value: number): number[] => (value < 0x80 ? [value] : [...base128(Math.floor(value / 0x80)).map((byte) => byte | 0x80), value % 0x80])
  return node(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

const pem = (der: Buffer) => `-----BEGIN CERTIFICATE-----\n${(der.toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`
