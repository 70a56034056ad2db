import { notFound } from 'next/navigation'
import { requireKey } from '@/app/dev/mailbox/entry'
import { privately } from '@/app/privately'
import { isId } from '@/lib/ids'
import { mailboxLetter } from '@/lib/mail/queries'

interface Context {
  params: Promise<{ id: string }>
}

/** The whole message, byte for byte as SMTP would have carried it. */
export async function GET(_request: Request, { params }: Context) {
  await requireKey()
  const { id } = await params
  const letter = isId(id) ? await mailboxLetter(id) : null
  if (!letter) notFound()
  return new Response(new Uint8Array(letter.source), {
    headers: { ...privately, 'Content-Type': 'message/rfc822', 'Content-Disposition': `attachment; filename="${letter.kind}.eml"` },
  })
}
