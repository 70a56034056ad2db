import { describe, expect, it } from 'vitest'
import { isFiltered, queryOf, readFilter } from '@/app/[locale]/(public)/agenda-filter'

const read = (query: string) => readFilter(Promise.resolve(Object.fromEntries(new URLSearchParams(query))))

describe('what an address asks of the agenda', () => {
  it('reads the form as it is sent, empty fields being none', async () => {
    const filter = await read('q=&theme=donnees-culturelles&series=&recommendation=ia-notre-ambition.16')
    expect(filter).toMatchObject({ theme: 'donnees-culturelles', report: 'ia-notre-ambition', recommendation: 16 })
    expect(filter.q ?? filter.series ?? filter.cursor).toBeUndefined()
    expect(isFiltered(filter)).toBe(true)
  })

  it.each(['theme=DROP%20TABLE', 'q=%00', 'recommendation=16', 'recommendation=a.0', 'cursor=%F0%9F%8E%AD', `q=${'a'.repeat(500)}`])(
    'shows the whole agenda where it cannot be read: %s',
    async (query) => {
      const filter = await read(query)
      expect(isFiltered(filter)).toBe(false)
      expect(filter.cursor).toBeUndefined()
    },
  )

  it('takes the first of a name given twice', async () => {
    expect(await readFilter(Promise.resolve({ q: ['loire', 'seine'] }))).toMatchObject({ q: 'loire' })
  })

  it('writes an address that is read the same way', async () => {
    const filter = await read('q=l’œuvre+%26+Cie&theme=diversite-culturelle&recommendation=un-rapport.7')
    expect(await read(queryOf(filter).slice(1))).toEqual(filter)
    expect(queryOf({})).toBe('')
  })
})
