import { record } from '@/lib/activity/record'
import { type Actor, actorName } from '@/lib/actor'
import { now } from '@/lib/clock'
import { inTransaction, type Tx } from '@/lib/db'
import { fieldRefusals } from '@/lib/errors'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canWriteNotes } from './access'
import { changeNotes } from './change'
import { referenceKey } from './document'
import { type Quoted, withQuotation } from './quotation'
import { type DecisionInput, decisionInput } from './schema'

type Refusal = 'forbidden' | 'not-found' | 'invalid' | 'decided' | 'changed' | 'notes-full'

/**
 * The host's yes or no to what somebody keeps from the session. A yes adds it to the notes as a quotation, in the words
 * as the host mended them, about the recommendations and themes of the event that they chose; its name stands there
 * only where its person said so and the host left it. The proposal keeps the words as they came. Whoever writes in the
 * notes meanwhile learns that they are `stale`. Refusals: `forbidden`, `not-found`, `decided` (by somebody else, once),
 * `changed` (its person wrote it anew since it was read), `notes-full`, `invalid` (fields `text`, `about`).
 */
export async function decideProposal(actor: Actor, id: string, input: DecisionInput): Promise<Outcome<{ slug: string; paragraphId: string | null }, Refusal>> {
  if (!canWriteNotes(actor)) return refused('forbidden')
  // Of a no, what stood in the fields of a yes is nobody's business.
  const read = decisionInput.safeParse(input.decision === 'decline' ? { decision: input.decision, seen: input.seen } : input)
  if (!read.success) return refused('invalid', fieldRefusals(read.error).map(({ field, reason }) => ({ field: field.split('.')[0], reason })))
  const { decision, text, about, signed, seen } = read.data
  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "ProposedPassage" WHERE id = ${id}::uuid FOR UPDATE`
    const proposal = await tx.proposedPassage.findUnique({ where: { id }, include: { event: { select: linked } } })
    if (!proposal) return refused('not-found')
    if (proposal.status !== 'open') return refused('decided')
    if (seen && new Date(seen).getTime() !== proposal.createdAt.getTime()) return refused('changed')
    const { event } = proposal
    const own = new Set([...event.recommendations.map(({ recommendation: { number, report } }) => `${report.slug}/${number}`), ...event.themes.map(({ theme }) => theme.slug)])
    if (decision === 'approve' && about.some((one) => !own.has(referenceKey(one)))) return refused('invalid', [{ field: 'about', reason: 'unknown-reference' }])

    const quoted: Quoted = { text: text ?? proposal.text, signature: signed ? proposal.signature : null, about }
    const added = decision === 'approve' ? await addToNotes(tx, actor, event, quoted) : null
    if (added === 'notes-full') return refused('notes-full')
    await tx.proposedPassage.update({
      where: { id },
      data: { status: decision === 'approve' ? 'approved' : 'declined', decidedAt: now(), decidedBy: actorName(actor), paragraphId: added },
    })
    await record(tx, actor, {
      verb: decision === 'approve' ? 'notes.approve-passage' : 'notes.decline-passage',
      subject: `proposal/${id}`,
      eventId: event.id,
      ...(added ? { after: { paragraph: added, about: about.map(referenceKey), signed: quoted.signature !== null, mended: quoted.text !== proposal.text } } : {}),
    })
    return done({ slug: event.slug, paragraphId: added })
  })
}

const linked = {
  id: true,
  slug: true,
  language: true,
  themes: { select: { theme: { select: { slug: true } } } },
  recommendations: { select: { recommendation: { select: { number: true, report: { select: { slug: true } } } } } },
} as const

/** With a revision of its own: who started from an older one is told. */
async function addToNotes(tx: Tx, actor: Actor, event: { id: string; language: string }, quoted: Quoted): Promise<string | 'notes-full'> {
  const approved = await tx.proposedPassage.findMany({ where: { eventId: event.id, paragraphId: { not: null } }, select: { paragraphId: true } })
  let added = ''
  const changed = await changeNotes(
    actor,
    event.id,
    (notes) => {
      const { document, id } = withQuotation(notes, quoted, { language: event.language, others: approved.flatMap(({ paragraphId }) => paragraphId ?? []) })
      added = id
      return document
    },
    { tx, isSigned: false },
  )
  return changed.ok ? added : 'notes-full'
}
