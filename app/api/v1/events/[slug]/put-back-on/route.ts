import { z } from 'zod'
import { doors, sent } from '@/app/api/v1/answer'
import { eventAnswer } from '@/app/api/v1/event-answer'
import { putBackOn } from '@/lib/events/put-back-on'

export const dynamic = 'force-dynamic'

const nothing = z.strictObject({})

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doors({
  POST: {
    for: 'token',
    async answer(asking) {
      const input = await sent(asking, nothing)
      return input.ok ? eventAnswer(asking.actor, await putBackOn(asking.actor, asking.params.slug)) : input
    },
  },
})
