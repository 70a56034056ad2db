import { afterEach, beforeEach, expect, test } from 'vitest'
import { guest } from '@/lib/actor'
import { now, setClock } from '@/lib/clock'
import { db, type Prisma } from '@/lib/db'
import { keepAside } from '@/lib/events/keep-aside'
import { newId } from '@/lib/ids'
import { addCompanion } from '@/lib/registrations/add-companion'
import { cancel } from '@/lib/registrations/cancel'
import { rearrange } from '@/lib/registrations/rearrange'
import { register } from '@/lib/registrations/register'
import { releaseAside } from '@/lib/registrations/release-aside'
import { check, invariants } from '@/lib/worker/check'
import { anEvent, house, linkOf, must, signUp } from '@/tests/support/events'
import { cleanDatabase } from '@/tests/support/own-database'

// One fault of each kind is planted, past the verbs and past what the database itself forbids: each must be found, by name.

/** In the room Anne and Bea have the two seats, Cleo and Dora wait, Emma gave hers back; Fleur is at the screen with a colleague. */
async function aScene() {
  const { id: event, slug } = await anEvent({ mode: 'hybrid', capacity: 2, screenCapacity: 10, waitlist: true })
  const come = async (name: string, place = 'room') => must(await signUp(slug, `${name}@x.example`, { place })).registrationId
  const [anne, emma] = [await come('anne'), await come('emma')]
  must(await cancel(guest, linkOf(emma)))
  const [bea, cleo, dora, fleur] = [await come('bea'), await come('cleo'), await come('dora'), await come('fleur', 'screen')]
  must(await addCompanion(guest, linkOf(fleur), 'Gaston'))
  const { id: other } = await anEvent({ title: 'Un autre jour', startsAt: '2027-02-11T09:00', endsAt: '2027-02-11T10:00' })
  return { event, other, anne, bea, cleo, dora, emma, fleur }
}
type Scene = Awaited<ReturnType<typeof aScene>>

type Fault = {
  rule: string
  /** What of the database would have forbidden it: constraints and indexes that are put back afterwards. */
  forbiddenBy?: string[]
  plant: (scene: Scene) => Promise<unknown>
}

const set = (id: string, data: Parameters<typeof db.registration.update>[0]['data']) => db.registration.update({ where: { id }, data })
const seat = (eventId: string, place: 'room' | 'screen', data: Parameters<typeof db.seating.update>[0]['data']) =>
  db.seating.update({ where: { eventId_place: { eventId, place } }, data })
const letterOf = (id: string, kind?: string) => db.letter.findFirstOrThrow({ where: { about: `registration/${id}`, kind } })
const aQuestion = (eventId: string, more: object = {}) => db.question.create({ data: { eventId, key: 'meal', position: 0, kind: 'one', label: 'Repas ?', options: [{ key: 'yes', label: 'Oui' }, { key: 'no', label: 'Non' }], ...more } })
const aConsent = (eventId: string) => db.consentRequest.create({ data: { eventId, key: 'photo', position: 0, wording: 'Photo' } })
const aMail = async (registrationId: string, more: Partial<Prisma.IncomingMailUncheckedCreateInput> = {}) => {
  const { eventId } = await db.registration.findUniqueOrThrow({ where: { id: registrationId } })
  const id = newId()
  await db.incomingMail.create({ data: { id, way: 'smtp', digest: id, kind: 'calendar', outcome: 'accepted', size: 1, registrationId, eventId, arrivedAt: now(), ...more } })
  return id
}
const anAnswer = (registrationId: string, incomingId: string, more: { word?: 'accepted' | 'declined'; old?: boolean } = {}) =>
  db.calendarAnswer.create({ data: { registrationId, incomingId, word: 'declined', sequence: 0, stamp: now(), ...more } })
const minutes = (n: number) => new Date(now().getTime() + n * 60_000)

const faults: Fault[] = [
  { rule: 'what is found is what everybody may read', plant: ({ event }) => db.searchEntry.updateMany({ where: { ref: event }, data: { title: 'Autre' } }) },
  { rule: 'never more seats taken than there are', forbiddenBy: ['Seating_never_more_than_capacity'], plant: ({ event }) => seat(event, 'room', { capacity: 1 }) },
  { rule: 'the counters say what the registrations say', plant: ({ event }) => seat(event, 'screen', { taken: 1 }) },
  { rule: 'the counters say what the registrations say', plant: ({ event }) => seat(event, 'room', { waiting: 1 }) },
  {
    rule: 'on seats kept aside sit those who are counted there, and no more than there are',
    plant: ({ event }) => db.allotment.create({ data: { eventId: event, place: 'screen', organisation: 'Un théâtre', seats: 3, used: 1 } }),
  },
  {
    rule: 'seats kept aside belong to the event and the place of who sits on them, and of the code that leads there',
    plant: async ({ other, anne }) => set(anne, { allotmentId: (await db.allotment.create({ data: { eventId: other, place: 'screen', organisation: 'Un théâtre', seats: 1, used: 1 } })).id }),
  },
  {
    rule: 'seats kept aside belong to the event and the place of who sits on them, and of the code that leads there',
    plant: async ({ event, other }) => {
      const { id } = await db.allotment.create({ data: { eventId: other, place: 'screen', organisation: 'Un théâtre', seats: 1 } })
      await db.entryCode.create({ data: { eventId: event, code: 'abcdefgh', allotmentId: id } })
    },
  },
  {
    rule: 'a code is used no more often than it may be',
    forbiddenBy: ['EntryCode_never_used_up_twice'],
    plant: ({ event }) => db.entryCode.create({ data: { eventId: event, code: 'abcdefgh', most: 2, used: 3 } }),
  },
  { rule: 'nobody sits or waits where there is no place', plant: ({ event }) => db.seating.delete({ where: { eventId_place: { eventId: event, place: 'room' } } }) },
  { rule: 'an event has the places of its mode', plant: ({ other }) => db.event.update({ where: { id: other }, data: { mode: 'hybrid' } }) },
  { rule: 'a published event can be registered for, and only a published one', plant: ({ other }) => seat(other, 'screen', { open: false }) },
  { rule: 'a registration takes a seat for the person and for each companion', plant: ({ fleur }) => db.companion.deleteMany({ where: { registrationId: fleur } }) },
  { rule: 'whoever is pending says for what, and nobody else does', forbiddenBy: ['Registration_pending_says_for_what'], plant: ({ anne }) => set(anne, { pendingFor: 'proof' }) },
  { rule: 'a seat is held for offers and for addresses to prove, and has an end', forbiddenBy: ['Registration_held_while_undecided'], plant: ({ anne }) => set(anne, { status: 'offered' }) },
  { rule: 'what is held ends when the event begins, at the latest', plant: ({ anne }) => set(anne, { status: 'offered', heldUntil: new Date('2027-02-01') }) },
  { rule: 'nothing is held past its time', plant: ({ anne }) => set(anne, { status: 'offered', heldUntil: minutes(-2) }) },
  { rule: 'only who waits in line can have passed', forbiddenBy: ['Registration_passes_in_line'], plant: ({ anne }) => set(anne, { passed: true }) },
  { rule: 'no seat stays empty while somebody waits', plant: ({ event }) => seat(event, 'room', { capacity: 3 }) },
  { rule: 'nobody in line has the number of somebody else', plant: async ({ cleo, dora }) => set(dora, { line: (await db.registration.findUniqueOrThrow({ where: { id: cleo } })).line }) },
  { rule: 'nobody in line has the number of somebody else', plant: ({ dora }) => set(dora, { line: 100 }) },
  { rule: 'the story of a registration ends where it stands', plant: ({ cleo }) => db.registrationStep.deleteMany({ where: { registrationId: cleo } }) },
  { rule: 'each step is told by a letter', plant: async ({ emma }) => db.letter.delete({ where: { id: (await letterOf(emma, 'registration-cancelled')).id } }) },
  { rule: 'each step is told by a letter', plant: ({ bea }) => db.registrationStep.create({ data: { registrationId: bea, status: 'confirmed', actor: 'waitlist', reason: 'seats-added' } }) },
  {
    rule: 'a step is told once',
    plant: async ({ bea }) => {
      const { id, ...letter } = await letterOf(bea)
      await db.letter.create({ data: { ...letter, id: newId(), facts: {}, kind: 'seat-promoted', messageId: `${id}.2@x.example` } })
    },
  },
  {
    rule: 'first come, first served',
    plant: async ({ dora, event }) => {
      await set(dora, { status: 'confirmed', revision: 1 })
      await db.registrationStep.create({ data: { registrationId: dora, status: 'confirmed', actor: 'waitlist', reason: 'seats-added' } })
      await seat(event, 'room', { capacity: 3, taken: 3, waiting: 1 })
    },
  },
  {
    rule: 'an answer is to a question of its own event',
    plant: async ({ anne, other }) => db.answer.create({ data: { registrationId: anne, questionId: (await aQuestion(other)).id, value: 'yes' } }),
  },
  {
    rule: 'an answer is of the kind that was asked for',
    plant: async ({ anne, event }) => db.answer.create({ data: { registrationId: anne, questionId: (await aQuestion(event)).id, value: 12 } }),
  },
  {
    rule: 'an answer is one of the options',
    plant: async ({ anne, event }) => db.answer.create({ data: { registrationId: anne, questionId: (await aQuestion(event)).id, value: 'perhaps' } }),
  },
  {
    rule: 'an answer is one of the options',
    plant: async ({ anne, event }) => db.answer.create({ data: { registrationId: anne, questionId: (await aQuestion(event, { kind: 'several' })).id, value: ['yes', 'perhaps'] } }),
  },
  {
    rule: 'a question is asked once, and followed by one of its own name',
    forbiddenBy: ['Question_asked_once'],
    plant: async ({ event }) => [await aQuestion(event), await aQuestion(event)],
  },
  {
    rule: 'a question is asked once, and followed by one of its own name',
    plant: async ({ event }) => aQuestion(event, { retiredAt: now(), replacedById: (await aQuestion(event, { key: 'drink' })).id }),
  },
  { rule: 'a question depends on another that is asked', plant: ({ event }) => aQuestion(event, { dependsOn: 'drink', dependsValues: ['yes'] }) },
  {
    rule: 'a consent is given to a request of its own event',
    plant: async ({ anne, other }) => db.consent.create({ data: { registrationId: anne, requestId: (await aConsent(other)).id, locale: 'fr' } }),
  },
  {
    rule: 'a consent is given once, and withdrawn after it was given',
    forbiddenBy: ['Consent_given_once'],
    plant: async ({ anne, event }) => {
      const { id } = await aConsent(event)
      await db.consent.createMany({ data: [1, 2].map(() => ({ registrationId: anne, requestId: id, locale: 'fr' })) })
    },
  },
  {
    rule: 'a consent is given once, and withdrawn after it was given',
    plant: async ({ anne, event }) => db.consent.create({ data: { registrationId: anne, requestId: (await aConsent(event)).id, locale: 'fr', withdrawnAt: minutes(-60) } }),
  },
  { rule: 'an access need is one of its own event', plant: ({ anne, other }) => db.accessNeed.create({ data: { registrationId: anne, eventId: other, words: 'LSF' } }) },
  {
    rule: 'access needs are erased the day after',
    plant: async ({ anne, event }) => {
      await db.accessNeed.create({ data: { registrationId: anne, eventId: event, words: 'LSF' } })
      setClock(new Date('2027-01-15T12:00:00Z'))
    },
  },
  { rule: 'an instant is the one that the wall shows', plant: ({ other }) => db.event.update({ where: { id: other }, data: { startTime: '09:30' } }) },
  {
    rule: 'a reminder falls due when its rule says',
    plant: ({ other }) => db.reminder.updateMany({ where: { eventId: other, minutesBefore: { not: null } }, data: { dueAt: new Date('2027-02-11T08:00:00Z') } }),
  },
  { rule: 'a former name leads to one event', plant: async ({ event, other }) => db.eventAlias.create({ data: { slug: (await db.event.findUniqueOrThrow({ where: { id: event } })).slug, eventId: other } }) },
  {
    rule: 'a passage belongs to an edition of its own event',
    plant: async ({ event, other }) => {
      const { id } = await db.edition.create({ data: { eventId: event, number: 1, document: {}, authors: 'x', licence: 'x' } })
      const { id: themeId } = await db.theme.create({ data: { slug: 'x', nameFr: 'x', nameEn: 'x', shortFr: 'x', shortEn: 'x' } })
      await db.passage.create({ data: { editionId: id, eventId: other, paragraphId: 'x', position: 0, text: 'x', themeId } })
    },
  },
  {
    rule: 'an address belongs to one person',
    plant: async () => {
      const address = { address: 'anne@x.example', addressFold: 'anne@x.example' }
      await db.person.create({ data: address })
      const { id } = await db.person.create({ data: { address: 'bea@x.example', addressFold: 'bea@x.example' } })
      await db.otherAddress.create({ data: { ...address, personId: id, provenAt: now() } })
    },
  },
  { rule: 'an address is looked up by its folded form', plant: ({ anne }) => set(anne, { address: 'Anna@X.example' }) },
  { rule: 'one address registers once for an event', forbiddenBy: ['Registration_eventId_addressFold_key'], plant: ({ anne }) => set(anne, { addressFold: 'bea@x.example', address: 'bea@x.example' }) },
  {
    rule: 'a standing registration brings one seat to an event',
    plant: async ({ anne, bea }) => {
      const { id: seriesId } = await db.series.create({ data: { slug: 'cafe', nature: 'format', nameFr: 'Café', nameEn: 'Café' } })
      const standing = await db.standingRegistration.create({
        data: { id: newId(), seriesId, name: 'Anne', address: 'anne@x.example', addressFold: 'anne@x.example', locale: 'fr', timeZone: 'Europe/Paris', manageHash: 'x' },
      })
      for (const id of [anne, bea]) await set(id, { standingId: standing.id })
    },
  },
  {
    rule: 'a membership ends after it begins',
    forbiddenBy: ['Member_ends_after_it_begins'],
    plant: () => db.member.create({ data: { kind: 'domain', value: 'x.example', since: new Date('2027-01-01'), until: new Date('2026-01-01') } }),
  },
  { rule: 'a member is an address or a domain, folded', plant: () => db.member.create({ data: { kind: 'address', value: 'x.example' } }) },
  { rule: 'a retired link opens nothing', plant: async ({ anne }) => db.retiredCapability.create({ data: { hash: (await db.registration.findUniqueOrThrow({ where: { id: anne } })).manageHash } }) },
  {
    rule: 'nothing is said twice',
    forbiddenBy: ['Letter_about_kind_revision_key'],
    plant: async ({ bea }) => {
      const { id, ...letter } = await letterOf(bea)
      await db.letter.create({ data: { ...letter, id: newId(), facts: {}, messageId: `${id}.2@x.example` } })
    },
  },
  {
    rule: 'a letter has a Message-ID of its own',
    forbiddenBy: ['Letter_messageId_key'],
    plant: async ({ anne, bea }) => db.letter.update({ where: { id: (await letterOf(anne)).id }, data: { messageId: (await letterOf(bea)).messageId } }),
  },
  { rule: 'a letter about a registration is about one of its event', plant: async ({ bea, other }) => db.letter.update({ where: { id: (await letterOf(bea)).id }, data: { eventId: other } }) },
  { rule: 'no letter is held for longer than its lease', plant: async ({ bea }) => db.letter.update({ where: { id: (await letterOf(bea)).id }, data: { status: 'sending', leaseUntil: minutes(-2) } }) },
  { rule: 'what was sent was composed first, and says when it left', plant: async ({ bea }) => db.letter.update({ where: { id: (await letterOf(bea)).id }, data: { status: 'sent', sentAt: now() } }) },
  { rule: 'an answer of a calendar belongs to the registration that its message names', plant: async ({ anne, bea }) => anAnswer(bea, await aMail(anne)) },
  { rule: 'a message belongs to the event of its registration', plant: ({ anne, other }) => aMail(anne, { eventId: other }) },
  { rule: 'a registration that a calendar ended has its No', plant: ({ emma }) => db.registrationStep.updateMany({ where: { registrationId: emma, status: 'cancelled' }, data: { reason: 'declined-in-calendar' } }) },
  {
    rule: 'a registration that a calendar ended has its No',
    plant: async ({ emma }) => {
      await db.registrationStep.updateMany({ where: { registrationId: emma, status: 'cancelled' }, data: { reason: 'declined-in-calendar' } })
      await anAnswer(emma, await aMail(emma), { word: 'accepted' })
      await anAnswer(emma, await aMail(emma), { old: true })
    },
  },
  { rule: 'what waits for an organiser was settled by nobody', plant: ({ anne }) => aMail(anne, { awaits: true, settledAt: now(), settledBy: 'Camille' }) },
  { rule: 'the source of a message is erased in its time', plant: ({ anne }) => aMail(anne, { arrivedAt: minutes(-8 * 24 * 60), raw: new Uint8Array(1) }) },
  { rule: 'the source of a message is erased in its time', plant: ({ anne }) => aMail(anne, { arrivedAt: minutes(-31 * 24 * 60), raw: new Uint8Array(1), awaits: true }) },
  { rule: 'a letter is stopped for an address that cannot be reached', plant: async ({ bea }) => db.letter.update({ where: { id: (await letterOf(bea)).id }, data: { status: 'stopped' } }) },
  { rule: 'only what left can have come back', plant: async ({ bea }) => db.letter.update({ where: { id: (await letterOf(bea)).id }, data: { bouncedAt: now() } }) },
  { rule: 'an address is looked up by its folded form', plant: () => db.unreachable.create({ data: { addressFold: 'Anne@x.example', address: 'Anne@x.example', diagnosis: '550' } }) },
  { rule: 'a resource is a file of ours or an address, whole', plant: ({ other }) => db.resource.create({ data: { eventId: other, kind: 'link', title: 'x', givenBy: 'x', url: 'javascript:x' } }) },
  { rule: 'the file that a resource names is there', plant: ({ other }) => db.resource.create({ data: { eventId: other, kind: 'file', title: 'x', givenBy: 'x', digest: '0'.repeat(64), bytes: 1, mediaType: 'application/pdf', fileName: 'x.pdf' } }) },
  { rule: 'what a house tells was decided by somebody, or waits', plant: ({ other }) => db.relay.create({ data: { eventId: other, house: 'x', heldOn: now(), text: 'x', language: 'fr', status: 'approved' } }) },
  { rule: 'no calendar was told more than there is', plant: async ({ bea }) => db.letter.update({ where: { id: (await letterOf(bea)).id }, data: { calendar: 'BEGIN:VEVENT\r\nSEQUENCE:7\r\nEND:VEVENT' } }) },
]

const putBack: string[] = []
beforeEach(() => setClock(new Date('2026-11-23T08:00:00Z')))
afterEach(async () => {
  setClock(null)
  await cleanDatabase()
  for (const definition of putBack.splice(0)) await db.$executeRawUnsafe(definition)
})

test('the scene in which faults are planted has none', async () => {
  await aScene()
  await aMomentLater()
  expect(await check()).toEqual([])
})

test('whoever sat on seats kept aside, or was taken along to the other place, is not said to have come before the line', async () => {
  const { slug } = await anEvent({ mode: 'hybrid', capacity: 3, screenCapacity: 2, waitlist: true })
  const { id, code } = must(await keepAside(house, slug, { organisation: 'Un théâtre', place: 'screen', seats: 1 }))
  for (const name of ['anne', 'bea']) must(await signUp(slug, `${name}@x.example`, { place: 'screen' }))
  must(await register(guest, slug, { name: 'Cleo', email: 'cleo@x.example', code }))
  must(await signUp(slug, 'dora@x.example', { place: 'room' }))
  must(await releaseAside(house, id))
  expect(must(await rearrange(house, slug, { mode: 'online', capacity: 3 }))).toMatchObject({ slug })
  await aMomentLater()
  expect(await check()).toEqual([])
})

test.each(faults.map((fault, n) => [fault.rule, n] as const))('%s (%i)', async (rule, n) => {
  const { forbiddenBy = [], plant } = faults[n]
  const scene = await aScene()
  for (const name of forbiddenBy) await allow(name)
  await aMomentLater()
  await plant(scene)
  const found = await check()
  expect(found.filter((sentence) => sentence.startsWith(`${rule}: `))).toHaveLength(1)
  expect(found.join()).not.toMatch(/undefined|null/)
})

test('there is a fault for each invariant', () => {
  expect(invariants(now()).map(({ rule }) => rule).filter((rule) => !faults.some((fault) => fault.rule === rule))).toEqual([])
})

test('of a fault that came a thousand times, a hundred are told', async () => {
  const { event } = await aScene()
  await db.$executeRaw`INSERT INTO "EntryCode" (id, "eventId", code, "allotmentId") SELECT gen_random_uuid(), ${event}::uuid, n::text, NULL FROM generate_series(1, 1000) n`
  await allow('EntryCode_never_used_up_twice')
  await db.entryCode.updateMany({ data: { most: 1, used: 2 } })
  const found = await check()
  expect(found).toHaveLength(101)
  expect(found.at(-1)).toBe('a code is used no more often than it may be: and more')
})

/** Some faults count only after a minute. */
async function aMomentLater() {
  setClock(minutes(5))
}

/** Takes a constraint or an index away until the test is over. */
async function allow(name: string) {
  const [constraint] = await db.$queryRaw<{ table: string; definition: string }[]>`
    SELECT conrelid::regclass::text AS "table", pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conname = ${name}`
  if (constraint) {
    await db.$executeRawUnsafe(`ALTER TABLE ${constraint.table} DROP CONSTRAINT "${name}"`)
    putBack.push(`ALTER TABLE ${constraint.table} ADD CONSTRAINT "${name}" ${constraint.definition}`)
    return
  }
  const [index] = await db.$queryRaw<{ definition: string }[]>`SELECT indexdef AS definition FROM pg_indexes WHERE indexname = ${name}`
  await db.$executeRawUnsafe(`DROP INDEX "${name}"`)
  putBack.push(index.definition)
}
