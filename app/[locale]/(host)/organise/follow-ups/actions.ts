'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action } from '@/app/_session/action'
import { getPathname } from '@/i18n/navigation'
import { closeFollowUp } from '@/lib/notes/close-follow-up'

/** Done, or open again; the list is shown again as it was filtered. */
export const close = action({
  room: 'followups',
  schema: z.object({ id: z.uuid('unknown'), isDone: z.enum(['yes', 'no'], 'not-among'), series: z.string().max(80).default('') }),
  verb: (actor, { id, isDone }) => closeFollowUp(actor, id, isDone === 'yes'),
  then: (_, { isDone, series }, { locale }) =>
    redirect(getPathname({ href: { pathname: '/organise/follow-ups', query: { ...(series ? { series } : {}), done: isDone === 'yes' ? 'closed' : 'opened' } }, locale })),
})
