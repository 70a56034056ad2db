import { answerFeed, methodsOfFeeds, noSuchMethod } from '@/app/feeds/answer-feed'
import { readFeedAddress } from '@/app/feeds/feed-address'
import { personalFeed } from '@/app/feeds/personal-feed'
import { publicFeed } from '@/app/feeds/public-feed'
import { networkOf } from '@/app/_session/network'

export const dynamic = 'force-dynamic'

type Context = { params: Promise<{ path: string[] }> }

export async function GET(request: Request, { params }: Context) {
  const { path } = await params
  const address = readFeedAddress(path, new URL(request.url).searchParams)
  return answerFeed(request, path[0] === 'me', async (has) => {
    if (!address) return 404
    return 'token' in address ? personalFeed(address.token, networkOf(request.headers), has) : publicFeed(address, has)
  })
}

export const HEAD = GET
export const POST = noSuchMethod
export const PUT = noSuchMethod
export const PATCH = noSuchMethod
export const DELETE = noSuchMethod
export const OPTIONS = methodsOfFeeds
