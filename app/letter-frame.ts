import { privately } from './privately'

// A letter says what people typed: no script, no form, no fetch, an origin of its own. Its styles stand on its elements,
// as mail programs want them, which is why this one answer allows them.
const policy = [
  'sandbox allow-popups allow-popups-to-escape-sandbox',
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  "frame-ancestors 'self'",
  "base-uri 'self'",
  "form-action 'none'",
].join('; ')

/** A letter's HTML as a page for a frame of ours; its links open in a window of their own. */
export function letterFrame(html: string): Response {
  const page = html.replace(/<head>/i, '<head><base target="_blank">')
  return new Response(page, { headers: { ...privately, 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy } })
}
