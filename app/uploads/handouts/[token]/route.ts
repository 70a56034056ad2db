import { backTo, languageOf, takeFile } from '@/app/uploads/take-file'
import { networkOf } from '@/app/_session/network'
import { now } from '@/lib/clock'
import { handIn } from '@/lib/notes/add-resource'
import { findHandout } from '@/lib/notes/queries'
import { mayHandIn } from '@/lib/notes/rules'
import { done, refused } from '@/lib/outcome'
import { pathOf } from '@/lib/pathnames'
import { allowAll } from '@/lib/rate-limit'

type Params = { params: Promise<{ token: string }> }

/** A speaker sends slides, by the form of their own page: the link is the right. */
export async function POST(request: Request, { params }: Params) {
  const { token } = await params
  const path = pathOf('/handouts/[token]', { token }, languageOf(request))
  return backTo(path, 'sent', await takeFile(request, () => mayCome(token, networkOf(request.headers)), (sent) => handIn(token, sent)))
}

async function mayCome(token: string, network: string) {
  const handout = await findHandout(token)
  if (!handout || handout === 'gone') return refused(handout ?? 'not-found')
  const why = mayHandIn(handout.event, now())
  if (why) return refused(why)
  const { ok } = await allowAll([
    { what: 'handout-network', who: network, limit: { most: 60, seconds: 600 } },
    { what: 'handout', who: `${handout.eventId}/${handout.speakerId}`, limit: { most: 12, seconds: 600 } },
  ])
  return ok ? done(true) : refused('too-many')
}
