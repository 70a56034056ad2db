import { notFound } from 'next/navigation'
import { requireKey } from '@/app/dev/mailbox/entry'
import { privately } from '@/app/privately'
import { isId } from '@/lib/ids'
import { mailboxLetter } from '@/lib/mail/queries'

interface Context {
  params: Promise<{ id: string }>
}

/** The invitation, as a calendar would open it. */
export async function GET(_request: Request, { params }: Context) {
  await requireKey()
  const { id } = await params
  const letter = isId(id) ? await mailboxLetter(id) : null
  if (!letter?.calendar) notFound()
  return new Response(letter.calendar, {
    headers: { ...privately, 'Content-Type': 'text/calendar; charset=utf-8', 'Content-Disposition': 'attachment; filename="invitation.ics"' },
  })
}
