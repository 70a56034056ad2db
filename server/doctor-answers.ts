import { config } from '@/lib/config'
import { db } from '@/lib/db'
import { greetListener } from '@/lib/inbox/greet-listener'
import { lookIntoMailbox } from '@/lib/inbox/look-into-mailbox'
import type { Trouble } from '@/lib/inbox/mailbox'
import { doctorsAddress } from '@/lib/inbox/recipient'
import type { Reading } from '@/lib/mail/domain-records'
import { writeTest } from '@/lib/mail/write-test'

const good = (says: string): Reading => ({ level: 'good', says })
const note = (says: string): Reading => ({ level: 'note', says })
const wrong = (says: string): Reading => ({ level: 'wrong', says })

/** The ways by which answers come in, where any is set: whether each is open. */
export async function examineWaysIn(): Promise<Reading[]> {
  const { inboundSmtpPort, imapUrl } = config()
  return [...(inboundSmtpPort === undefined ? [] : await examineListener(inboundSmtpPort)), ...(imapUrl === undefined ? [] : await examineMailbox(imapUrl))]
}

async function examineListener(port: number): Promise<Reading[]> {
  const greeted = await greetListener(port)
  const where = `The listener on port ${port}`
  if (!greeted.answers) return [wrong(`${where} does not answer (${greeted.why}): is the server running beside this command?`)]
  return [
    greeted.takesOurs ? good(`${where} takes what is addressed to us.`) : wrong(`${where} does not take what is addressed to us: it says "${greeted.said}".`),
    ...(greeted.refusesOthers ? [] : [wrong(`${where} does not refuse what is addressed to nobody here: is it another program?`)]),
  ]
}

const reasons: Record<Trouble, string> = {
  refused: 'refuses our log-in: look at the name and the password in IMAP_URL (some providers want a password made for programs)',
  'no-folder': 'has no such folder',
  'read-only': 'lets us read and not mark: nothing would be known as filed',
  'not-secure': 'shows a certificate that nobody vouches for, or none',
  unreachable: 'does not answer',
}

async function examineMailbox(url: string): Promise<Reading[]> {
  const looked = await lookIntoMailbox(url)
  const where = `The mailbox at ${looked.host}, folder ${looked.folder},`
  if (!looked.opens) return [wrong(`${where} ${reasons[looked.why]}.`)]
  const isHome = /^(127\.|localhost|::1)/.test(looked.host)
  return [
    good(`${where} opens; ${looked.waiting} messages wait to be filed.`),
    ...(looked.isEncrypted || isHome ? [] : [wrong('The connection to it is not encrypted: the password can be read on its way. Say imaps://.')]),
    ...(looked.keepsMarks ? [] : [note('It remembers no marks of ours: what somebody reads there before we do is taken for filed. Let nobody read it.')]),
    ...(looked.tells ? [] : [note('It does not tell when something comes: answers are seen within a minute.')]),
    ...(looked.left > 0 ? [note(`${looked.left} messages in it are flagged and unread: those that were too large or could not be filed are among them.`)] : []),
  ]
}

/** A letter to ourselves, by the way that letters leave and the way that answers come in: seen by its Message-ID, or by its address where a relay writes its own. */
export async function examineWayBack(patienceMs: number): Promise<Reading[]> {
  const { smtpUrl, replyDomain } = config()
  if (smtpUrl === undefined) return [note('No answer was tried: without SMTP_URL nothing leaves that could come back.')]
  const to = doctorsAddress()
  const began = await databaseNow()
  const { messageId } = await db.letter.findUniqueOrThrow({ where: { id: await writeTest(to) }, select: { messageId: true } })
  for (const end = Date.now() + patienceMs; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 300))) {
    const came = await db.incomingMail.findFirst({ where: { OR: [{ messageId }, { toAddress: to, arrivedAt: { gte: began } }] }, select: { way: true } })
    if (came) return [good(`A letter to ourselves, at an address like those that calendars answer to, came back ${came.way === 'imap' ? 'in the mailbox' : 'by the listener'}.`)]
  }
  const letter = await db.letter.findUniqueOrThrow({ where: { messageId }, select: { status: true, lastError: true } })
  return [
    letter.status === 'sent'
      ? wrong(`A letter to ourselves left and has not come back within ${Math.round(patienceMs / 1000)} seconds: does mail to ${replyDomain} lead here (docs/answers.md)? It was sent to rsvp+…@${replyDomain}.`)
      : wrong(`A letter to ourselves has not left: ${letter.lastError ?? 'nobody took it; is the server running beside this command?'}`),
  ]
}

const databaseNow = async () => (await db.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS now`)[0].now
