import { health } from '@/lib/health'

export const dynamic = 'force-dynamic'

/** How the house is, for whoever watches over it: 503 with the part that fails. */
export async function GET(request: Request) {
  const parts = await health()
  const isWell = parts.status === 'ok'
  return new Response(request.method === 'HEAD' ? null : `${JSON.stringify(parts)}\n`, {
    status: isWell ? 200 : 503,
    headers: { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store', ...(isWell ? {} : { 'Retry-After': '5' }) },
  })
}

export const HEAD = GET

export const { POST, PUT, PATCH, DELETE, OPTIONS } = readOnly()

function readOnly() {
  const Allow = 'GET, HEAD, OPTIONS'
  const refuse = () => new Response(null, { status: 405, headers: { Allow } })
  return { POST: refuse, PUT: refuse, PATCH: refuse, DELETE: refuse, OPTIONS: () => new Response(null, { status: 204, headers: { Allow } }) }
}
