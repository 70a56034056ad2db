import { type Change, changesBetween, type Count, countBetween } from './changes'
import { citedBlocks, type NotesDocument, textOf } from './document'
import { excerptOf } from './review'

/** A text of an edition, read where it is needed: most pages need one. */
export type Reads = (id: string) => Promise<NotesDocument>

/** The paragraphs of an edition that say something, each with its first words. */
export const passagesBegun = remembered(60, async (id: string, read: Reads) => begun(await read(id)))

const begun = (document: NotesDocument) => citedBlocks(document).map((block) => ({ id: block.attrs.id, excerpt: excerptOf(textOf(block)) })).filter(({ excerpt }) => excerpt !== '')

/** How many changes there are between two editions, by `<older> <newer>`. */
export const changesCounted = remembered(1000, async (pair: string, read: Reads): Promise<Count> => countBetween(...(await both(pair, read))))

export const changesShown = remembered(20, async (pair: string, read: Reads): Promise<Change[]> => changesBetween(...(await both(pair, read))))

async function both(pair: string, read: Reads): Promise<[NotesDocument, NotesDocument]> {
  const [older, newer] = pair.split(' ')
  return [await read(older), await read(newer)]
}

/** The text of an edition never changes: what follows from texts alone is worked out once in a process, for the last so many. */
function remembered<Value>(most: number, work: (key: string, read: Reads) => Promise<Value>) {
  const known = new Map<string, Promise<Value>>()
  return (key: string, read: Reads): Promise<Value> => {
    const found = known.get(key) ?? work(key, read)
    known.delete(key)
    known.set(key, found)
    found.catch(() => known.delete(key))
    for (const [oldest] of known) {
      if (known.size <= most) break
      known.delete(oldest)
    }
    return found
  }
}
