import { currentActor } from '@/app/_session/actor'
import { fileOf } from '@/app/[locale]/(host)/organise/inbox/shown-source'
import { privately } from '@/app/privately'
import { canReadInbox } from '@/lib/inbox/access'
import { incomingById } from '@/lib/inbox/queries'

type Context = { params: Promise<{ locale: string; id: string }> }

export const dynamic = 'force-dynamic'

// Written by anybody: to be kept as a file, never to be shown, and shown nevertheless it may do nothing.
const policy = "sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** A message that came in, as a file. 404 where there is none, 410 once its source is erased. Organisers only. */
export async function GET(_request: Request, { params }: Context) {
  const refuse = (status: number) => new Response(null, { status, headers: privately })
  if (!canReadInbox(await currentActor())) return refuse(403)
  const mail = await incomingById((await params).id)
  if (!mail?.raw) return refuse(mail ? 410 : 404)
  return new Response(fileOf(mail.raw), {
    headers: {
      ...privately,
      'Content-Type': 'message/rfc822',
      'Content-Disposition': `attachment; filename="message-${mail.id}.eml"`,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': policy,
    },
  })
}
