import { isAway } from '@/app/api/v1/is-away'
import { config } from '@/lib/config'
import { sameToken } from '@/lib/ids'
import { health } from '@/lib/health'
import { figures } from '@/lib/worker/queries'

export const dynamic = 'force-dynamic'

/** Figures for Prometheus (text format 0.0.4), for who has METRICS_TOKEN; for all others there is nothing here. */
export async function GET(request: Request) {
  const { metricsToken } = config()
  const given = /^Bearer +(\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (!metricsToken || !given || !sameToken(given, metricsToken)) return new Response(null, { status: 404, headers: { 'Cache-Control': 'no-store' } })
  try {
    const [{ letters, registrations, oldestLetterSeconds }, parts] = await Promise.all([figures(), health()])
    const text = [
      ...metric('parlons_en_up', 'Parts that are well (1) or fail (0).', 'part', mapped(parts, (part) => (part === 'ok' ? 1 : 0))),
      ...metric('parlons_en_letters', 'Letters by status.', 'status', letters),
      ...metric('parlons_en_registrations', 'Registrations by status.', 'status', registrations),
      '# HELP parlons_en_oldest_due_letter_seconds Age of the oldest letter that is due and has not left.',
      '# TYPE parlons_en_oldest_due_letter_seconds gauge',
      `parlons_en_oldest_due_letter_seconds ${oldestLetterSeconds}`,
      '',
    ].join('\n')
    return new Response(text, { headers: { 'Content-Type': 'text/plain; version=0.0.4; charset=utf-8', 'Cache-Control': 'no-store' } })
  } catch (error) {
    if (isAway(error)) return new Response(null, { status: 503, headers: { 'Retry-After': '15', 'Cache-Control': 'no-store' } })
    throw error
  }
}

function metric(name: string, help: string, label: string, values: Record<string, number>) {
  const lines = Object.entries(values).map(([value, count]) => `${name}{${label}="${value}"} ${count}`)
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`, ...lines]
}

const mapped = <Value>(values: Record<string, Value>, map: (value: Value) => number) =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, map(value)]))
