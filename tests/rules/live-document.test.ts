import { expect, it } from 'vitest'
import { stateOf } from '@/lib/notes/live-change'
import { documentOf, openState } from '@/lib/notes/live-document'
import { fromMarkdown } from '@/lib/notes/markdown'

it('notes are the same when they come back from a document of Yjs, ids and passages too', () => {
  const document = fromMarkdown('## Titre {#ia/16}\n\nUn **gras *et* fin** [lien](https://x.fr) a.  \nsuite\n\n- a\n- b\n  1. c\n\n> dit\n\n---\n\nfin')
  expect(documentOf(openState(stateOf(document)))).toEqual(document)
})
