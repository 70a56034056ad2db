import { expect, test } from 'vitest'
import { guest, type PersonActor } from '@/lib/actor'
import { db } from '@/lib/db'
import { newId } from '@/lib/ids'
import { follow } from '@/lib/syndication/follow'
import { mostFollowed } from '@/lib/syndication/rules'

test('whoever asks for a hundred things in another’s name does not keep them from following one', async () => {
  const report = await db.report.create({ data: { slug: 'ia', title: 'IA', publisher: 'X', publishedOn: new Date(), url: 'https://ia.example' } })
  await db.recommendation.create({ data: { reportId: report.id, number: 16 } })
  const addressFold = 'anne@theatre.example'
  await db.follow.createMany({ data: Array.from({ length: mostFollowed }, () => newId()).map((id) => ({ id, address: addressFold, addressFold, locale: 'fr', target: `theme/${id}`, hash: id })) })
  const { id, role, name, locale } = await db.person.create({ data: { address: addressFold, addressFold, provenAt: new Date() } })
  const anne: PersonActor = { kind: 'person', id, role, name, address: addressFold, addressFold, addressFolds: [addressFold], locale, via: 'browser' }
  expect(await follow(anne, { email: addressFold, follow: 'reports/ia/16' })).toMatchObject({ ok: true, value: { status: 'following' } })
  expect(await follow(guest, { email: addressFold, follow: 'reports/ia/16' })).toMatchObject({ value: { status: 'to-confirm' } })
  await db.follow.updateMany({ data: { confirmedAt: new Date() } })
  await db.follow.deleteMany({ where: { target: { startsWith: 'recommendation/' } } })
  expect(await follow(anne, { email: addressFold, follow: 'reports/ia/16' })).toMatchObject({ reason: 'too-many' })
})
