import { createServer, type Server, type Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, vi } from 'vitest'
import { completeConfig, config } from '@/lib/config'
import { db, inTransaction } from '@/lib/db'
import { newId } from '@/lib/ids'
import { log } from '@/lib/log'
import type { Compose } from '@/lib/mail/deliver'
import { closeTransport } from '@/lib/mail/send'
import { type NewLetter, writeLetter } from '@/lib/mail/write-letter'
import { registration } from '@/tests/support/letters'
import { startSmtp } from '@/tests/support/smtp'

export const calendar = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//test//', 'METHOD:REQUEST', 'BEGIN:VEVENT', 'UID:a@b', 'SUMMARY:Café à la française', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n')
export const rsvp = { name: 'Parlons-en', address: 'rsvp+abcdefghijklmnopqrstuvwxyz234567@parlons-en.localhost' }

export const compose: Compose = async (letter) => ({
  letter: { kind: 'seat-confirmed', ...registration, name: letter.toName ?? '' },
  from: rsvp,
  calendar: { method: 'REQUEST', content: calendar, sequence: 0, eventSequence: 0, startsAt: new Date('2026-12-03T08:00:00Z') },
})

export const cleanUps: (() => unknown)[] = []
afterEach(async () => {
  // First, because a server waits for its callers to hang up.
  closeTransport()
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp()
  useServer(undefined)
})

export function useServer(url: string | undefined) {
  const { databaseUrl, authSecret } = config()
  vi.stubEnv('SMTP_URL', url ?? '')
  completeConfig({ databaseUrl, authSecret })
}

export async function smtp() {
  const server = await startSmtp()
  cleanUps.push(server.stop)
  useServer(server.url)
  return server
}

/** A real SMTP server that answers as it is told, letter after letter: a code to refuse with, or to take it. */
export async function answering(...answers: (number | 'ok' | 'lost')[]) {
  const bodies: string[] = []
  const lines: Socket[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, callback) {
      void rawOf(stream).then((raw) => {
        bodies.push(raw)
        const answer = answers.shift() ?? 'ok'
        if (answer === 'lost') return lines.forEach((line) => line.destroy())
        callback(answer === 'ok' ? null : Object.assign(new Error('told so by <zoe@theatre.example>'), { responseCode: answer }))
      })
    },
  })
  server.on('error', () => {})
  server.server.on('connection', (line: Socket) => lines.push(line))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUps.push(() => new Promise<void>((resolve) => server.close(resolve)))
  useServer(`smtp://127.0.0.1:${portOf(server.server)}`)
  return bodies
}

export async function rawOf(stream: NodeJS.ReadableStream) {
  let raw = ''
  for await (const chunk of stream) raw += String(chunk)
  return raw
}

/** A port on which nobody answers. */
export async function deafPort() {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const port = portOf(server)
  await new Promise((resolve) => server.close(resolve))
  return port
}

export const portOf = (server: Server) => {
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

export const write = (over: Partial<NewLetter> = {}) =>
  inTransaction((tx) =>
    writeLetter(tx, {
      about: `registration/${newId()}`,
      kind: 'seat-confirmed',
      revision: 0,
      locale: 'fr',
      to: { name: 'Zoé Martin', address: 'zoe@theatre.example' },
      ...over,
    }),
  )

export const only = () => db.letter.findFirstOrThrow()
export const becomeDue = () => db.letter.updateMany({ where: { status: 'queued' }, data: { dueAt: new Date(0) } })
export const allow = (level: 'warn' | 'error') => vi.spyOn(log, level).mockImplementation(() => {})
