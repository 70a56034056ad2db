import { createServer, type IncomingMessage, request as ask, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { brotliDecompress, gunzip } from 'node:zlib'
import { collect } from '@/server/answer'
import { keeper } from '@/server/kept'

type Make = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>
type Asked = { method?: string; headers?: Record<string, string> }

/** The server's door with a page of the test's own behind it; `made` counts how often that was asked. */
export async function doorBefore(make: Make, options: Parameters<typeof keeper>[0]) {
  const kept = keeper(options)
  let made = 0
  const server = createServer((request, response) => {
    const answered = kept.answer(request, response, (keep) => {
      made++
      collect(request, response, { onHead: () => {}, onPage: (html) => html, keep })
      void make(request, response)
    })
    answered.catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    get: (path: string, asked: Asked = {}) => fetchRaw(port, path, asked),
    made: () => made,
    size: kept.size,
    stop: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  }
}

/** As it came: no coding undone, no connection kept. */
function fetchRaw(port: number, path: string, { method = 'GET', headers = {} }: Asked) {
  return new Promise<{ status: number; headers: Record<string, string | undefined>; raw: Buffer; text: string }>((resolve, reject) => {
    const request = ask({ host: '127.0.0.1', port, path, method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const raw = Buffer.concat(chunks)
        const said = response.headers as Record<string, string | undefined>
        decode(raw, method === 'HEAD' ? undefined : said['content-encoding']).then(
          (text) => resolve({ status: response.statusCode ?? 0, headers: said, raw, text }),
          reject,
        )
      })
    })
    request.on('error', reject)
    request.end()
  })
}

async function decode(raw: Buffer, coding: string | undefined) {
  const undo = coding === 'br' ? promisify(brotliDecompress) : coding === 'gzip' ? promisify(gunzip) : undefined
  return (undo ? await undo(raw) : raw).toString()
}
