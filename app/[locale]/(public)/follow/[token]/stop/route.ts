import { guest } from '@/lib/actor'
import { isCapability } from '@/lib/ids'
import { pathOf } from '@/lib/pathnames'
import { unfollow } from '@/lib/syndication/unfollow'

type Params = { params: Promise<{ locale: string; token: string }> }

/** Whoever opens the address sees a button; scanners that open every link change nothing. */
export async function GET(_request: Request, { params }: Params) {
  const { locale, token } = await params
  return new Response(null, { status: 303, headers: { Location: `${pathOf('/follow/[token]', { token }, locale)}#stop`, 'Cache-Control': 'no-store' } })
}

/**
 * The mail program's own button (RFC 8058): no cookie, no page of ours, no redirect. It ends everything that the address
 * follows; whoever stopped before, or was forgotten since, is told the same.
 */
export async function POST(_request: Request, { params }: Params) {
  const { locale, token } = await params
  const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' }
  if (!isCapability(token)) return new Response(null, { status: 404, headers })
  await unfollow(guest, { token }, { all: true })
  return new Response(locale === 'en' ? 'Done: we will not write about this any more.\n' : 'C’est fait\u00A0: nous ne vous écrirons plus à ce sujet.\n', { headers })
}
