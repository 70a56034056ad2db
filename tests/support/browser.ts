import { freePort } from '@/server/ports'
import { startApp } from './app'
import { startSmtp } from './smtp'

/**
 * Playwright's global set-up: the real program on an empty house with the demonstration season, and a real SMTP
 * server. The tests find both through E2E_URL and the mail window E2E_MAIL, and hand mail in at the port E2E_INBOUND (see
 * tests/support/e2e.ts).
 */
export default async function setUp() {
  const smtp = await startSmtp()
  const inbound = String(await freePort())
  const app = await startApp({ SMTP_URL: smtp.url, RATE_LIMITS: 'off', INBOUND_SMTP_PORT: inbound })
  const window = await openMailWindow(smtp.received)
  Object.assign(process.env, { E2E_URL: app.url, E2E_DATA_DIR: app.dataDir, E2E_PORT: String(app.port), E2E_MAIL: window.url, E2E_INBOUND: inbound })
  return async () => {
    await window.close()
    await app.stop()
    await smtp.stop()
  }
}

/** Tests run in a process of their own: they read the letters received through a small HTTP door. */
async function openMailWindow(received: { raw: string; recipients: string[] }[]) {
  const { createServer } = await import('node:http')
  const server = createServer((_, response) => {
    response.setHeader('Content-Type', 'application/json')
    response.end(JSON.stringify(received.map(({ raw, recipients }) => ({ raw, recipients }))))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return { url: `http://127.0.0.1:${port}`, close: () => new Promise((resolve) => server.close(resolve)) }
}
