import { doors, sent } from '@/app/api/v1/answer'
import { eventAnswer } from '@/app/api/v1/event-answer'
import { callOff } from '@/lib/events/call-off'
import { callOffInput } from '@/lib/events/schema'

export const dynamic = 'force-dynamic'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doors({
  POST: {
    for: 'token',
    async answer(asking) {
      const input = await sent(asking, callOffInput)
      return input.ok ? eventAnswer(asking.actor, await callOff(asking.actor, asking.params.slug, input.value.reason ?? null)) : input
    },
  },
})
