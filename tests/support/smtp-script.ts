import type { Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { cleanUps, portOf, rawOf, useServer } from './mail'

/** What the server does with a letter: refuses with a code at a command, never answers, hangs up after the last dot. */
export type Play = 'take' | 'stall' | 'drop' | 'drop-and-keep' | { rcpt: number } | { data: number } | { mail: number }

export type Taken = { to: string; messageId: string; raw: string }

/**
 * A real SMTP server that plays what it is told for each recipient, once per line of the script, and takes what comes
 * after. `taken` is what it said 250 to; `heard`, every letter whose data reached it, taken or not.
 */
export async function scripted(script: Record<string, Play[]> = {}, { patienceMs = 1_500, port = 0 } = {}) {
  const [heard, taken, lines] = [[] as Taken[], [] as Taken[], new Set<Socket>()]
  const tries = new Map<string, number>()
  const played = new Map<string, Play>()
  let stops = false

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 50,
    onRcptTo({ address }, session, callback) {
      const play = script[address]?.shift() ?? 'take'
      tries.set(address, (tries.get(address) ?? 0) + 1)
      played.set(session.id, play)
      callback(typeof play === 'object' && 'rcpt' in play ? told(play.rcpt) : null)
    },
    onData(stream, session, callback) {
      void rawOf(stream).then((raw) => {
        const play = played.get(session.id) ?? 'take'
        const letter = { to: session.envelope.rcptTo[0].address, messageId: /^Message-ID: (.*?)\r$/im.exec(raw)?.[1] ?? '', raw }
        heard.push(letter)
        if (play === 'stall' || stops) return
        if (play === 'drop-and-keep') taken.push(letter)
        if (play === 'drop' || play === 'drop-and-keep') return lineOf(session.remotePort)?.destroy()
        if (typeof play === 'object' && 'data' in play) return callback(told(play.data))
        taken.push(letter)
        callback(null)
      })
    },
  })
  const lineOf = (remotePort: number) => [...lines].find((line) => line.remotePort === remotePort)
  server.on('error', () => {})
  server.server.on('connection', (line: Socket) => {
    lines.add(line)
    line.on('close', () => lines.delete(line))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const own = portOf(server.server)
  const close = () => {
    for (const line of lines) line.destroy()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  cleanUps.push(close)
  useServer(`smtp://127.0.0.1:${own}/?socketTimeout=${patienceMs}&greetingTimeout=${patienceMs}`)
  return {
    heard,
    taken,
    tries,
    port: own,
    close,
    /** From now on it reads everything and answers nothing. */
    stall: (on: boolean) => (stops = on),
  }
}

const told = (code: number) => Object.assign(new Error('as the script says'), { responseCode: code })
