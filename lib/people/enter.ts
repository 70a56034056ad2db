import { record } from '@/lib/activity/record'
import { type Actor, system } from '@/lib/actor'
import { foldAddress, parseAddress } from '@/lib/address'
import { now } from '@/lib/clock'
import { config } from '@/lib/config'
import { db, inTransaction, type Tx } from '@/lib/db'
import { done, type Outcome, refused } from '@/lib/outcome'
import { canKnock } from './access'
import { proveAddress } from './prove-address'
import { loginTries } from './rules'

/** Hashes by proofHash: of the letter's link, or of the code with the address it was sent to. */
export type Proof = { by: 'link'; hash: string } | { by: 'code'; address: string; hash: string }

export type EnterRefusal = 'forbidden' | 'wrong' | 'used-up' | 'gone'

type Entered = { personId: string; address: string; addressFold: string }

/**
 * Opens the door once for a link or a code: creates or finds the person, whose address is proven by this.
 * Refusals: `wrong` code, with the tries that remain as the `code` field's reason; `used-up` after five of them;
 * `gone` where nothing waits any more (used, older than 15 minutes, or never written).
 */
export async function enter(actor: Actor, proof: Proof): Promise<Outcome<Entered, EnterRefusal>> {
  if (!canKnock(actor)) return refused('forbidden')
  const found = proof.by === 'link' ? await findByLink(proof.hash) : await tryCode(proof.address, proof.hash)
  if (!found.ok) return found

  return inTransaction(async (tx) => {
    if (!(await consume(tx, found.value))) return refused('gone')
    return done(await prove(tx, found.value))
  })
}

type Challenge = { id: string; address: string; addressFold: string }

async function findByLink(hash: string): Promise<Outcome<Challenge, 'gone'>> {
  const challenge = await db.loginChallenge.findFirst({ where: { linkHash: hash, usedAt: null, expires: { gt: now() } } })
  return challenge ? done(challenge) : refused('gone')
}

/**
 * One try on every open challenge of the address, counted before the code is looked at and whatever comes after:
 * the statement commits by itself, so that tries at once wait for one another and the sixth finds nothing.
 */
async function tryCode(address: string, hash: string): Promise<Outcome<Challenge, 'wrong' | 'used-up' | 'gone'>> {
  const mailbox = parseAddress(address)
  if (!mailbox.ok) return refused('gone')
  const tried = await db.$queryRaw<(Challenge & { codeHash: string; tries: number })[]>`
    WITH open AS (
      SELECT "id" FROM "LoginChallenge"
      WHERE "addressFold" = ${mailbox.fold} AND "usedAt" IS NULL AND "expires" > ${now()} AND "tries" < ${loginTries}::int
      ORDER BY "id" FOR UPDATE
    )
    UPDATE "LoginChallenge" AS c SET "tries" = c."tries" + 1 FROM open
    WHERE c."id" = open."id" AND c."tries" < ${loginTries}::int
    RETURNING c."id", c."address", c."addressFold", c."codeHash", c."tries"`
  const right = tried.find((challenge) => challenge.codeHash === hash)
  if (right) return done(right)
  const left = Math.max(0, ...tried.map((challenge) => loginTries - challenge.tries))
  if (left > 0) return refused('wrong', [{ field: 'code', reason: String(left) }])
  return refused(tried.length > 0 || (await hasUsedUp(mailbox.fold)) ? 'used-up' : 'gone')
}

const hasUsedUp = async (addressFold: string) =>
  (await db.loginChallenge.count({ where: { addressFold, usedAt: null, expires: { gt: now() }, tries: { gte: loginTries } } })) > 0

/** Whoever is in needs no other key: every open challenge of the address goes with the one that was used. */
async function consume(tx: Tx, { id, addressFold }: Challenge) {
  const { count } = await tx.loginChallenge.updateMany({ where: { id, usedAt: null, expires: { gt: now() } }, data: { usedAt: now() } })
  if (count === 1) await tx.loginChallenge.updateMany({ where: { addressFold, usedAt: null }, data: { usedAt: now() } })
  return count === 1
}

async function prove(tx: Tx, { id, address, addressFold }: Challenge): Promise<Entered> {
  const { locale } = (await tx.letter.findFirst({ where: { about: `login/${id}` }, select: { locale: true } })) ?? { locale: config().defaultLocale }
  const person = await proveAddress(tx, { address, fold: addressFold, locale })
  if (isAdminAddress(addressFold) && person.role !== 'admin') {
    await tx.person.update({ where: { id: person.id }, data: { role: 'admin' } })
    await record(tx, system('ADMIN_EMAIL'), { verb: 'person.appoint', subject: `person/${person.id}`, before: { role: person.role }, after: { role: 'admin' } })
  }
  return { personId: person.id, address: person.address, addressFold }
}

function isAdminAddress(addressFold: string) {
  const { adminEmail } = config()
  return adminEmail !== undefined && foldAddress(adminEmail) === addressFold
}
