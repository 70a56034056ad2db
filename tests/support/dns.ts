import { createSocket, type RemoteInfo } from 'node:dgram'

/** What a name holds; a name that is not there does not exist. `txt` longer than 255 octets travels in pieces. */
export type Zone = Record<string, { txt?: string[]; mx?: [priority: number, exchange: string][]; a?: string[] }>

const kinds = { 1: 'a', 15: 'mx', 16: 'txt' } as const

/** A real DNS server on a port of its own (RFC 1035 section 4), which knows this zone and nothing else. */
export async function startDns(zone: Zone) {
  const socket = createSocket('udp4')
  const asked: string[] = []
  socket.on('message', (query: Buffer, from: RemoteInfo) => {
    const { name, end } = readName(query, 12)
    const kind = kinds[query.readUInt16BE(end) as keyof typeof kinds]
    asked.push(`${kind ?? 'other'} ${name}`)
    const found = zone[name]
    const answers = found && kind ? (found[kind] ?? []).map((value) => record(query.readUInt16BE(end), value)) : []
    const head = Buffer.from(query.subarray(0, 12))
    // An answer, with recursion, 3: no such name.
    head.writeUInt16BE(0x8180 | (found ? 0 : 3), 2)
    head.writeUInt16BE(answers.length, 6)
    head.writeUInt32BE(0, 8)
    socket.send(Buffer.concat([head, query.subarray(12, end + 4), ...answers]), from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  return { server: `127.0.0.1:${socket.address().port}`, asked, stop: () => new Promise<void>((resolve) => socket.close(resolve)) }
}

function readName(packet: Buffer, start: number) {
  const labels: string[] = []
  let at = start
  for (; packet[at] !== 0; at += packet[at] + 1) labels.push(packet.toString('latin1', at + 1, at + 1 + packet[at]))
  return { name: labels.join('.').toLowerCase(), end: at + 1 }
}

function record(kind: number, value: string | [number, string]) {
  const data = kind === 1 ? Buffer.from(String(value).split('.').map(Number)) : Array.isArray(value) ? Buffer.concat([short(value[0]), nameOf(value[1])]) : pieces(value)
  return Buffer.concat([Buffer.from([0xc0, 12]), short(kind), short(1), Buffer.from([0, 0, 0, 60]), short(data.length), data])
}

const short = (value: number) => Buffer.from([value >> 8, value & 255])
const sized = (text: string) => Buffer.concat([Buffer.from([Buffer.byteLength(text)]), Buffer.from(text)])
const nameOf = (name: string) => Buffer.concat([...name.split('.').filter(Boolean).map(sized), Buffer.from([0])])
const pieces = (text: string) => Buffer.concat((text.match(/[^]{1,255}/g) ?? ['']).map(sized))
