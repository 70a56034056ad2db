import { connect, createServer } from 'node:net'
import { describe, expect, test, vi } from 'vitest'
import { db } from '@/lib/db'
import { claim } from '@/lib/mail/claim'
import { type Compose, deliverDue, startDelivery } from '@/lib/mail/deliver'
import { lettersAboutEach } from '@/lib/mail/queries'
import { allow, answering, becomeDue, cleanUps, compose, deafPort, only, portOf, smtp, useServer, write } from '@/tests/support/mail'

describe('sending', () => {
  test('what the server cannot take now goes again, the same bytes under the same Message-ID', async () => {
    allow('warn')
    const bodies = await answering(451, 'ok')
    await write()
    await deliverDue(compose)
    const waiting = await only()
    expect([waiting.status, waiting.attempts]).toEqual(['queued', 1])
    expect(Number(waiting.dueAt) - Date.now()).toBeGreaterThan(8_000)
    expect(await deliverDue(compose)).toBe(0)

    await becomeDue()
    await deliverDue(async () => {
      throw new Error('composed twice')
    })
    expect((await only()).status).toBe('sent')
    expect(bodies).toHaveLength(2)
    expect(bodies[0]).toBe(bodies[1])
  })

  test('what the server will never take fails visibly, with its words, and the diary names nobody', async () => {
    const warned = allow('warn')
    await answering(550)
    await write()
    await deliverDue(compose)
    const letter = await only()
    expect([letter.status, letter.attempts]).toEqual(['failed', 1])
    expect(letter.lastError).toContain('550')
    expect(JSON.stringify(warned.mock.calls)).not.toMatch(/zoe|theatre|Martin/i)
  })

  test('a crash between the server and our mark repeats only that letter', async () => {
    const { received } = await smtp()
    await write({ about: 'registration/sent' })
    await deliverDue(compose)
    await write({ about: 'registration/crashed' })
    const [taken] = await claim(20)
    expect(taken.about).toBe('registration/crashed')
    // The worker dies here: the lease runs out, another worker finds the letter.
    expect(await deliverDue(compose)).toBe(0)
    await db.letter.update({ where: { id: taken.id }, data: { leaseUntil: new Date(Date.now() - 1000) } })
    await deliverDue(compose)
    expect(received).toHaveLength(2)
    expect((await db.letter.findMany()).map(({ status }) => status)).toEqual(['sent', 'sent'])
    expect((await db.letter.findUniqueOrThrow({ where: { id: taken.id } })).attempts).toBe(2)
  })

  test('a server that takes the letter and loses the line gets it again under the same Message-ID', async () => {
    allow('warn')
    const bodies = await answering('lost', 'ok')
    await write()
    await deliverDue(compose)
    await becomeDue()
    await deliverDue(compose)
    const ids = bodies.map((body) => /^Message-ID: (.*)$/im.exec(body)?.[1])
    expect(ids[0]).toBe(ids[1])
    expect((await only()).status).toBe('sent')
  })

  test('a lease that somebody else took over is not marked by who lost it', async () => {
    const { received } = await smtp()
    await write()
    await deliverDue(async (letter) => {
      await db.letter.update({ where: { id: letter.id }, data: { leaseUntil: new Date(Date.now() + 30_000) } })
      return compose(letter)
    })
    expect([(await only()).status, received.length]).toEqual(['sending', 0])
  })

  test('two deliverers at once send each letter once', async () => {
    const { received } = await smtp()
    for (let number = 0; number < 45; number++) await write({ about: `registration/${number}`, to: { address: `p${number}@theatre.example` } })
    const handled = await Promise.all([deliverDue(compose), deliverDue(compose), deliverDue(compose)])
    expect(handled.reduce((sum, one) => sum + one)).toBe(45)
    expect(new Set(received.map(({ messageId }) => messageId)).size).toBe(45)
    expect(received).toHaveLength(45)
  })

  test('letters about the same thing leave in the order they were written, even when the first has to wait', async () => {
    allow('warn')
    const order: string[] = []
    const bodies = await answering(451)
    const about = 'registration/1'
    for (const kind of ['seat-confirmed', 'companion-changed', 'registration-cancelled']) await write({ about, kind })
    const noting: Compose = async (letter) => {
      order.push(letter.kind)
      return compose(letter)
    }
    await deliverDue(noting)
    expect([bodies.length, order]).toEqual([1, ['seat-confirmed']])
    await becomeDue()
    expect(await deliverDue(noting)).toBe(3)
    expect(order).toEqual(['seat-confirmed', 'companion-changed', 'registration-cancelled'])
  })

  test('a reminder for tomorrow does not hold back what is said today', async () => {
    await smtp()
    await write({ about: 'registration/1', kind: 'reminder', dueAt: new Date(Date.now() + 86_400_000) })
    await write({ about: 'registration/1' })
    expect(await deliverDue(compose)).toBe(1)
  })

  test('a stalled connection does not hold the others', async () => {
    allow('warn')
    const { url } = await smtp()
    // Greets the first caller with silence, passes the others on.
    let callers = 0
    const gate = createServer((socket) => {
      socket.on('error', () => {})
      if (++callers === 1) return
      const onward = connect(Number(new URL(url).port), '127.0.0.1')
      onward.on('error', () => {})
      socket.pipe(onward).pipe(socket)
    })
    await new Promise<void>((resolve) => gate.listen(0, '127.0.0.1', resolve))
    cleanUps.push(() => gate.close())
    useServer(`smtp://127.0.0.1:${portOf(gate)}`)
    for (let number = 0; number < 12; number++) await write({ about: `registration/${number}` })
    const delivering = deliverDue(compose)
    await vi.waitFor(async () => expect(await db.letter.count({ where: { status: 'sent' } })).toBe(11), { timeout: 6_000 })
    expect(await delivering).toBe(12)
    expect((await db.letter.findFirstOrThrow({ where: { status: 'queued' } })).attempts).toBe(1)
  }, 40_000)

  test('a letter with nothing left to say leaves the queue and says so', async () => {
    const { received } = await smtp()
    await write({ about: 'registration/gone' })
    await deliverDue(async () => null)
    expect(received).toHaveLength(0)
    expect((await lettersAboutEach(['registration/gone'])).get('registration/gone')?.map(({ state }) => state)).toEqual(['overtaken'])
  })

  test('a letter that cannot be composed waits, and the others leave', async () => {
    allow('warn')
    const wrong = allow('error')
    const { received } = await smtp()
    await write({ about: 'registration/1' })
    await write({ about: 'registration/2' })
    await deliverDue(async (letter) => {
      if (letter.about === 'registration/1') throw new TypeError('zoe@theatre.example is undefined')
      return compose(letter)
    })
    expect(received).toHaveLength(1)
    expect(await db.letter.findMany({ select: { status: true }, orderBy: { about: 'asc' } })).toEqual([{ status: 'queued' }, { status: 'sent' }])
    expect(JSON.stringify(wrong.mock.calls)).not.toContain('zoe')
  })

  test('the delivery picks up a new letter within two seconds, stops when told, and knows its health', async () => {
    const warned = allow('warn')
    const server = await smtp()
    const delivery = startDelivery(compose)
    cleanUps.push(delivery.stop)
    await write()
    await server.next(() => true, { within: 2_500 })
    expect(delivery.healthy()).toBe(true)

    useServer(`smtp://127.0.0.1:${await deafPort()}`)
    await write()
    await vi.waitFor(() => expect(delivery.healthy()).toBe(false), { timeout: 4_000 })
    expect(warned).toHaveBeenCalled()
    await delivery.stop()
    expect(await db.letter.count({ where: { status: 'queued' } })).toBe(1)
  })
})
