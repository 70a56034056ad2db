import { doors, json } from '@/app/api/v1/answer'
import { notesJson } from '@/app/api/v1/notes-json'
import { eventBySlug } from '@/lib/events/queries'
import { canRead } from '@/lib/notes/access'
import { currentEdition } from '@/lib/notes/queries'
import { refused } from '@/lib/outcome'

export const dynamic = 'force-dynamic'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doors({
  GET: {
    for: 'public',
    async answer({ params, actor }) {
      const event = await eventBySlug(params.slug)
      if (!event || !canRead(actor, event)) return refused('not-found')
      const edition = await currentEdition(event.id)
      return edition ? json(notesJson(event.slug, edition)) : refused('not-found')
    },
  },
})
