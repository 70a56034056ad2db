import { doors, json } from '@/app/api/v1/answer'
import { reportJson } from '@/app/api/v1/report-json'
import { refused } from '@/lib/outcome'
import { report } from '@/lib/reports/queries'

export const dynamic = 'force-dynamic'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doors({
  GET: {
    for: 'public',
    async answer({ params }) {
      const found = await report(params.slug)
      return found ? json(reportJson(found)) : refused('not-found')
    },
  },
})
