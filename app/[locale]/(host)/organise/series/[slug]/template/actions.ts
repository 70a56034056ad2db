'use server'

import { redirect } from 'next/navigation'
import { z } from 'zod'
import { action } from '@/app/_session/action'
import { getPathname } from '@/i18n/navigation'
import { setTemplate } from '@/lib/series/set-template'

/** What the notes of this series' sessions begin with. */
export const saveTemplate = action({
  room: 'template',
  schema: z.object({ series: z.string().max(80), template: z.string('wrong-kind').default('') }),
  verb: (actor, { series, template }) => setTemplate(actor, series, { template }),
  then: ({ slug }, _, { locale }) => redirect(getPathname({ href: { pathname: '/organise/series/[slug]/template', params: { slug }, query: { done: 'saved' } }, locale })),
})
