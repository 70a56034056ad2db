import { afterEach, beforeEach, vi } from 'vitest'
import { log } from '@/lib/log'

// A setup file: what a test lets the program say on the console is a fault of one of them. A test that provokes an
// error on purpose spies on `log` or `console` itself, which replaces what is put here.
const noise: string[] = []

beforeEach(() => {
  noise.length = 0
  for (const level of ['debug', 'info', 'log', 'warn', 'error'] as const) {
    vi.spyOn(console, level).mockImplementation((...said: unknown[]) => {
      noise.push(`console.${level}: ${said.map(String).join(' ')}`)
    })
  }
  vi.spyOn(log, 'info').mockImplementation(() => {})
  for (const level of ['warn', 'error'] as const) {
    vi.spyOn(log, level).mockImplementation((what, fields) => {
      noise.push(`log.${level}: ${what} ${JSON.stringify(fields ?? {})}`)
    })
  }
})

afterEach(() => {
  vi.restoreAllMocks()
  if (noise.length > 0) throw new Error(`The test made noise:\n${noise.join('\n')}`)
})
