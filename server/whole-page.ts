import type { IncomingMessage } from 'node:http'

const pages: Record<number, string> = { 403: 'forbidden', 404: 'missing' }

/**
 * A page that is not found, not allowed or failed leaves Next as an empty document that only a script fills. Readers
 * without scripts get the same page whole: it has an address of its own, which renders like any other, and comes with the
 * policy that knows its scripts. Undefined where the page is whole already, or where even that one fails.
 */
export async function wholePage(html: string, request: IncomingMessage, status: number, port: number) {
  if (status < 400 || !html.includes('id="__next_error__"')) return undefined
  const english = /^\/en(?:[/?]|$)/.test(request.url ?? '')
  const address = `http://127.0.0.1:${port}${english ? '/en' : ''}/${pages[status] ?? 'mishap'}`
  try {
    const answer = await fetch(address, { headers: { accept: 'text/html' }, signal: AbortSignal.timeout(5_000) })
    return answer.ok ? { html: await answer.text(), policy: answer.headers.get('content-security-policy') ?? '' } : undefined
  } catch {
    return undefined
  }
}

/** A page cannot set its status; one that is gone for good says so in its head (`<meta name="status" content="410">`). */
export function statusOf(html: string) {
  const said = /<meta name="status" content="(4\d\d)"/.exec(html.slice(0, 20_000))?.[1]
  return said ? Number(said) : undefined
}
