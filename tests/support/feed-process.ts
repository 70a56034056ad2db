// A second process of ours that answers feeds, for tests: asked by messages, it tells what it answered and which
// statements that took.
import pg from 'pg'

export type Asked = { path: string; headers?: Record<string, string>; at?: string }
export type Told = { status: number; headers: Record<string, string>; text: string; statements: string[] }

const statements: string[] = []
const original = Reflect.get(pg.Client.prototype, 'query') as (...words: unknown[]) => unknown
Reflect.set(pg.Client.prototype, 'query', function (this: pg.Client, ...words: unknown[]) {
  const [query] = words
  statements.push(typeof query === 'string' ? query : String((query as { text?: string }).text))
  return original.apply(this, words)
})

const { GET } = await import('@/app/feeds/[...path]/route')
const { setClock } = await import('@/lib/clock')
const { db } = await import('@/lib/db')

process.on('message', ({ path, headers, at }: Asked) => {
  void answer(path, headers, at).then((told) => process.send?.(told))
})
process.on('disconnect', () => void db.$disconnect().then(() => process.exit(0)))
process.send?.('ready')

async function answer(path: string, headers: Record<string, string> = {}, at?: string): Promise<Told> {
  setClock(at === undefined ? null : new Date(at))
  statements.length = 0
  const request = new Request(`http://localhost:3000/feeds/${path}`, { headers: { 'x-client-address': '192.0.2.2', ...headers } })
  const response = await GET(request, { params: Promise.resolve({ path: path.split('?')[0].split('/') }) })
  return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text(), statements: [...statements] }
}
