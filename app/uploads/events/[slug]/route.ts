import { backTo, languageOf, takeFile } from '@/app/uploads/take-file'
import { currentActor } from '@/app/_session/actor'
import { addFile } from '@/lib/notes/add-resource'
import { canWriteNotes } from '@/lib/notes/access'
import { done, refused } from '@/lib/outcome'
import { pathOf } from '@/lib/pathnames'
import { allow } from '@/lib/rate-limit'

type Params = { params: Promise<{ slug: string }> }

/** An organiser adds a file, by the form of the event's room; server/refuse.ts lets no other site's form come this far. */
export async function POST(request: Request, { params }: Params) {
  const { slug } = await params
  const actor = await currentActor()
  const path = pathOf('/organise/events/[slug]/resources', { slug }, languageOf(request))
  const mayCome = async () => {
    if (!canWriteNotes(actor) || actor.kind !== 'person') return refused('forbidden')
    return (await allow('upload', actor.id, { most: 60, seconds: 600 })).ok ? done(true) : refused('too-many')
  }
  return backTo(path, 'sent', await takeFile(request, mayCome, (sent) => addFile(actor, slug, sent)))
}
