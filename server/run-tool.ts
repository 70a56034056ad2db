import { spawn } from 'node:child_process'
import { childVariables } from '@/lib/config'

/** Runs a program of node_modules with this Node and resolves to what it said; shown only where it fails. */
export async function runTool(script: string, args: string[], variables: Record<string, string> = {}) {
  const child = spawn(process.execPath, [script, ...args], {
    env: childVariables({ NEXT_TELEMETRY_DISABLED: '1', CHECKPOINT_DISABLE: '1', PRISMA_HIDE_UPDATE_MESSAGE: '1', ...variables }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)))
  return new Promise<{ code: number; said: string }>((resolve) => {
    child.on('error', (error) => resolve({ code: 1, said: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 1, said: said.trim() }))
  })
}

export const PRISMA = 'node_modules/prisma/build/index.js'
export const NEXT = 'node_modules/next/dist/bin/next'
