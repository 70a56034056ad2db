import { doors, json } from '@/app/api/v1/answer'
import { coverageOf, themeCoverage } from '@/lib/coverage/queries'
import { refused } from '@/lib/outcome'

export const dynamic = 'force-dynamic'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doors({
  GET: {
    for: 'public',
    async answer({ params }) {
      const [covered, themes] = await Promise.all([coverageOf(params.slug), themeCoverage(params.slug)])
      if (!covered) return refused('not-found')
      return json({
        recommendations: covered.recommendations.map((one) => ({
          number: one.number,
          depth: one.depth,
          events: one.events,
          passages: one.passages,
          toConfirm: one.awaitsConfirmation,
          lastDiscussed: one.lastDiscussed,
        })),
        themes: themes.map(({ slug, depth, events, passages, lastDiscussed }) => ({ slug, depth, events, passages, lastDiscussed })),
      })
    },
  },
})
