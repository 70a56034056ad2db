import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { pathnames, type Pathname } from '@/lib/pathnames'
import { CLIENT_ADDRESS } from './client-address'

/** The rooms that show everybody the same. A page that is not among them is made anew for each reader. */
const ROOMS: Pathname[] = [
  '/',
  '/past',
  '/events/[slug]',
  '/events/[slug]/notes',
  '/events/[slug]/notes/[edition]',
  '/events/[slug]/notes.md',
  '/series/[slug]',
  '/themes/[slug]',
  '/reports',
  '/reports/[slug]',
  '/reports/[slug]/recommendations/[number]',
  '/reports/[slug]/map.svg',
  '/reports/[slug]/recommendations/[number]/map.svg',
  '/notes',
  '/subscribe',
]

const LONGEST_PATH = 300
const LONGEST_QUERY = 200

/** Next answers these otherwise than with a page; a browser that sends one is not asking for what is kept. */
const OTHER_ANSWER = ['authorization', 'rsc', 'next-action', 'next-router-prefetch', 'next-router-segment-prefetch', 'next-router-state-tree']

/** All that the making of a kept answer hears of the request: what it does not hear cannot be kept for others. */
const HEARD = [
  'host',
  'connection',
  'accept-encoding', // of no consequence to Next, which compresses nothing here
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-port',
  'content-security-policy', // the nonce, which is taken out of the page again
  CLIENT_ADDRESS,
]
/** Machines' doors say their refusals, which nobody keeps, in the language that is asked for. */
const HEARD_BY_MACHINES = [...HEARD, 'accept-language']

/** Feeds are packed here, in every coding from one body: their route is not to do it. */
const HEARD_BY_FEEDS = HEARD.filter((name) => name !== 'accept-encoding')

/** What an answer may vary by and yet be kept: these are decided on before, or said by the address. */
const MAY_VARY = ['', 'accept-encoding', 'cookie', ...OTHER_ANSWER, 'next-url']

/** The name under which the answer to this request may be kept, undefined where it may not. */
export function nameOf({ method, url = '', headers }: IncomingMessage) {
  if (method !== 'GET' && method !== 'HEAD') return undefined
  if (headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined) return undefined
  if (OTHER_ANSWER.some((name) => headers[name] !== undefined) || hasOwnCookie(headers.cookie)) return undefined
  const mark = url.indexOf('?')
  const path = mark === -1 ? url : url.slice(0, mark)
  if (path.length > LONGEST_PATH || url.length - path.length > LONGEST_QUERY || !isShownToAll(path)) return undefined
  // A code in the address is somebody's key: the page that it opens lies in no memory.
  if (/[?&]code=/i.test(url)) return undefined
  const asked = isFeed(path) ? path + feedQuery(url.slice(path.length)) : url
  return [headers.host, headers['x-forwarded-host'], headers['x-forwarded-proto'], headers['x-forwarded-port'], asked].join(' ')
}

export const isFeed = (url: string | undefined) => url?.startsWith('/feeds/') === true

/** The two words that a feed's address may say; whatever else stands there makes no other feed. */
function feedQuery(query: string) {
  if (query === '') return ''
  const said = new URLSearchParams(query)
  return ['lang', 'all'].map((name) => said.get(name) ?? '').join(' ')
}

/** Another page's cookies (a parent domain's statistics) change nothing here; ours do, and so do Next's. */
function hasOwnCookie(cookies: string | undefined) {
  return cookies !== undefined && /parlons-en|__prerender|__next|NEXT_/.test(cookies)
}

export function isShownToAll(path: string) {
  return SHOWN_TO_ALL.test(path)
}

const SHOWN_TO_ALL = new RegExp(
  `^(?:${[...ROOMS.flatMap(patternsOf), '/feeds/(?!me/)[^?]+', '/api/v1/[^?]+', '/sitemap\\.xml'].join('|')})$`,
)

function patternsOf(room: Pathname) {
  const written: string | Record<'fr' | 'en', string> = pathnames[room]
  const { fr, en } = typeof written === 'string' ? { fr: written, en: written } : written
  return [fr, en === '/' ? '/en' : `/en${en}`].map((path) => path.replace(/\[\w+\]/g, '[^/]+'))
}

/** The request as one that came from nobody in particular. The answer to HEAD is made as that to GET. */
export function plain(request: IncomingMessage) {
  const heard = isFeed(request.url) ? HEARD_BY_FEEDS : request.url?.startsWith('/api/') ? HEARD_BY_MACHINES : HEARD
  const headers: IncomingHttpHeaders = {}
  for (const name of heard) if (request.headers[name] !== undefined) headers[name] = request.headers[name]
  // With any name at all, Next puts title and description into the head, where readers without scripts look too.
  headers['user-agent'] = 'everybody'
  request.headers = headers
  request.rawHeaders = Object.entries(headers).flatMap(([name, value]) => [name, String(value)])
  request.method = 'GET'
}

/** Whether this answer, whole and ready to leave, may be given to others. */
export function mayBeKept(response: ServerResponse, body: Buffer) {
  if (response.statusCode !== 200 || body.length === 0 || response.hasHeader('set-cookie')) return false
  const varies = String(response.getHeader('vary') ?? '').toLowerCase().split(/\s*,\s*/)
  if (!varies.every((name) => MAY_VARY.includes(name))) return false
  // A page that partly failed says so in marks of React's; the next reader deserves another try.
  return !isPage(response) || !/id="__next_error__"|<template data-dgst=/.test(body.toString())
}

export const isPage = (response: ServerResponse) => String(response.getHeader('content-type')).startsWith('text/html')
