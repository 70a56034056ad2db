import { readFileSync } from 'node:fs'
import { brotliCompressSync } from 'node:zlib'
import { get } from './reading'

/**
 * Scripts that a page loads at once, in kB as brotli (quality 9, as they are served). The frame is what Next puts
 * into every page, an empty one too (rootMainFiles of its build manifest); `nomodule` scripts are for browsers that
 * know no modules, and no other loads them.
 */
export async function firstLoad(port: number, path: string) {
  const html = (await get(port, path)).body.toString()
  const frame = (JSON.parse(readFileSync('.next/build-manifest.json', 'utf8')) as { rootMainFiles: string[] }).rootMainFiles
  const sources = [...html.matchAll(/<script\b([^>]*)>/g)].flatMap(([, words]) => (/\bno[mM]odule\b/.test(words) ? [] : (/ src="([^"]+)"/.exec(words)?.[1] ?? [])))
  const sizes = { all: 0, above: 0 }
  for (const source of new Set(sources)) {
    const { status, body } = await get(port, source)
    if (status !== 200) throw new Error(`${source} answers ${status}`)
    const size = brotliCompressSync(body, { params: { 1: 9 } }).length / 1000
    sizes.all += size
    if (!frame.some((file) => source.includes(`/_next/${file}`))) sizes.above += size
  }
  return { ...sizes, html: brotliCompressSync(Buffer.from(html), { params: { 1: 5 } }).length / 1000 }
}
