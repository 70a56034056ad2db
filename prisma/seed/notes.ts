import type { PersonActor } from '@/lib/actor'
import { confirmDiscussed } from '@/lib/coverage/confirm-discussed'
import { db } from '@/lib/db'
import { type Block as NotesBlock, storedDocument } from '@/lib/notes/document'
import { publishNotes } from '@/lib/notes/publish'
import { saveNotes } from '@/lib/notes/save'
import { tasksAfter, tellPrepared } from './prepared'
import { readData, told } from './read'
import type { Act, Made, Plan } from './season'

const day = 24 * 3_600_000
const report = 'ia-notre-ambition-pour-la-france'

type Block = { heading: string } | { text: string; recommendations?: number[]; themes?: string[] }

/** What follows a session: the day after, the host says what was discussed; within the week the notes are published. */
export function tellAfterwards({ discussed, notes, ...plan }: Plan, made: Made, startsAt: Date, organiser: PersonActor): Act[] {
  const acts: Act[] = []
  if (discussed) {
    acts.push({ at: new Date(startsAt.getTime() + day), tell: () => told(made.slug, confirmDiscussed(organiser, made.slug, discussed.map((number) => ({ report, number })))) })
  }
  if (notes) {
    acts.push({
      at: new Date(startsAt.getTime() + 5 * day),
      tell: async () => {
        // What people keep from it may stand there already.
        const before = await db.notes.findFirst({ where: { event: { slug: made.slug } } })
        const document = documentOf(readData<Block[]>(`season/notes/${notes}.json`), [...tasksAfter(notes, startsAt), ...(before ? storedDocument(before.document).content : [])])
        await told(made.slug, saveNotes(organiser, made.slug, { document, revision: before?.revision ?? 0 }))
        await told(made.slug, publishNotes(organiser, made.slug, { authors: `${organiser.name}, avec les personnes présentes` }))
      },
    })
  }
  return [...acts, ...tellPrepared({ discussed, notes, ...plan }, made, startsAt, organiser)]
}

/** The notes as Tiptap writes them; what a paragraph is about makes it a passage. */
function documentOf(blocks: Block[], more: NotesBlock[]) {
  const written = blocks.map((block) =>
    'heading' in block
      ? { type: 'heading', attrs: { level: 2, about: [] }, content: [{ type: 'text', text: block.heading }] }
      : { type: 'paragraph', attrs: { about: aboutOf(block) }, content: [{ type: 'text', text: block.text }] },
  )
  return { type: 'doc', content: [...written, ...more] }
}

const aboutOf = ({ recommendations = [], themes = [] }: { recommendations?: number[]; themes?: string[] }) => [
  ...recommendations.map((number) => ({ report, number })),
  ...themes.map((theme) => ({ theme })),
]
