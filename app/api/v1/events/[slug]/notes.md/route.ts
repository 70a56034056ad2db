import { doors, text } from '@/app/api/v1/answer'
import { eventBySlug } from '@/lib/events/queries'
import { canRead } from '@/lib/notes/access'
import { toMarkdown } from '@/lib/notes/markdown'
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
      return edition ? text(toMarkdown(edition.document), 'text/markdown; charset=utf-8') : refused('not-found')
    },
  },
})
