import { type Asking, doors, json } from '@/app/api/v1/answer'
import { notesJson } from '@/app/api/v1/notes-json'
import { readBody, readText } from '@/app/api/v1/read-body'
import { eventBySlug } from '@/lib/events/queries'
import { fieldRefusals } from '@/lib/errors'
import { canRead } from '@/lib/notes/access'
import { limits } from '@/lib/notes/document'
import { putNotes } from '@/lib/notes/put'
import { editionTexts } from '@/lib/notes/queries'
import { notesBody } from '@/lib/notes/schema'
import { done, refused } from '@/lib/outcome'

export const dynamic = 'force-dynamic'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doors({
  GET: {
    for: 'public',
    async answer({ params, actor }) {
      const event = await eventBySlug(params.slug)
      if (!event || !canRead(actor, event)) return refused('not-found')
      const texts = await editionTexts(event.id)
      return texts ? json(notesJson(event.slug, texts.edition, texts.editions)) : refused('not-found')
    },
  },
  PUT: {
    for: 'token',
    async answer(asking) {
      const input = await notesSent(asking)
      if (!input.ok) return input
      const put = await putNotes(asking.actor, asking.params.slug, input.value)
      return put.ok ? json(put.value) : put
    },
  },
})

/** Markdown as it stands, or within JSON, where each of its letters may take more room. */
async function notesSent({ request }: Asking) {
  if (/^text\/(markdown|plain)\s*(;|$)/i.test(request.headers.get('content-type') ?? '')) {
    const text = await readText(request, limits.bytes)
    if (!text.ok) return text
    return noted({ markdown: text.value })
  }
  const body = await readBody(request, limits.bytes * 1.4)
  return body.ok ? noted(body.value) : body
}

function noted(sent: unknown) {
  const read = notesBody.safeParse(sent)
  return read.success ? done(read.data) : refused('invalid', fieldRefusals(read.error))
}
