import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import next from 'next'
import { config, tellNextAuth } from '@/lib/config'
import { db } from '@/lib/db'
import { health, tellHealth } from '@/lib/health'
import { log } from '@/lib/log'
import { startWorker } from '@/lib/worker/start-worker'
import { collect } from './answer'
import { nameClient } from './client-address'
import { isFeed } from './keepable'
import { type Keep, keeper, untilMidnight } from './kept'
import { isLive, startLiveNotes } from './live-notes'
import { nonceRequest, pagePolicy, setSafetyHeaders } from './policy'
import { refuse } from './refuse'
import { versionReader } from './version'
import { openWaysIn } from './ways-in'
import { statusOf, wholePage } from './whole-page'

const DRAIN = 10_000

const dev = process.argv[2] === 'dev'
const { port, appUrl, peerAddress, databaseUrl, trustedProxies, rateLimits } = config()
const https = appUrl.startsWith('https:')

tellNextAuth()
if (!rateLimits) log.warn('RATE_LIMITS is off: for load tests only')

// Of two thousand who come at once, the last is read when the others were: no connection is cut for that. Slides of 25 MB
// come through a slow line in five minutes.
const server = createServer({ requestTimeout: 300_000, headersTimeout: 60_000, shouldUpgradeCallback: (request) => dev || isLive(request) })
// Who offers another protocol beside (h2c) gets the page. Next would answer every upgrade itself: it hears of those that are not ours, while developing.
const upgrades = new EventEmitter()
const app = next({ dev, dir: process.cwd(), hostname: 'localhost', port, httpServer: upgrades as Server })
await app.prepare()
const pages = app.getRequestHandler()
const version = versionReader(databaseUrl)
const kept = { pages: keeper({ version: version.read, isOn: !dev }), feeds: keeper({ version: version.readFeeds, isOn: !dev, lifeFrom: untilMidnight }) }
server.on('request', answer)
const worker = await startWorker()
tellHealth(worker.healthy)
const waysIn = await openWaysIn()
const liveNotes = await startLiveNotes({ databaseUrl, address: peerAddress, trusted: trustedProxies, isLimited: rateLimits })
server.on('upgrade', (request, socket, head) => {
  if (isLive(request)) liveNotes.upgrade(request, socket, head)
  else if (dev) upgrades.emit('upgrade', request, socket, head)
  else socket.destroy()
})

// Listens last: whoever gets an answer gets the real one.
server.listen({ port, backlog: 4096 }, () => {
  log.info('ready', { port })
  process.send?.({ ready: true })
})
server.on('error', (error) => {
  log.error('server', { error: String(error) })
  process.exit(1)
})

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void drain())
// The start that watches over this process was killed: nobody else would end it.
process.on('disconnect', () => void drain())

function answer(request: IncomingMessage, response: ServerResponse) {
  nameClient(request, trustedProxies)
  const mine = isFeed(request.url) ? kept.feeds : kept.pages
  mine.answer(request, response, (keep) => make(request, response, keep)).catch((error: unknown) => {
    log.error('kept', { error: String(error) })
    response.destroy()
  })
}

function make(request: IncomingMessage, response: ServerResponse, keep?: Keep) {
  const nonce = randomBytes(16).toString('hex')
  delete request.headers['content-security-policy-report-only']
  if (dev) {
    setSafetyHeaders(response, { https, dev })
  } else {
    request.headers['content-security-policy'] = nonceRequest(nonce)
    collect(request, response, { ...hooks(request, response, nonce), keep })
  }
  letIn(request, response).catch((error: unknown) => {
    log.error('request', { error: String(error) })
    if (!response.headersSent) response.statusCode = 500
    response.end()
  })
}

async function letIn(request: IncomingMessage, response: ServerResponse) {
  if (!(await refuse(request, response))) await pages(request, response)
}

function hooks(request: IncomingMessage, response: ServerResponse, nonce: string) {
  let hasOwnPolicy = false
  return {
    onHead() {
      hasOwnPolicy = response.hasHeader('content-security-policy')
      setSafetyHeaders(response, { https, dev })
      // Next repeats the nonce in its preloads, where nobody needs it.
      const link = response.getHeader('link')
      if (link !== undefined) response.setHeader('Link', String(link).replaceAll(`; nonce="${nonce}"`, ''))
    },
    async onPage(html: string) {
      response.statusCode = statusOf(html) ?? response.statusCode
      if (response.statusCode === 500 && (await health()).database !== 'ok') {
        // Not our fault and not for long: who reads by program may come back.
        response.statusCode = 503
        response.setHeader('Retry-After', '10')
      }
      const page = (await wholePage(html, request, response.statusCode, port)) ?? pagePolicy(html, nonce)
      if (!hasOwnPolicy) response.setHeader('Content-Security-Policy', page.policy)
      return page.html
    },
  }
}

let draining: Promise<void> | undefined
function drain() {
  return (draining ??= end())
}

/** Lets those who were asking, writing notes, or handing us mail, finish, and the worker, then the database. */
async function end() {
  setTimeout(() => process.exit(1), DRAIN + 5_000).unref()
  const closed = new Promise((resolve) => server.close(resolve))
  server.closeIdleConnections()
  setTimeout(() => server.closeAllConnections(), DRAIN).unref()
  await Promise.all([closed, worker.stop(), waysIn.stop(), liveNotes.stop()])
  await Promise.all([db.$disconnect(), version.end()])
  process.exit(0)
}
