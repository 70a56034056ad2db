import { notFound } from 'next/navigation'
import { privately, requireKey } from '@/app/dev/mailbox/entry'
import { isId } from '@/lib/ids'
import { mailboxLetter } from '@/lib/mail/queries'

interface Context {
  params: Promise<{ id: string }>
}

// A letter is foreign matter even here: no script, no form, no fetch, an origin of its own. Its styles stand on its
// elements, as mail programs want them, which is why this one answer allows them.
const policy = [
  'sandbox allow-popups allow-popups-to-escape-sandbox',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "frame-ancestors 'self'",
  "form-action 'none'",
].join('; ')

/** The letter's HTML as a page for the frame; its links open in a window of their own. */
export async function GET(_request: Request, { params }: Context) {
  await requireKey()
  const { id } = await params
  const letter = isId(id) ? await mailboxLetter(id) : null
  if (!letter?.html) notFound()
  const page = letter.html.replace(/<head>/i, '<head><base target="_blank">')
  return new Response(page, { headers: { ...privately, 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy } })
}
