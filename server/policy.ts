import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'

/**
 * What the browser may do with any answer of ours. A route that said something of its own (the mailbox, which shows
 * letters in frames) keeps it; pages get the hashes of their scripts on top, from `pagePolicy`.
 */
export function setSafetyHeaders(response: ServerResponse, { https, dev }: { https: boolean; dev: boolean }) {
  const headers = {
    'Content-Security-Policy': dev ? DEV_POLICY : policy([]),
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    'Cross-Origin-Opener-Policy': 'same-origin',
    ...(https ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
  }
  for (const [name, value] of Object.entries(headers)) if (!response.hasHeader(name)) response.setHeader(name, value)
}

/**
 * Allows exactly the inline scripts that Next wrote itself. They are known by a nonce that it was given for this one
 * answer; a script that came in with somebody's text has none, and stays forbidden. The nonce is then taken out
 * again: what remains can be kept and sent twice.
 */
export function pagePolicy(html: string, nonce: string) {
  const marked = new RegExp(`(?:<script nonce="${nonce}">[^]*?</script>)+`, 'g')
  const one = new RegExp(`<script nonce="${nonce}">([^]*?)</script>`, 'g')
  // A long page comes in dozens of small scripts: joined, the header stays short enough for any proxy.
  const joined = html.replace(marked, (run) => {
    const bodies = [...run.matchAll(one)].map(([, body]) => body)
    return `<script nonce="${nonce}">${bodies.join(';')}</script>`
  })
  const ours: string[] = []
  const clean = joined.replace(new RegExp(`(<script\\b[^>]*) nonce="${nonce}"([^>]*>)([^]*?)(?=</script>)`, 'g'), (_, open, rest, body) => {
    const finished = body.replaceAll(nonce, '')
    if (finished !== '') ours.push(finished)
    return `${open}${rest}${finished}`
  })
  const hashes = ours.map((body) => `'sha256-${createHash('sha256').update(body).digest('base64')}'`)
  return { html: clean.replaceAll(` nonce="${nonce}"`, '').replaceAll(nonce, ''), policy: policy([...new Set(hashes)]) }
}

/** The request header by which Next learns the nonce. */
export function nonceRequest(nonce: string) {
  return `script-src 'nonce-${nonce}'`
}

function policy(scripts: string[]) {
  return [
    "default-src 'self'",
    `script-src ${["'self'", ...scripts].join(' ')}`,
    "style-src 'self'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "object-src 'none'",
  ].join('; ')
}

/** Next's development server evaluates strings, writes styles into pages and talks through a socket; set before the route speaks, so that the mailbox must be allowed its frames here. */
const DEV_POLICY = "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: ws:; frame-ancestors 'self'; object-src 'none'"
