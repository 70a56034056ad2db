import type { Href } from '@/i18n/navigation'

type Paged = '/events/[slug]' | '/events/[slug]/notes' | '/events/[slug]/notes.pdf' | '/events/[slug]/notes.md' | '/organise/events/[slug]/notes'

export const hrefOf = (pathname: Paged, slug: string, query?: Record<string, string>): Href => ({ pathname, params: { slug }, ...(query ? { query } : {}) }) as Href

export const hrefOfEdition = (slug: string, edition: number): Href => ({ pathname: '/events/[slug]/notes/[edition]', params: { slug, edition: String(edition) } })
