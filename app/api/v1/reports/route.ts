import { doors, json } from '@/app/api/v1/answer'
import { reportLine } from '@/app/api/v1/report-json'
import { reports } from '@/lib/reports/queries'

export const dynamic = 'force-dynamic'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doors({
  GET: { for: 'public', answer: async () => json({ data: (await reports()).map(reportLine) }) },
})
