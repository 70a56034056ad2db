import { record } from '@/lib/activity/record'
import type { Actor } from '@/lib/actor'
import { inTransaction } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canCreateSeries } from './access'
import { templateInput } from './schema'

/** What the notes of a series' events begin with, as Markdown; nothing takes the template away. Refusals: `forbidden`, `not-found`, `invalid` (field `template`). */
export async function setTemplate(actor: Actor, slug: string, input: { template: string }): Promise<Outcome<{ slug: string }, 'forbidden' | 'not-found' | 'invalid'>> {
  if (!canCreateSeries(actor)) return refused('forbidden')
  const read = templateInput.safeParse(input)
  if (!read.success) return refused('invalid', fieldRefusals(read.error))
  return inTransaction(async (tx) => {
    const series = await tx.series.findUnique({ where: { slug }, select: { notesTemplate: true } })
    if (!series) return refused('not-found')
    const notesTemplate = read.data.template.trim() === '' ? null : read.data.template
    if (series.notesTemplate === notesTemplate) return done({ slug })
    await tx.series.update({ where: { slug }, data: { notesTemplate } })
    await record(tx, actor, { verb: 'series.set-template', subject: `series/${slug}`, after: { characters: notesTemplate?.length ?? 0 } })
    return done({ slug })
  })
}
