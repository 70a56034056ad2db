import { safeHref } from '@/lib/notes/document'

/** What was typed as an address of the web or a mailbox; `tmnlab.com/x` is meant as https. */
export function linkAddress(typed: string): string | null {
  const text = typed.trim()
  if (/^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/.test(text)) return safeHref(`mailto:${text}`)
  return safeHref(text) ?? (/^[^\s/:]+\.[^\s/:]+/.test(text) ? safeHref(`https://${text}`) : null)
}
