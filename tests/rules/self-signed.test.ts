import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer } from 'node:tls'
import { expect, test } from 'vitest'
import { selfSigned } from '@/lib/self-signed'

const at = new Date('2026-11-22T12:00:00Z')

test('a certificate vouches for itself, for one name, from the day before, for ten years', () => {
  const { key, cert } = selfSigned('answers.theatre.example', at)
  const read = new X509Certificate(cert)
  expect(read.subject).toBe('CN=answers.theatre.example')
  expect(read.issuer).toBe(read.subject)
  expect(read.checkHost('answers.theatre.example')).toBe('answers.theatre.example')
  expect(read.checkHost('theatre.example')).toBeUndefined()
  expect(read.verify(read.publicKey)).toBe(true)
  expect(new Date(read.validFrom).toISOString()).toBe('2026-11-21T12:00:00.000Z')
  expect(new Date(read.validTo).toISOString()).toBe('2036-11-01T00:00:00.000Z')
  expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----/)
})

test('two are never the same', () => {
  const serials = Array.from({ length: 20 }, () => new X509Certificate(selfSigned('a.example', at).cert).serialNumber)
  expect(new Set(serials).size).toBe(20)
})

test('a connection is encrypted with it, whatever the length of the name', async () => {
  for (const name of ['a.example', `${'long.'.repeat(40)}example`]) {
    const server = createServer(selfSigned(name, new Date()), (socket) => socket.end('hello')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const client = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', rejectUnauthorized: false })
    expect(String((await once(client, 'data'))[0])).toBe('hello')
    expect([client.getProtocol(), client.authorized]).toEqual(['TLSv1.3', false])
    client.destroy()
    await new Promise((resolve) => server.close(resolve))
  }
})
