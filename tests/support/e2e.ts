import { spawnSync } from 'node:child_process'
import { test as base } from '@playwright/test'
import { createTransport } from 'nodemailer'
import { type ParsedMail, simpleParser } from 'mailparser'
import { childVariables, noVariables } from '@/lib/config'

type Letter = ParsedMail & { recipients: string[]; raw: string }

export interface Mail {
  /** How many letters arrived so far: to wait for a later one. */
  count(): Promise<number>
  next(fits: (letter: Letter) => boolean, options?: { within?: number; after?: number }): Promise<Letter>
}

/** Playwright's `test`, with the program's address as base, the letters that it sent, and its command line. */
export const test = base.extend<{ mail: Mail; admin: (...words: string[]) => string }>({
  baseURL: async ({}, use) => use(process.env.E2E_URL),
  mail: async ({}, use) =>
    use({
      count: async () => (await letters()).length,
      async next(fits, { within = 10_000, after = 0 } = {}) {
        for (const end = Date.now() + within; Date.now() < end; ) {
          for (const { raw, recipients } of (await letters()).slice(after)) {
            const letter = { ...(await simpleParser(raw)), recipients, raw }
            if (fits(letter)) return letter
          }
          await new Promise((resolve) => setTimeout(resolve, 100))
        }
        throw new Error(`No such letter within ${within} ms`)
      },
    }),
  admin: async ({}, use) => use(runAdmin),
})

export { expect } from '@playwright/test'

/** Hands a message to the program's own door for answers, as the server of its sender's provider does. */
export async function handIn({ from, to, raw }: { from: string; to: string; raw: Buffer | string }) {
  // Servers of providers encrypt where they can, and ask for no name in the certificate (RFC 3207 4.1).
  const transport = createTransport({ host: '127.0.0.1', port: Number(process.env.E2E_INBOUND), secure: false, name: 'mx.provider.example', tls: { rejectUnauthorized: false } })
  try {
    await transport.sendMail({ envelope: { from, to: [to] }, raw })
  } finally {
    transport.close()
  }
}

async function letters() {
  const answer = await fetch(String(process.env.E2E_MAIL))
  return (await answer.json()) as { raw: string; recipients: string[] }[]
}

/** `npm run admin -- …` on the program under test; gives what it printed. */
function runAdmin(...words: string[]) {
  const env = childVariables({
    ...noVariables(),
    DATA_DIR: String(process.env.E2E_DATA_DIR),
    PORT: String(process.env.E2E_PORT),
  })
  const done = spawnSync(process.execPath, ['server/start.mjs', 'admin', ...words], { env, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`admin ${words.join(' ')} failed: ${done.stderr}`)
  return done.stdout.trim()
}
