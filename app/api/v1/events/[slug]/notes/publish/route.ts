import { doors, json, sent } from '@/app/api/v1/answer'
import { editionUrl } from '@/app/api/v1/notes-json'
import { publishNotes } from '@/lib/notes/publish'
import { publishInput } from '@/lib/notes/schema'

export const dynamic = 'force-dynamic'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doors({
  POST: {
    for: 'token',
    async answer(asking) {
      const input = await sent(asking, publishInput)
      if (!input.ok) return input
      const { slug } = asking.params
      const published = await publishNotes(asking.actor, slug, input.value)
      if (!published.ok) return published
      const { number } = published.value
      const url = editionUrl(slug, number)
      return json({ number, url }, 201, { Location: url })
    },
  },
})
