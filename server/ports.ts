import { createServer } from 'node:net'

/** Whether this process could listen there now; without `host`, on every address as the web server does. */
export const isPortFree = async (port: number, host?: string) => (await whyNotFree(port, host)) === null

/** The system's code (EADDRINUSE, EACCES), or null where the port is free. */
export async function whyNotFree(port: number, host?: string) {
  const server = createServer()
  return new Promise<string | null>((resolve) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => resolve(code ?? 'unknown'))
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)))
  })
}

export async function freePort() {
  const server = createServer()
  return new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
