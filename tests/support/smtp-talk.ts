import { connect, type Socket } from 'node:net'

/** A client of SMTP that says what no mail program would, and hears every line that comes back. */
export async function talk(port: number, host = '127.0.0.1') {
  const socket: Socket = connect(port, host)
  const lines: string[] = []
  const state = { over: false }
  let wake = () => {}
  let rest = ''
  socket.on('data', (chunk: Buffer) => {
    const said = (rest + chunk.toString()).split('\r\n')
    rest = said.pop() ?? ''
    lines.push(...said)
    wake()
  })
  for (const event of ['close', 'error'] as const) {
    socket.on(event, () => {
      state.over = true
      wake()
    })
  }

  /** The next whole answer, its lines joined; `over` where the connection ended instead. */
  async function hear(within = 10_000): Promise<string> {
    for (const end = Date.now() + within; ; ) {
      const last = lines.findIndex((line) => /^\d{3}( |$)/.test(line))
      if (last >= 0) return lines.splice(0, last + 1).join('\n')
      if (state.over) return 'over'
      if (Date.now() >= end) throw new Error(`Nothing was answered within ${within} ms`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, end - Date.now())
        wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  return {
    socket,
    hear,
    /** Says a line and hears the answer. */
    async say(line: string) {
      socket.write(`${line}\r\n`)
      return hear()
    },
    write: (text: string | Buffer) => socket.write(text),
    end: () => socket.destroy(),
  }
}

/** Greeted already. */
export async function greeted(port: number, host?: string) {
  const client = await talk(port, host)
  const greeting = await client.hear()
  if (!greeting.startsWith('220')) throw new Error(`Not greeted: ${greeting}`)
  await client.say('EHLO sender.example')
  return client
}
