import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Outcome } from '@/lib/outcome'

const data = fileURLToPath(new URL('../data/', import.meta.url))

/** A file of prisma/data. Its form is judged by the verb that takes it. */
export const readData = <Form>(name: string) => JSON.parse(readFileSync(data + name, 'utf8')) as Form

export const filesOf = (folder: string) => readdirSync(data + folder).map((name) => `${folder}/${name}`)

/** A verb that refuses our own data is a mistake in the data: the seed stops and says where. */
export async function told<Value>(what: string, outcome: Promise<Outcome<Value, string>>): Promise<Value> {
  const told = await outcome
  if (told.ok) return told.value
  throw new Error(`${what} was refused: ${told.reason} ${JSON.stringify(told.fields ?? [])}`)
}
