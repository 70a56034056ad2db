import { createTransport } from 'nodemailer'
import SMTPConnection from 'nodemailer/lib/smtp-connection'

/** What an SMTP server says when it is only greeted. `loggedIn` is null where the address holds no account. */
export type Greeting =
  | { answers: true; host: string; port: number; encrypted: boolean; takesLogIns: boolean; loggedIn: boolean | null; refusal: string | null }
  | { answers: false; host: string; port: number; why: string }

const patience = { connectionTimeout: 8_000, greetingTimeout: 8_000, socketTimeout: 8_000, dnsTimeout: 8_000 }

/** Connects as sending does (EHLO, STARTTLS where it is offered), logs in if the address says so, and leaves. Sends nothing. */
export async function greetServer(url: string): Promise<Greeting> {
  const options = createTransport(url).options as SMTPConnection.Options & { auth?: SMTPConnection.Credentials }
  const { host = 'localhost', port, secure = false, auth } = options
  const where = { host: String(host), port: Number(port ?? (secure ? 465 : 587)) }
  const connection = new SMTPConnection({ ...patience, ...options })
  try {
    await settled(connection, (done) => connection.connect(done))
  } catch (error) {
    connection.close()
    return { answers: false, ...where, why: wordsOf(error) }
  }
  const greeting = { answers: true as const, ...where, encrypted: connection.secure, takesLogIns: connection.allowsAuth, loggedIn: null, refusal: null }
  try {
    if (!auth?.user) return greeting
    await settled(connection, (done) => connection.login(auth, done))
    return { ...greeting, loggedIn: true }
  } catch (error) {
    return { ...greeting, loggedIn: false, refusal: wordsOf(error) }
  } finally {
    connection.quit()
  }
}

/** It tells of some faults by its callback and of others by an event. */
function settled(connection: SMTPConnection, begin: (done: (error?: Error | null) => void) => void) {
  return new Promise<void>((resolve, reject) => {
    connection.on('error', reject)
    begin((error) => (error ? reject(error) : resolve()))
  })
}

const wordsOf = (error: unknown) => (error instanceof Error ? ((error as { response?: string }).response ?? error.message) : 'unknown').slice(0, 300)
