import type { Pathname } from '@/lib/pathnames'
import type { Found } from '@/lib/search/queries'

/** Where a found thing leads: a page, its parameters, and the paragraph. A speaker has no page: their next session, or the last. */
export function addressOf({ target }: Pick<Found, 'target'>): { page: Pathname; params: Record<string, string>; hash: string } {
  switch (target.kind) {
    case 'event':
      return { page: '/events/[slug]', params: { slug: target.event.slug }, hash: '' }
    case 'passage':
      return { page: '/events/[slug]/notes', params: { slug: target.event.slug }, hash: target.anchor ? `#p-${target.anchor}` : '' }
    case 'report':
      return { page: '/reports/[slug]', params: { slug: target.slug }, hash: '' }
    case 'recommendation':
      return { page: '/reports/[slug]/recommendations/[number]', params: { slug: target.report.slug, number: String(target.number) }, hash: '' }
    case 'speaker':
      return { page: '/events/[slug]', params: { slug: target.events[0].slug }, hash: '' }
  }
}
