import { doors, json, sent } from '@/app/api/v1/answer'
import { confirmDiscussed } from '@/lib/coverage/confirm-discussed'
import { discussedBody } from '@/lib/coverage/schema'

export const dynamic = 'force-dynamic'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doors({
  POST: {
    for: 'token',
    async answer(asking) {
      const input = await sent(asking, discussedBody)
      if (!input.ok) return input
      const said = await confirmDiscussed(asking.actor, asking.params.slug, input.value.recommendations)
      return said.ok ? json(said.value) : said
    },
  },
})
