import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { guest, type PersonActor } from '@/lib/actor'
import { setClock } from '@/lib/clock'
import { db } from '@/lib/db'
import { callOff } from '@/lib/events/call-off'
import { edit } from '@/lib/events/edit'
import { eventPatch } from '@/lib/events/schema'
import { capability } from '@/lib/ids'
import { deliverDue } from '@/lib/mail/deliver'
import { confirmFollow } from '@/lib/syndication/confirm-follow'
import { follow } from '@/lib/syndication/follow'
import { forgetFollows } from '@/lib/syndication/forget-follows'
import { announce, tellOfEdition, tellOfSessions } from '@/lib/syndication/tell-followers'
import { unfollow } from '@/lib/syndication/unfollow'
import { check } from '@/lib/worker/check'
import { createSeries } from '@/lib/series/create'
import { compose } from '@/lib/worker/compose'
import { anEvent, house, must } from '@/tests/support/events'
import { smtp } from '@/tests/support/mail'

const morning = '2026-11-23T08:00:00Z'
const at = (minutes: number) => setClock(new Date(Date.parse(morning) + minutes * 60_000))
beforeEach(() => at(0))
afterEach(async () => {
  expect(await check()).toEqual([])
  setClock(null)
})

const report = 'ia'
const series = 'series/cafe-tmnlab'
const recommendation = `reports/${report}/16`
const anne = 'Anne@theatre.example'
const ask = (what: string, email = anne, locale: 'fr' | 'en' = 'fr') => follow(guest, { email, follow: what, locale })
const rows = (addressFold = anne.toLowerCase()) => db.follow.findMany({ where: { addressFold }, orderBy: { createdAt: 'asc' } })
const linkOf = ({ id, generation }: { id: string; generation: number }) => ({ token: capability('follow', id, generation) })
const letters = (kind: string) => db.letter.findMany({ where: { kind }, orderBy: [{ createdAt: 'asc' }, { toAddress: 'asc' }] })
const jobs = async (name: string) => (await db.$queryRaw<{ data: Record<string, string>; after: Date }[]>`SELECT data, start_after AS after FROM pgboss.job WHERE name = ${name} ORDER BY created_on, id`).map(({ data }) => data)

/** A report of four recommendations, a theme and a format. */
async function aFrame() {
  const { id } = await db.report.create({ data: { slug: report, title: 'IA', publisher: 'X', publishedOn: new Date(morning), url: 'https://ia.example' } })
  await db.recommendation.createMany({ data: [2, 3, 4, 16].map((number) => ({ reportId: id, number, shortFr: `Mesure ${number}` })) })
  await db.theme.create({ data: { slug: 'donnees', nameFr: 'Données', nameEn: 'Data', shortFr: 'Données', shortEn: 'Data', pigment: 'blue' } })
  must(await createSeries(house, { nature: 'format', slug: 'cafe-tmnlab', nameFr: 'Café TMNlab', nameEn: 'TMNlab Café' }))
}

/** Somebody who follows, having said yes. */
async function follower(what: string, email = anne, locale: 'fr' | 'en' = 'fr') {
  must(await ask(what, email, locale))
  const row = (await rows(email.toLowerCase())).at(-1)
  must(await confirmFollow(guest, linkOf(row!)))
  return row!
}

async function loggedIn(address: string): Promise<PersonActor> {
  const addressFold = address.toLowerCase()
  const { id, role, name, locale } = await db.person.create({ data: { address, addressFold, provenAt: new Date(morning) } })
  return { kind: 'person', id, role, name, address, addressFold, addressFolds: [addressFold], locale, via: 'browser' }
}

describe('to follow', () => {
  beforeEach(aFrame)

  test('does nothing before the letter’s link is pressed; two who press it at once say yes once', async () => {
    expect(await ask(recommendation)).toEqual({ ok: true, value: { status: 'to-confirm', address: anne, target: expect.stringMatching(/^recommendation\//) } })
    expect(await rows()).toMatchObject([{ confirmedAt: null, endedAt: null, address: anne }])
    expect(await letters('follow-confirm')).toMatchObject([{ toAddress: anne, locale: 'fr', status: 'queued' }])
    const [row] = await rows()
    at(5)
    expect(await Promise.all([confirmFollow(guest, linkOf(row)), confirmFollow(guest, linkOf(row))])).toEqual([{ ok: true, value: { id: row.id } }, { ok: true, value: { id: row.id } }])
    expect(await rows()).toMatchObject([{ confirmedAt: new Date('2026-11-23T08:05:00Z') }])
    expect(await db.person.findMany()).toMatchObject([{ addressFold: anne.toLowerCase(), provenAt: new Date('2026-11-23T08:05:00Z') }])
    at(9)
    must(await confirmFollow(guest, linkOf(row)))
    expect(await rows()).toMatchObject([{ confirmedAt: new Date('2026-11-23T08:05:00Z') }])
    expect(await confirmFollow(guest, { token: capability('follow', row.id, 1) })).toEqual({ ok: false, reason: 'not-found' })
  })

  test('is answered alike for an address that follows already, which is written to once an hour, and told the truth', async () => {
    await follower(series)
    const known = await ask(series, 'anne@THEATRE.example')
    const fresh = await ask(series, 'nobody@theatre.example')
    expect(known).toEqual({ ...fresh, value: { ...(fresh.ok && fresh.value), address: 'anne@theatre.example' } })
    expect(await letters('follow-confirm')).toHaveLength(2)
    at(61)
    must(await ask(series))
    const server = await smtp()
    await deliverDue(compose)
    const mine = server.received.filter(({ recipients }) => recipients.includes(anne)).map(({ raw }) => raw)
    expect(mine).toHaveLength(2)
    expect((await letters('follow-confirm')).filter(({ toAddress }) => toAddress === anne).map(({ subject }) => subject)).toEqual(Array(2).fill('Vous suivez déjà\u00A0: Café TMNlab'))
    expect(await rows()).toHaveLength(1)
  })

  test('of many who ask at once for one address, one letter comes of it; three an hour of whatever is asked', async () => {
    // Turns are compared with the database's own clock, which nobody stops.
    setClock(null)
    await Promise.all(Array.from({ length: 8 }, () => ask(series)))
    expect([(await rows()).length, (await letters('follow-confirm')).length]).toEqual([1, 1])
    for (const number of [2, 3, 4, 16]) must(await ask(`reports/${report}/${number}`))
    const due = (await letters('follow-confirm')).map(({ heldFor }) => heldFor !== null)
    expect(due).toEqual([false, false, false, true, true])
  })

  test('asks nobody who is logged in with the address, and asks whoever owns another', async () => {
    const actor = await loggedIn(anne)
    expect(must(await follow(actor, { email: 'ANNE@theatre.example', follow: series })).status).toBe('following')
    expect(must(await follow(actor, { email: 'victim@theatre.example', follow: series })).status).toBe('to-confirm')
    expect((await letters('follow-confirm')).map(({ toAddress }) => toAddress)).toEqual(['victim@theatre.example'])
    const [row] = await rows()
    const [other] = await rows('victim@theatre.example')
    expect(await unfollow(actor, { id: other.id })).toEqual({ ok: false, reason: 'not-found' })
    expect(await unfollow(guest, { id: row.id })).toEqual({ ok: false, reason: 'forbidden' })
    expect(await unfollow(actor, { id: row.id })).toEqual({ ok: true, value: { stopped: 1 } })
  })

  test('refuses what is not there, and what is no address', async () => {
    for (const what of ['series/rien', 'themes/rien', `reports/${report}/99`, 'events', 'events/x', '../x', 'series/CAFÉ', 'x'.repeat(300)]) expect(await ask(what)).toEqual({ ok: false, reason: 'not-found' })
    expect(await ask(series, 'a@b.example, c@d.example')).toEqual({ ok: false, reason: 'invalid', fields: [{ field: 'email', reason: 'address-list' }] })
    expect(await db.follow.count()).toBe(0)
  })

  test('is forgotten after seven days without a yes, and thirty days after a no; a no stops all or one', async () => {
    const kept = await follower(series)
    must(await ask(recommendation))
    const other = (await rows())[1]
    const third = await follower(`reports/${report}/2`)
    expect(await unfollow(guest, { ...linkOf(kept), id: third.id })).toEqual({ ok: true, value: { stopped: 1 } })
    at(7 * 24 * 60 + 1)
    expect(await forgetFollows()).toBe(1)
    expect(await confirmFollow(guest, linkOf(other))).toEqual({ ok: false, reason: 'not-found' })
    expect((await rows()).map(({ id, endedAt }) => [id, endedAt !== null])).toEqual([[kept.id, false], [third.id, true]])
    expect(await unfollow(guest, linkOf(third), { all: true })).toEqual({ ok: true, value: { stopped: 1 } })
    at(38 * 24 * 60)
    expect([await forgetFollows(), (await rows()).length]).toEqual([2, 0])
  })

  test('again after a no waits for a yes again: nobody’s no is undone by others', async () => {
    const row = await follower(series)
    must(await unfollow(guest, linkOf(row)))
    at(90)
    must(await ask(series))
    expect(await rows()).toMatchObject([{ id: row.id, confirmedAt: null, endedAt: null }])
    expect(await tell({ title: 'Pas encore' })).toEqual([])
    must(await confirmFollow(guest, linkOf(row)))
    expect(await tell({ title: 'Maintenant' })).toEqual([anne])
  })
})

/** Publishes a Café of January, lets ten minutes pass, and runs the worker's steps: to whom was written. */
async function tell(said: Parameters<typeof anEvent>[0]) {
  const before = (await letters('follow-news')).map(({ id }) => id)
  const event = await anEvent({ format: 'cafe-tmnlab', ...said })
  await announce(event.id)
  await tellGathered()
  return (await letters('follow-news')).filter(({ id }) => !before.includes(id)).map(({ toAddress }) => toAddress)
}

/** Each job runs twice, at once: as a worker that was thought dead, and another. */
async function tellGathered() {
  const gathered = await db.$queryRaw<{ batch: string }[]>`DELETE FROM pgboss.job WHERE name = 'sessions-gathered' RETURNING data ->> 'batch' AS batch`
  for (const { batch } of gathered) await Promise.all([tellOfSessions(batch), tellOfSessions(batch)])
}

describe('a new session', () => {
  beforeEach(aFrame)

  test('is told once to each who follows any of what it is about, in their language, however often the steps are run', async () => {
    await follower(series)
    await follower(recommendation)
    await follower('themes/donnees', 'bob@theatre.example', 'en')
    await follower(`reports/${report}/2`, 'other@theatre.example')
    must(await ask(series, 'unconfirmed@theatre.example'))
    const event = await anEvent({ title: 'Ouvrir les archives', format: 'cafe-tmnlab', themes: ['donnees'], recommendations: [{ report, number: 16 }] })
    expect((await jobs('event-published')).at(-1)).toEqual({ eventId: event.id })
    await Promise.all([announce(event.id), announce(event.id)])
    await tellGathered()
    await announce(event.id)
    await tellGathered()
    expect((await letters('follow-news')).map(({ toAddress, locale }) => [toAddress, locale]).sort()).toEqual([[anne, 'fr'], ['bob@theatre.example', 'en']])

    const server = await smtp()
    await deliverDue(compose)
    const [mine] = await db.letter.findMany({ where: { kind: 'follow-news', toAddress: anne } })
    expect(mine.subject?.replace(/\s/g, ' ')).toBe('Nouveau rendez-vous, jeudi 14 janvier 2027 à 9h : Ouvrir les archives')
    const raw = server.received.find(({ recipients, raw }) => recipients.includes(anne) && raw.includes('List-Unsubscribe'))?.raw ?? ''
    const [, token = ''] = /^List-Unsubscribe: <http:\/\/localhost:3000\/suivre\/([a-z2-7]{32})\/arreter>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m.exec(raw) ?? []
    expect((await rows()).map((row) => linkOf(row).token)).toContain(token)
    expect(raw.replace(/=\r\n/g, '')).toContain(`/suivre/${token}"`)
    // What left says no capability any more.
    expect(JSON.stringify(mine)).not.toContain(token)
  })

  test('comes with the others of the same while: one letter, and none that is called off, closed or past by then', async () => {
    await follower(series)
    const [first, second, off] = [await anEvent({ title: 'Un', format: 'cafe-tmnlab' }), (at(4), await anEvent({ title: 'Deux', format: 'cafe-tmnlab' })), (at(6), await anEvent({ title: 'Annulé', format: 'cafe-tmnlab' }))]
    await anEvent({ title: 'Entre nous', format: 'cafe-tmnlab', audience: 'members' })
    at(10)
    await announce(first.id)
    expect(await jobs('sessions-gathered')).toEqual([])
    must(await callOff(house, off.slug, 'Souffrante.'))
    at(14)
    await announce(second.id)
    expect(await jobs('sessions-gathered')).toHaveLength(1)
    await announce(off.id)
    await tellGathered()
    const [letter, ...others] = await letters('follow-news')
    expect([letter.facts, others]).toEqual([{ events: expect.arrayContaining([first.id, second.id]) }, []])
    expect((letter.facts as { events: string[] }).events).toHaveLength(2)
    must(await edit(house, first.slug, eventPatch.parse({ startsAt: '2027-01-21T09:00', endsAt: '2027-01-21T10:00', title: 'Un, corrigé' })))
    await smtp()
    await deliverDue(compose)
    const sent = await db.letter.findUniqueOrThrow({ where: { id: letter.id } })
    expect([sent.subject, sent.text?.includes('UN, CORRIGÉ'), sent.text?.includes('ANNULÉ'), sent.text?.includes('ENTRE NOUS')]).toEqual(['2 nouveaux rendez-vous\u00A0: Café TMNlab', true, false, false])
  })

  test('says nothing to who stopped meanwhile, nor of what was called off before the letter left', async () => {
    const row = await follower(series)
    expect(await tell({ title: 'Un' })).toEqual([anne])
    must(await unfollow(guest, linkOf(row), { all: true }))
    const bob = await follower(series, 'bob@theatre.example')
    const off = await anEvent({ title: 'Deux', format: 'cafe-tmnlab' })
    await announce(off.id)
    await tellGathered()
    must(await callOff(house, off.slug, 'Souffrante.'))
    const server = await smtp()
    await deliverDue(compose)
    expect((await letters('follow-news')).map(({ status }) => status)).toEqual(['overtaken', 'overtaken'])
    expect(server.received.filter(({ raw }) => raw.includes('List-Unsubscribe'))).toEqual([])
    expect(bob.addressFold).toBe('bob@theatre.example')
  })

  test('is told to as many as there are, in pieces', async () => {
    const target = (await rowTarget(series))!
    await db.$executeRaw`
      INSERT INTO "Follow" (id, address, "addressFold", locale, target, hash, "confirmedAt")
      SELECT gen_random_uuid(), 'a' || n || '@crowd.example', 'a' || n || '@crowd.example', 'fr', ${target}, 'h' || n, now() FROM generate_series(1, 6000) n`
    const event = await anEvent({ title: 'Pour tout le monde', format: 'cafe-tmnlab' })
    await announce(event.id)
    const [{ batch }] = (await jobs('sessions-gathered')).slice(-1)
    expect([await tellOfSessions(batch), await tellOfSessions(batch)]).toEqual([6000, 0])
  })
})

const rowTarget = async (what: string) => (must(await ask(what, 'first@theatre.example'))).target

describe('a restitution', () => {
  let slug = ''
  const edition = async (said: object = {}) => {
    const event = await db.event.findUniqueOrThrow({ where: { slug } })
    const { id: themeId } = await db.theme.findFirstOrThrow()
    const { id: recommendationId } = await db.recommendation.findFirstOrThrow({ where: { number: 2 } })
    const number = (await db.edition.count({ where: { eventId: event.id } })) + 1
    const passages = [{ paragraphId: 'aaaa', text: 'Le dépôt se négocie.', recommendationId }, { paragraphId: 'bbbb', text: 'Nommer qui décide.', themeId }]
    return db.edition.create({
      data: { eventId: event.id, number, document: {}, authors: 'Camille', licence: 'CC BY 4.0', ...said, passages: { create: passages.map((one, position) => ({ ...one, eventId: event.id, position })) } },
    })
  }
  beforeEach(async () => void (slug = (await aFrame(), await anEvent({ title: 'Théâtre et données', format: 'cafe-tmnlab' })).slug))

  test('is told once to who follows its session or one of its passages, with what it says of that', async () => {
    await follower(series)
    await follower(`reports/${report}/2`)
    await follower(`reports/${report}/3`, 'other@theatre.example')
    const { id } = await edition()
    expect([await tellOfEdition(id), await tellOfEdition(id)]).toEqual([1, 0])
    await smtp()
    await deliverDue(compose)
    const [letter] = await letters('follow-news')
    expect([letter.toAddress, letter.subject]).toEqual([anne, 'La restitution est parue\u00A0: Théâtre et données'])
    expect(letter.text).toContain('Le dépôt se négocie.')
    expect(letter.text).toContain(`/rendez-vous/${slug}/restitution#p-aaaa`)
    expect(letter.text).not.toContain('Nommer qui décide.')
  })

  test('is told to nobody where not everybody may read it, where it was withdrawn, or where it is a corrected comma', async () => {
    await follower(series)
    const { id } = await edition({ withdrawnAt: new Date(morning) })
    const comma = await edition({ isTold: false })
    expect([await tellOfEdition(id), await tellOfEdition(comma.id)]).toEqual([0, 0])
    const { id: hidden } = await edition()
    await db.event.update({ where: { slug }, data: { notesVisibility: 'registered' } })
    expect(await tellOfEdition(hidden)).toBe(0)
    await db.event.update({ where: { slug }, data: { notesVisibility: 'all' } })
    expect(await tellOfEdition(hidden)).toBe(1)
    await db.edition.update({ where: { id: hidden }, data: { withdrawnAt: new Date(morning) } })
    await smtp()
    await deliverDue(compose)
    expect((await letters('follow-news')).map(({ status }) => status)).toEqual(['overtaken'])
  })
})
