import { createHash } from 'node:crypto'

/** Request headers as the Fetch API or Node's own server gives them. */
export type RequestHeaders = { get(name: string): string | null } | Record<string, string | string[] | undefined>

/** A strong validator (RFC 9110 section 8.8.3): the same for the same bytes, in every process. */
export function strongEtag(body: string | Uint8Array): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`
}

/** The tag of the same answer in a coding: other bytes, another tag (section 8.8.3.3). */
export function tagIn(coding: 'br' | 'gzip' | undefined, etag: string): string {
  return coding === undefined ? etag : `${etag.slice(0, -1)}-${coding}"`
}

/**
 * Whether a GET or HEAD may be answered by 304 (RFC 9110 section 13.2.2): If-None-Match, where given, decides alone
 * (a list, weak forms, or *); If-Modified-Since counts only without it, to the second, and only if it is an HTTP date.
 */
export function isFresh(headers: RequestHeaders, etag: string, lastModified?: Date): boolean {
  const noneMatch = headerOf(headers, 'if-none-match')
  if (noneMatch !== null) return noneMatch.trim() === '*' || tagsOf(noneMatch).includes(opaque(etag))
  const since = headerOf(headers, 'if-modified-since')
  const instant = since !== null && /^[A-Z][a-z]{2,8}, .{16,24} GMT$/.test(since) ? Date.parse(since) : Number.NaN
  return lastModified !== undefined && Math.floor(lastModified.getTime() / 1000) * 1000 <= instant
}

/** Last-Modified as HTTP writes it (RFC 9110 section 5.6.7). */
export function httpDate(instant: Date): string {
  return instant.toUTCString()
}

function headerOf(headers: RequestHeaders, name: string): string | null {
  if (typeof headers.get === 'function') return headers.get(name)
  const value = (headers as Record<string, string | string[] | undefined>)[name]
  return Array.isArray(value) ? value.join(', ') : (value ?? null)
}

/** Tags may hold commas, so the list is not cut at them. */
function tagsOf(list: string): string[] {
  return (list.slice(0, 8000).match(/(?:W\/)?"[^"]*"/g) ?? []).map(opaque)
}

function opaque(etag: string): string {
  return etag.replace(/^W\//, '')
}
