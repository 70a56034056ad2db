import { z } from 'zod'
import type { ThingFacts } from '@/emails/facts'
import { foldAddress } from '@/lib/address'
import { entryInclude } from '@/lib/calendar/entry'
import { now } from '@/lib/clock'
import { db } from '@/lib/db'
import { capability, isId } from '@/lib/ids'
import type { Composed, LetterRow } from '@/lib/mail/deliver'
import { eventFacts } from '@/lib/registrations/letter-facts'
import { type Locale, localeOf } from '@/lib/text'
import { webAddress } from '@/lib/web-address'
import { type FollowRow, followsOf, type Thing, thingsOf } from './queries'
import { isNews, isReadByAll, stateOfFollow } from './rules'
import { targetsOf } from './tell-followers'

const Facts = z.union([z.object({ events: z.array(z.uuid()) }), z.object({ edition: z.uuid() })])

/** Passages quoted in a letter at most; the restitution has all. */
const quoted = 3

/** The question to an address that was typed, `follow/<id>`. Null where it was stopped or forgotten since. */
export async function composeAboutFollow(letter: LetterRow): Promise<Composed | null> {
  const id = letter.about.split('/')[1]
  const row = isId(id) ? await db.follow.findUnique({ where: { id } }) : null
  const state = row && stateOfFollow(row)
  if (!row || state === 'stopped') return null
  const locale = localeOf(letter.locale)
  const thing = (await thingsOf([row.target], locale)).get(row.target)
  return thing ? { letter: { kind: 'follow-confirm', thing: factsOf(thing, locale), url: followUrl(row, locale), already: state === 'following' } } : null
}

/** News for an address that follows, `news/…`: what of it is still news, and is still followed. Null where nothing is. */
export async function composeNews(letter: LetterRow): Promise<Composed | null> {
  const locale = localeOf(letter.locale)
  const follows = (await followsOf([foldAddress(letter.toAddress)])).filter((one) => stateOfFollow(one) === 'following')
  if (follows.length === 0) return null
  const facts = Facts.parse(letter.facts)
  return 'events' in facts ? sessionsNews(facts.events, follows, locale) : editionNews(facts.edition, follows, locale)
}

async function sessionsNews(ids: string[], follows: FollowRow[], locale: Locale): Promise<Composed | null> {
  const rows = await db.event.findMany({ where: { id: { in: ids } }, orderBy: [{ startsAt: 'asc' }, { id: 'asc' }], include: { ...entryInclude, cycles: true, recommendations: true } })
  const followed = new Set(follows.map(({ target }) => target))
  const events = rows.filter((event) => isNews(event, now()) && targetsOf(event).some((target) => followed.has(target)))
  if (events.length === 0) return null
  const named = new Set(events.flatMap(targetsOf))
  const common = await commonFacts(follows.filter(({ target }) => named.has(target)), locale)
  return common && { letter: { kind: 'follow-news', of: 'sessions', events: events.map((event) => eventFacts(event, locale)), ...common.facts }, listUnsubscribe: common.listUnsubscribe }
}

async function editionNews(id: string, follows: FollowRow[], locale: Locale): Promise<Composed | null> {
  const edition = await db.edition.findUnique({
    where: { id },
    include: {
      event: { include: { ...entryInclude, cycles: true, recommendations: true } },
      passages: { orderBy: { position: 'asc' }, select: { paragraphId: true, text: true, themeId: true, recommendationId: true } },
    },
  })
  if (!edition || !isReadByAll(edition)) return null
  const { event, number, authors, changes } = edition
  const followed = new Set(follows.map(({ target }) => target))
  const passages = edition.passages.filter(({ themeId, recommendationId }) => followed.has(`theme/${themeId}`) || followed.has(`recommendation/${recommendationId}`))
  const named = new Set([...targetsOf(event), ...passages.flatMap(({ themeId, recommendationId }) => [`theme/${themeId}`, `recommendation/${recommendationId}`])])
  const common = await commonFacts(follows.filter(({ target }) => named.has(target)), locale)
  if (!common) return null
  const url = webAddress('/events/[slug]/notes', { slug: event.slug }, locale)
  const once = new Map(passages.map((one) => [one.paragraphId, one.text]))
  return {
    letter: {
      kind: 'follow-news', of: 'restitution', event: eventFacts(event, locale), url, edition: number, authors, changes,
      passages: [...once].slice(0, quoted).map(([paragraph, text]) => ({ text, url: `${url}#p-${paragraph}` })),
      more: Math.max(0, once.size - quoted),
      ...common.facts,
    },
    listUnsubscribe: common.listUnsubscribe,
  }
}

/** Why they get it, and how to stop: by the link of what they have followed longest. Null where none of it is there any more. */
async function commonFacts(follows: FollowRow[], locale: Locale) {
  const [first] = follows
  if (!first) return null
  const things = await thingsOf(follows.map(({ target }) => target), locale)
  if (things.size === 0) return null
  return {
    facts: { because: [...things.values()].map((thing) => factsOf(thing, locale)), manageUrl: followUrl(first, locale) },
    listUnsubscribe: webAddress('/follow/[token]/stop', { token: tokenOf(first) }, locale),
  }
}

const tokenOf = ({ id, generation }: Pick<FollowRow, 'id' | 'generation'>) => capability('follow', id, generation)

const followUrl = (row: FollowRow, locale: Locale) => webAddress('/follow/[token]', { token: tokenOf(row) }, locale)

const factsOf = ({ kind, name, lang, number, pigment, page, params }: Thing, locale: Locale): ThingFacts => ({
  kind,
  name,
  language: lang ?? locale,
  number: number ?? null,
  pigment: pigment as ThingFacts['pigment'],
  url: webAddress(page, params, locale),
})
