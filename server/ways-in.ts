import { config } from '@/lib/config'
import { fileMail } from '@/lib/inbox/file'
import { listen } from '@/lib/inbox/listen'
import { poll } from '@/lib/inbox/poll'
import { log } from '@/lib/log'

/** Opens the ways by which answers come in, where any is wished for. Rejects where the listener's port is taken. */
export async function openWaysIn() {
  const { inboundSmtpPort, imapUrl } = config()
  const listener = inboundSmtpPort === undefined ? undefined : await listen({ port: inboundSmtpPort, file: fileMail })
  if (listener) log.info('mail listener', { port: listener.port })
  const polling = imapUrl === undefined ? undefined : poll({ url: imapUrl, file: fileMail })
  return {
    /** Lets what is being handed over be filed. */
    async stop() {
      await Promise.all([listener?.stop(), polling?.stop()])
    },
  }
}
