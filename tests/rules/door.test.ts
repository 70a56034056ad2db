import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readConfig } from '@/lib/config'
import { collect } from '@/server/answer'
import { CLIENT_ADDRESS, nameClient } from '@/server/client-address'
import { pagePolicy, setSafetyHeaders } from '@/server/policy'
import { refuse } from '@/server/refuse'

const NONCE = 'c0ffee00c0ffee00c0ffee00c0ffee00'

describe('the policy of a page', () => {
  const hash = (body: string) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`

  test('allows the scripts that carry the nonce of this answer, and forgets the nonce', () => {
    const { html, policy } = pagePolicy(`<p></p><script nonce="${NONCE}">ours()</script>`, NONCE)
    expect(html).toBe('<p></p><script>ours()</script>')
    expect(policy).toContain(`script-src 'self' ${hash('ours()')};`)
  })

  test('does not allow a script that came in with a text', () => {
    const { policy } = pagePolicy(`<script>alert(1)</script><script nonce="${NONCE}">ours()</script>`, NONCE)
    expect(policy).not.toContain(hash('alert(1)'))
    expect(policy).not.toContain('unsafe-inline')
  })

  test('joins the many small scripts of a page into one', () => {
    const page = [1, 2, 3].map((n) => `<script nonce="${NONCE}">f(${n})</script>`).join('')
    const { html, policy } = pagePolicy(page, NONCE)
    expect(html).toBe('<script>f(1);f(2);f(3)</script>')
    expect(policy.match(/sha256/g)).toHaveLength(1)
  })

  test('leaves scripts with an address alone, and hashes those with an id', () => {
    const page = `<script src="/a.js" async="" nonce="${NONCE}"></script><script nonce="${NONCE}" id="_R_">g()</script>`
    const { html, policy } = pagePolicy(page, NONCE)
    expect(html).toBe('<script src="/a.js" async=""></script><script id="_R_">g()</script>')
    expect(policy.match(/sha256/g)).toHaveLength(1)
  })

  test('lets no nonce out inside the data of a page', () => {
    const { html, policy } = pagePolicy(`<script nonce="${NONCE}">push('"nonce":"${NONCE}"')</script>`, NONCE)
    expect(html).not.toContain(NONCE)
    expect(policy).toContain(hash(`push('"nonce":""')`))
  })
})

describe('who asks', () => {
  const none = readConfig({}).trustedProxies
  const ours = readConfig({ TRUSTED_PROXIES: '10.0.0.0/8,127.0.0.1' }).trustedProxies

  test.each([
    ['is the peer where there is no proxy', '192.0.2.1', undefined, none, '192.0.2.1'],
    ['is the peer, whatever a stranger forwards', '192.0.2.1', '203.0.113.9', ours, '192.0.2.1'],
    ['is whom our proxy names', '10.0.0.1', '203.0.113.9', ours, '203.0.113.9'],
    ['is the last whom we did not add', '10.0.0.1', '198.51.100.1, 203.0.113.9, 10.0.0.2', ours, '203.0.113.9'],
    ['is written plainly on an IPv6 socket', '::ffff:127.0.0.1', '2001:db8::5', ours, '2001:db8::5'],
    ['is the proxy where it forwards nonsense', '10.0.0.1', 'unknown', ours, '10.0.0.1'],
  ])('%s', (_, peer, forwarded, trusted, client) => {
    const asked = { socket: { remoteAddress: peer }, headers: { 'x-forwarded-for': forwarded, [CLIENT_ADDRESS]: '6.6.6.6' } }
    nameClient(asked as unknown as IncomingMessage, trusted)
    expect(asked.headers[CLIENT_ADDRESS]).toBe(client)
  })

  test('forwarding headers of strangers go no further', () => {
    const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'for=1.1.1.1' }
    const asked = { socket: { remoteAddress: '192.0.2.1' }, headers }
    nameClient(asked as unknown as IncomingMessage, ours)
    expect(asked.headers).toEqual({ [CLIENT_ADDRESS]: '192.0.2.1' })
  })
})

describe('the door', () => {
  const LONG = 'é'.repeat(2000)
  const server = createServer(answer)
  let port = 0

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const address = server.address()
    port = typeof address === 'object' && address ? address.port : 0
  })
  afterAll(() => new Promise((resolve) => server.close(resolve)))

  async function answer(asked: IncomingMessage, response: ServerResponse) {
    const onHead = () => setSafetyHeaders(response, { https: true, dev: false })
    collect(asked, response, { onHead, onPage: (html) => html.replace('HOLE', 'filled') })
    if (await refuse(asked, response)) return
    if (asked.url === '/page') response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8', ETag: '"1"' })
    else if (asked.url === '/image') response.writeHead(200, { 'Content-Type': 'image/png', 'Content-Length': 4 })
    else if (asked.url === '/own') response.setHeader('Content-Security-Policy', 'sandbox')
    else if (asked.url === '/unchanged') response.writeHead(304)
    if (asked.url === '/page') {
      response.write(`<p>HOLE</p>${LONG.slice(0, 7)}`)
      response.write(Buffer.from(LONG.slice(7)))
    }
    let length = 0
    for await (const chunk of asked) length += (chunk as Buffer).length
    response.end(asked.url === '/image' ? 'PNG!' : length > 0 ? String(length) : undefined)
  }

  test.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ])('sends a page whole, changed, packed as %s', async (coding, unpack) => {
    const { status, headers, body } = await ask('/page', { headers: { 'Accept-Encoding': coding } })
    expect(status).toBe(200)
    expect(headers).toMatchObject({ 'content-encoding': coding, etag: 'W/"1"', vary: 'Accept-Encoding', 'content-length': String(body.length) })
    expect(unpack(body).toString()).toBe(`<p>filled</p>${LONG}`)
  })

  test('packs nothing for who does not ask for it, or refuses it', async () => {
    expect((await ask('/page')).headers['content-encoding']).toBeUndefined()
    expect((await ask('/page', { headers: { 'Accept-Encoding': 'br;q=0, gzip;q=0' } })).headers['content-encoding']).toBeUndefined()
  })

  test('lets images through as they are, with the safety headers', async () => {
    const { headers, body } = await ask('/image', { headers: { 'Accept-Encoding': 'br' } })
    expect(body.toString()).toBe('PNG!')
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'same-origin' })
    expect(headers['strict-transport-security']).toContain('max-age=')
  })

  test('leaves a policy alone that the route set itself', async () => {
    expect((await ask('/own')).headers['content-security-policy']).toBe('sandbox')
  })

  test('says 304 without a body', async () => {
    const { status, body } = await ask('/unchanged')
    expect([status, body.length]).toEqual([304, 0])
  })

  test.each(['/%E0%A4%A', '/%', '/a%00b', '/?q=%00', '/?q=%ED%A0%80', '/%ff', '/a%2500b', '/%25ZZ', '/a%252500'])('refuses the address %s with 400', async (path) => {
    const { status, body, headers } = await ask(path)
    expect(status).toBe(400)
    expect(headers['content-type']).toContain('text/html')
    expect(body.toString()).toContain('Cette adresse n’est pas valide')
  })

  test('refuses in the reader’s language, and to machines as a problem document', async () => {
    expect((await ask('/en/%ff')).body.toString()).toContain('This address is not valid')
    const { headers, body } = await ask('/api/v1/%ff', { headers: { 'Accept-Language': 'en' } })
    expect(headers['content-type']).toBe('application/problem+json')
    expect(JSON.parse(body.toString())).toMatchObject({ status: 400, title: 'Unreadable address' })
  })

  test('a stray percent in a query is a text like another', async () => {
    expect((await ask('/other?q=100%')).status).toBe(200)
  })

  test('refuses a body above 256 kB, announced or not', async () => {
    expect((await ask('/', { method: 'POST' }, Buffer.alloc(300 * 1024))).status).toBe(413)
    expect((await ask('/', { method: 'POST', headers: { 'Transfer-Encoding': 'chunked' } }, Buffer.alloc(300 * 1024))).status).toBe(413)
    expect(await ask('/', { method: 'POST', headers: { 'Transfer-Encoding': 'chunked' } }, Buffer.alloc(200 * 1024))).toMatchObject({ status: 200, body: Buffer.from(String(200 * 1024)) })
  })

  function ask(path: string, options: { method?: string; headers?: Record<string, string> } = {}, body?: Buffer) {
    const length: Record<string, string> = body && !options.headers ? { 'Content-Length': String(body.length) } : {}
    return new Promise<{ status?: number; headers: IncomingMessage['headers']; body: Buffer }>((resolve, reject) => {
      const sent = request({ port, path, host: '127.0.0.1', ...options, headers: { ...options.headers, ...length } }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) }))
        response.on('error', reject)
      })
      sent.on('error', reject)
      sent.end(body)
    })
  }
})
