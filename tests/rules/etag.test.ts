import { expect, test } from 'vitest'
import { httpDate, isFresh, strongEtag } from '@/lib/etag'

const etag = strongEtag('bonjour')
const changed = new Date('2026-10-02T08:00:00.789Z')

test('the same bytes have the same strong tag, others another', () => {
  expect(etag).toMatch(/^"[A-Za-z0-9_-]{27}"$/)
  expect(strongEtag(new TextEncoder().encode('bonjour'))).toBe(etag)
  expect(strongEtag('bonsoir')).not.toBe(etag)
})

test('rule 36: If-None-Match matches exactly, weakly, in a list, or with *', () => {
  for (const value of [etag, `W/${etag}`, `"x", ${etag}`, `"a,b",W/"y" ,W/${etag}`, '*', ' * ']) expect(isFresh({ 'if-none-match': value }, etag)).toBe(true)
  for (const value of ['', '"x"', etag.slice(1, -1), `"${etag}`, 'W/"x"', etag.toLowerCase() === etag ? '"y"' : etag.toLowerCase(), '"*"']) expect(isFresh({ 'if-none-match': value }, etag)).toBe(false)
  expect(isFresh(new Headers({ 'If-None-Match': etag }), etag)).toBe(true)
  expect(isFresh({}, etag, changed)).toBe(false)
})

test('rule 36: If-Modified-Since counts to the second, and only without If-None-Match', () => {
  expect(isFresh({ 'if-modified-since': httpDate(changed) }, etag, changed)).toBe(true)
  expect(isFresh({ 'if-modified-since': 'Fri, 02 Oct 2026 07:59:59 GMT' }, etag, changed)).toBe(false)
  expect(isFresh({ 'if-modified-since': httpDate(changed), 'if-none-match': '"x"' }, etag, changed)).toBe(false)
  for (const value of ['', 'demain', '2030-01-01', 'Fri, 99 Foo 2026 00:00:00 GMT', '2030']) expect(isFresh({ 'if-modified-since': value }, etag, changed)).toBe(false)
  expect(isFresh({ 'if-modified-since': httpDate(changed) }, etag)).toBe(false)
})
