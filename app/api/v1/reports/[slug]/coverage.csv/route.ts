import { doors, text } from '@/app/api/v1/answer'
import { coverageCsv } from '@/app/api/v1/coverage-csv'
import { coverageJson } from '@/app/api/v1/coverage-json'
import { refused } from '@/lib/outcome'

export const dynamic = 'force-dynamic'

/** `?excel=fr` (or `en`): with the words of the screens, as Excel opens it on a French machine. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doors({
  GET: {
    for: 'public',
    async answer({ params, url }) {
      const covered = await coverageJson(params.slug)
      if (!covered) return refused('not-found')
      const asked = url.searchParams.get('excel')
      return text(coverageCsv(covered, asked === 'fr' || asked === 'en' ? asked : undefined), 'text/csv; charset=utf-8; header=present', {
        'Content-Disposition': `attachment; filename="${params.slug}-${asked === 'fr' ? 'couverture' : 'coverage'}.csv"`,
      })
    },
  },
})
