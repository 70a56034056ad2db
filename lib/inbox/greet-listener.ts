import { connect } from 'node:net'
import { config } from '@/lib/config'
import { doctorsAddress } from './recipient'

/** What our own listener says when it is only asked: whether it takes what is ours and refuses what is not. */
export type Greeted = { answers: false; why: string } | { answers: true; takesOurs: boolean; refusesOthers: boolean; said: string }

const patience = 8_000

/** Speaks SMTP with the listener on this machine as another server would, and leaves before sending anything. */
export async function greetListener(port: number): Promise<Greeted> {
  const line = connect(port, 'localhost')
  try {
    const hear = answersOf(line)
    const say = (text: string) => {
      line.write(`${text}\r\n`)
      return hear()
    }
    const greeting = await hear()
    if (!greeting.startsWith('220')) return { answers: false, why: greeting }
    await say('EHLO doctor.localhost')
    const sender = await say('MAIL FROM:<>')
    const ours = await say(`RCPT TO:<${doctorsAddress()}>`)
    const other = await say(`RCPT TO:<nobody@${config().replyDomain}>`)
    line.write('QUIT\r\n')
    return { answers: true, takesOurs: ours.startsWith('250'), refusesOthers: other.startsWith('550'), said: sender.startsWith('250') ? ours : sender }
  } catch (error) {
    return { answers: false, why: (error as NodeJS.ErrnoException).code ?? (error as Error).message }
  } finally {
    line.end()
    setTimeout(() => line.destroy(), 500).unref()
  }
}

/** Answers of several lines are heard to their last one (RFC 5321 4.2.1). */
function answersOf(line: ReturnType<typeof connect>) {
  const heard: string[] = []
  let wake = () => {}
  let trouble: Error | undefined
  let rest = ''
  line.setTimeout(patience, () => line.destroy(new Error('no answer')))
  line.on('data', (chunk: Buffer) => {
    const lines = (rest + chunk.toString('latin1')).slice(-4096).split('\r\n')
    rest = lines.pop() ?? ''
    heard.push(...lines.filter((one) => /^\d{3}( |$)/.test(one)))
    wake()
  })
  line.on('error', (error) => (trouble ??= error))
  line.on('close', () => {
    trouble ??= new Error('it hung up')
    wake()
  })
  return async () => {
    while (heard.length === 0) {
      if (trouble) throw trouble
      await new Promise<void>((resolve) => (wake = resolve))
    }
    return String(heard.shift())
  }
}
