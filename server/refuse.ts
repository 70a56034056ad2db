import type { IncomingMessage, ServerResponse } from 'node:http'
import { isSameOrigin } from '@/app/_session/same-origin'

const BODY_LIMIT = 256 * 1024
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
/** So much more is read and thrown away: who is cut off while sending never sees the answer. */
const PATIENCE = 8 * 1024 * 1024
/** Organisers write long: a session's notes come in one piece. */
const ROOMS_LIMIT = 1024 * 1024
/** Files go to the disk as they arrive, and their door says itself what is too much of them (lib/multipart.ts). */
const FILES_LIMIT = 100 * 1024 * 1024
/** Of notes as text a writer sends what they began with too; a word processor's page has four letters for one of ours. */
const NOTES_LIMIT = 9 * 1024 * 1024
/** A transcript of a long day, by the API. */
const API_NOTES_LIMIT = 3 * 1024 * 1024

/**
 * Answers what no page should see: addresses that cannot be decoded, NUL in them, unknown methods, forms of other
 * sites, bodies too large. Resolves to whether the request was answered.
 */
export async function refuse(request: IncomingMessage, response: ServerResponse) {
  if (isMalformed(request.url ?? '')) {
    answer(request, response, 400)
    return true
  }
  if (!METHODS.includes(request.method ?? '')) {
    // Calendars ask by PROPFIND and the like before they ask by GET; Next would call that a bad request.
    response.setHeader('Allow', /^\/feeds(\/|$)/.test(request.url ?? '') ? 'GET, HEAD, OPTIONS' : METHODS.join(', '))
    answer(request, response, 405)
    return true
  }
  const limit = limitOf(request.url ?? '')
  const announced = Number(request.headers['content-length'] ?? 0)
  if (announced > limit) {
    if (announced > PATIENCE) response.setHeader('Connection', 'close')
    request.resume()
    answer(request, response, 413)
    return true
  }
  if (isForeignForm(request)) {
    answer(request, response, 403)
    return true
  }
  if (request.headers['transfer-encoding'] === undefined || (await isWithin(isForFiles(request.url ?? '') ? BODY_LIMIT : limit, request))) return false
  answer(request, response, 413)
  return true
}

/** The door where files come in one form (app/uploads). Browsers say how long it is; what does not is held in memory first, and kept short. */
const isForFiles = (url: string) => url.startsWith('/uploads/')

function limitOf(url: string) {
  if (isForFiles(url)) return FILES_LIMIT
  if (/^\/(organiser\/rendez-vous|en\/organise\/events)\/[^/?]+\/notes[/?]?/.test(url)) return NOTES_LIMIT
  if (/^\/api\/v1\/events\/[^/?]+\/notes([/?]|$)/.test(url)) return API_NOTES_LIMIT
  return /^\/(organiser|en\/organise)\//.test(url) ? ROOMS_LIMIT : BODY_LIMIT
}

/** A mail program leaves for its reader (RFC 8058), from wherever that is read: the link in the address is the right. */
const ONE_CLICK = /^\/(suivre\/[a-z2-7]{32}\/arreter|en\/follow\/[a-z2-7]{32}\/stop)$/

/** Another site's page sends a form to one of ours: never meant well. Machines' doors judge for themselves. */
function isForeignForm({ method, url = '', headers }: IncomingMessage) {
  if (method !== 'POST' || /^\/(api|feeds)\//.test(url) || ONE_CLICK.test(url)) return false
  const told = ['origin', 'referer', 'sec-fetch-site', 'host'].flatMap((name) => (headers[name] ? [[name, String(headers[name])]] : []))
  return !isSameOrigin(new Headers(told as [string, string][]))
}

function isMalformed(url: string) {
  const [path, query = ''] = url.split(/\?(.*)/s)
  // A NUL means harm or a mistake, and no database takes it.
  if (!path.startsWith('/') || /%00/.test(url) || url.includes('\0')) return true
  try {
    // Further in an address is decoded more than once: no path of ours has a percent sign that could come out there.
    if (decodeURIComponent(path).includes('%')) return true
    // A form is allowed a stray "%" in a query; surrogates and broken UTF-8 are not text.
    for (const [escape] of query.matchAll(/(?:%[0-9a-f]{2})+/gi)) decodeURIComponent(escape)
    return false
  } catch {
    return true
  }
}

/**
 * A body without a length announced is awaited whole, in the request's own buffer, before anybody reads it: half a
 * form must never be taken for a form. Resolves to whether it stayed within the limit.
 */
function isWithin(limit: number, request: IncomingMessage) {
  const push = request.push.bind(request)
  let length = 0
  return new Promise<boolean>((resolve) => {
    request.push = (chunk: Uint8Array | null) => {
      length += chunk?.length ?? 0
      if (length > PATIENCE) request.destroy()
      if (length > limit) resolve(false)
      else push(chunk)
      if (chunk === null) resolve(true)
      return true // go on reading, although nobody has taken anything yet
    }
    request.once('close', () => resolve(false))
  })
}

const SENTENCES = {
  400: {
    fr: ['Adresse illisible', 'Cette adresse n’est pas valide : vérifiez qu’elle a été copiée en entier.'],
    en: ['Unreadable address', 'This address is not valid: check that it was copied whole.'],
  },
  403: {
    fr: ['Envoi refusé', 'Cet envoi ne vient pas d’une page de ce site : ouvrez la page ici même et recommencez.'],
    en: ['Not accepted', 'This was not sent from a page of this site: open the page here and try again.'],
  },
  405: {
    fr: ['Méthode impossible', 'Cette adresse ne connaît pas cette méthode.'],
    en: ['Method not allowed', 'This address does not know that method.'],
  },
  413: {
    fr: ['Envoi trop volumineux', 'L’envoi dépasse 256 ko : raccourcissez le texte et recommencez.'],
    en: ['Too large', 'What was sent is larger than 256 kB: shorten the text and try again.'],
  },
}

const FILE_TOO_LARGE = {
  fr: ['Envoi trop volumineux', 'Un fichier peut peser 25 Mo au plus : réduisez-le, ou donnez un lien vers lui.'],
  en: ['Too large', 'A file can be 25 MB at most: make it smaller, or give a link to it.'],
}

function answer(request: IncomingMessage, response: ServerResponse, status: keyof typeof SENTENCES) {
  const url = request.url ?? ''
  const english = url.startsWith('/en') || (isForFiles(url) && /[?&]lang=en\b/.test(url)) || (url.startsWith('/api/') && /^\s*en\b/i.test(request.headers['accept-language'] ?? ''))
  const language = english ? 'en' : 'fr'
  const [title, detail] = (status === 413 && isForFiles(url) ? FILE_TOO_LARGE : SENTENCES[status])[language]
  response.statusCode = status
  response.setHeader('Content-Language', language)
  response.setHeader('Cache-Control', 'no-store')
  if (url.startsWith('/api/')) {
    response.setHeader('Content-Type', 'application/problem+json')
    response.end(JSON.stringify({ type: 'about:blank', status, title, detail }))
    return
  }
  const home = english ? ['/en', 'Back to the agenda'] : ['/', 'Revenir à l’agenda']
  response.setHeader('Content-Type', 'text/html; charset=utf-8')
  response.end(
    `<!DOCTYPE html><html lang="${language}"><head><meta charset="utf-8"><title>${title}</title>` +
      '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"></head>' +
      `<body><main><h1>${title}</h1><p>${detail}</p><p><a href="${home[0]}">${home[1]}</a></p></main></body></html>`,
  )
}
