import { doors } from '@/app/api/v1/answer'
import { problem } from '@/app/api/v1/problem'
import { languageOf } from '@/app/api/v1/language'

export const dynamic = 'force-dynamic'

const nowhere = (request: Request) => problem(languageOf(request.headers), 'not-found')

/** Addresses of the API that nothing stands at. */
export const GET = nowhere
export const POST = nowhere
export const PUT = nowhere
export const PATCH = nowhere
export const DELETE = nowhere
export const { OPTIONS } = doors({})
