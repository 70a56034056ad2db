import { addressOf } from '@/app/[locale]/(public)/search/result-address'
import { asked, doors, json } from '@/app/api/v1/answer'
import { searchFilter } from '@/app/api/v1/parameters'
import { config } from '@/lib/config'
import { allow } from '@/lib/rate-limit'
import { type Found, search } from '@/lib/search/queries'
import { plain } from '@/lib/search/rules'
import { webAddress } from '@/lib/web-address'

export const dynamic = 'force-dynamic'

const limit = { most: 120, seconds: 60 }

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doors({
  GET: {
    for: 'public',
    async answer(asking) {
      const filter = asked(asking, searchFilter)
      if (!filter.ok) return filter
      const allowed = await allow('search', asking.network, limit)
      if (!allowed.ok) return { ok: false, reason: 'too-many-requests', retryAfter: allowed.retryAfter }
      const { found } = await search({ q: filter.value.q, perPage: filter.value.limit ?? 20 })
      return json({ data: found.map(line) })
    },
  },
})

/** A passage bears its session's title, a recommendation its number. */
function line(found: Found) {
  const { page, params, hash } = addressOf(found)
  const title = plain(found.title)
  return {
    kind: found.kind,
    title: found.target.kind === 'recommendation' ? `${found.target.number}. ${title}` : title,
    excerpt: plain(found.excerpt),
    url: webAddress(page, params, config().defaultLocale) + hash,
  }
}
