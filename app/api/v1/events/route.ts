import { asked, doors, json, sent } from '@/app/api/v1/answer'
import { eventJson } from '@/app/api/v1/event-json'
import { eventFilter } from '@/app/api/v1/parameters'
import { config } from '@/lib/config'
import { create } from '@/lib/events/create'
import { agenda, eventBySlug } from '@/lib/events/queries'
import { eventInput } from '@/lib/events/schema'

export const dynamic = 'force-dynamic'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doors({
  GET: {
    for: 'public',
    async answer(asking) {
      const filter = asked(asking, eventFilter)
      if (!filter.ok) return filter
      const { events, next } = await agenda(filter.value)
      return json({ data: events.map((event) => eventJson(event, asking.actor)), next })
    },
  },
  POST: {
    for: 'token',
    async answer(asking) {
      const input = await sent(asking, eventInput)
      if (!input.ok) return input
      const made = await create(asking.actor, input.value)
      if (!made.ok) return made
      const event = await eventBySlug(made.value.slug)
      return event ? json(eventJson(event, asking.actor), 201, { Location: `${config().appUrl}/api/v1/events/${made.value.slug}` }) : { ok: false, reason: 'not-found' }
    },
  },
})
