import { spawn } from 'node:child_process'
import { childVariables } from '@/lib/config'
import { PRISMA } from './run-tool'

/** Prisma's own command line on the installation's database, for example `npm run prisma -- migrate dev --name x`. */
export async function prisma(args: string[]) {
  const child = spawn(process.execPath, [PRISMA, ...args], { stdio: 'inherit', env: childVariables({ CHECKPOINT_DISABLE: '1' }) })
  return new Promise<number>((resolve) => child.on('exit', (code) => resolve(code ?? 1)))
}
