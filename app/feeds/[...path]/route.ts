import { answerFeed, languageOf, methodsOfFeeds, noSuchMethod } from '@/app/feeds/answer-feed'
import { readFeedAddress } from '@/app/feeds/feed-address'
import { personalFeed } from '@/app/feeds/personal-feed'
import { publicFeed } from '@/app/feeds/public-feed'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ path: string[] }> }

export async function GET(request: Request, { params }: Context) {
  const address = readFeedAddress((await params).path)
  const locale = languageOf(new URL(request.url))
  return answerFeed(request, async () => {
    if (!address) return 404
    return 'token' in address ? personalFeed(address.token) : publicFeed(address.scope, address.format, locale)
  })
}

export const HEAD = GET
export const POST = noSuchMethod
export const PUT = noSuchMethod
export const PATCH = noSuchMethod
export const DELETE = noSuchMethod
export const OPTIONS = methodsOfFeeds
