import type { NextRequest } from 'next/server'
import createMiddleware from 'next-intl/middleware'
import { pathHeader } from '@/i18n/place'
import { routing } from '@/i18n/routing'

const translated = createMiddleware(routing)

/** Finds the page behind an address of either language. Decides nothing about who may see it. */
export default function proxy(request: NextRequest) {
  request.headers.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search)
  return translated(request)
}

export const config = {
  // The door for files has none either: a body that passes here is held in memory, and cut at 10 MB.
  // Machines' doors have no language, nor have files at the root (robots.txt, sitemap.xml, icons).
  matcher: ['/((?!(?:api|feeds|uploads|_next|dev)(?:/|$)|metrics$|[^/]+\\.[^/]+$).*)'],
}
