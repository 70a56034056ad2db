import { describe, expect, test } from 'vitest'
import { readMail } from '@/lib/inbox/read'
import { readApart } from '@/lib/inbox/read-apart'
import { corpus, corpusNames } from '@/tests/support/corpus'

describe('a message read in the thread beside', () => {
  test('has the same reading as here', async () => {
    const names = corpusNames()
    const readings = await Promise.all(names.map((name) => readApart(corpus(name))))
    expect(readings).toEqual(await Promise.all(names.map((name) => readMail(corpus(name)))))
  })

  test('leaves the buffer to its owner', async () => {
    const raw = corpus('gmail-declined')
    await readApart(raw)
    expect(raw.equals(corpus('gmail-declined'))).toBe(true)
  })

  test('is too slow where it takes longer than it may, and the next has a thread again', async () => {
    const slow = readApart(Buffer.from(`From: a@b.example\r\n\r\n${'word '.repeat(200_000)}`), { within: 1 })
    const next = readApart(corpus('gmail-accepted'))
    expect((await slow).content).toEqual({ is: 'unreadable', why: 'too-slow' })
    expect((await slow).digest).toMatch(/^[0-9a-f]{64}$/)
    expect((await next).content.is).toBe('calendar')
    expect((await readApart(corpus('words-gmail'))).content.is).toBe('words')
  })
})
