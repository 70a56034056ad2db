// The two packages bring no types: what the tests use of them.
declare module 'smtp-server' {
  import type { Server } from 'node:net'
  import type { Readable } from 'node:stream'
  interface Address {
    address: string
  }
  export interface SMTPServerSession {
    id: string
    remotePort: number
    envelope: { mailFrom: Address | false; rcptTo: Address[] }
  }
  export class SMTPServer {
    constructor(options: {
      authOptional?: boolean
      disabledCommands?: string[]
      logger?: boolean
      allowInsecureAuth?: boolean
      /** Milliseconds that a closing server gives those who are still on the line. */
      closeTimeout?: number
      onAuth?(auth: { username?: string; password?: string }, session: SMTPServerSession, callback: (error: Error | null, taken?: { user: string }) => void): void
      onRcptTo?(to: Address, session: SMTPServerSession, callback: (error?: Error | null) => void): void
      onData?(stream: Readable, session: SMTPServerSession, callback: (error?: Error | null) => void): void
    })
    server: Server
    listen(port: number, host: string, callback: () => void): void
    close(callback: () => void): void
    on(event: 'error', listener: (error: Error) => void): void
  }
}

declare module 'mailparser' {
  import type { Readable } from 'node:stream'
  interface Mailbox {
    address?: string
    name: string
  }
  export interface ParsedMail {
    subject?: string
    text?: string
    html: string | false
    messageId?: string
    from?: { value: Mailbox[]; text: string }
    to?: { value: Mailbox[]; text: string }
    headers: Map<string, unknown>
    headerLines: { key: string; line: string }[]
    attachments: { contentType: string; filename?: string; content: Buffer; headers: Map<string, unknown> }[]
  }
  export function simpleParser(source: Buffer | string | Readable): Promise<ParsedMail>
}
