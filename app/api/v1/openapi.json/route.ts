import { doors, json } from '@/app/api/v1/answer'
import { openapi } from '@/app/api/v1/openapi'
import { config } from '@/lib/config'

export const dynamic = 'force-dynamic'

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = doors({
  GET: { for: 'public', answer: async () => json(openapi(config().appUrl)) },
})
