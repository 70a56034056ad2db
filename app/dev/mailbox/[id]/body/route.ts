import { notFound } from 'next/navigation'
import { requireKey } from '@/app/dev/mailbox/entry'
import { letterFrame } from '@/app/letter-frame'
import { isId } from '@/lib/ids'
import { mailboxLetter } from '@/lib/mail/queries'

interface Context {
  params: Promise<{ id: string }>
}

/** The letter's HTML as a page for the frame. */
export async function GET(_request: Request, { params }: Context) {
  await requireKey()
  const { id } = await params
  const letter = isId(id) ? await mailboxLetter(id) : null
  if (!letter?.html) notFound()
  return letterFrame(letter.html)
}
