import { doors, json, sent } from '@/app/api/v1/answer'
import { askingJson } from '@/app/api/v1/asking-json'
import { eventAnswer } from '@/app/api/v1/event-answer'
import { eventJson } from '@/app/api/v1/event-json'
import { canSee } from '@/lib/events/access'
import { rearrange } from '@/lib/registrations/rearrange'
import { eventBySlug } from '@/lib/events/queries'
import { eventPatch } from '@/lib/events/schema'
import { refused } from '@/lib/outcome'

export const dynamic = 'force-dynamic'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doors({
  GET: {
    for: 'public',
    async answer({ params, actor }) {
      const event = await eventBySlug(params.slug)
      return event && canSee(actor, event) ? json({ ...eventJson(event, actor), ...(await askingJson(event.id)) }) : refused('not-found')
    },
  },
  PATCH: {
    for: 'token',
    async answer(asking) {
      const patch = await sent(asking, eventPatch)
      return patch.ok ? eventAnswer(asking.actor, await rearrange(asking.actor, asking.params.slug, patch.value)) : patch
    },
  },
})
