import { doors, json } from '@/app/api/v1/answer'
import { coverageJson } from '@/app/api/v1/coverage-json'
import { refused } from '@/lib/outcome'

export const dynamic = 'force-dynamic'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doors({
  GET: {
    for: 'public',
    async answer({ params }) {
      const covered = await coverageJson(params.slug)
      return covered ? json(covered) : refused('not-found')
    },
  },
})
