import { createTranslator } from 'next-intl'
import { momentOf, otherLanguage, today, type Words } from '@/app/[locale]/event-words'
import { outlineOf } from '@/app/[locale]/(public)/reports/[slug]/sheet'
import { messagesOf } from '@/i18n/messages'
import type { Locale } from '@/i18n/routing'
import type { Kit } from '@/lib/coverage/relay-kit'
import type { EventPage } from '@/lib/events/queries'
import { shown } from '@/lib/events/rules'
import { installation } from '@/lib/installation'
import { quotedWording } from '@/lib/reports/rules'
import { sayDay, sayHour, sayWhen, typo } from '@/lib/text'
import { webAddress } from '@/lib/web-address'

const minutes: [string, number, number][] = [['welcome', 0, 5], ['reading', 5, 20], ['talk', 20, 45], ['next', 45, 55], ['write', 55, 60]]

/** The sentences of a room in a language that need not be the page's. */
export const wordsOf = async (locale: Locale, namespace: 'relay') => createTranslator({ locale, messages: await messagesOf(locale), namespace }) as unknown as Words

/** The languages in which an event can be taken up: its own, its translation's, and the reader's. */
export const languagesOf = (event: EventPage, locale: Locale): Locale[] =>
  (['fr', 'en'] as const).filter((one) => one === locale || one === event.language || event.translation.some(({ language }) => language === one))

/** What a house needs to hold this session at its own place, in one language. */
export async function kitOf(event: EventPage, locale: Locale): Promise<Kit> {
  const [t, { networkName: network }] = await Promise.all([wordsOf(locale, 'relay'), installation()])
  const words = shown(event, locale)
  const lang = otherLanguage(words.language, locale)
  const title = typo(words.title, words.language === 'en' ? 'en' : 'fr')
  const when = typo(sayWhen(momentOf(event), locale, { zone: false, year: true }), locale)
  const [url, relayUrl] = [webAddress('/events/[slug]', { slug: event.slug }, locale), webAddress('/events/[slug]/relay', { slug: event.slug }, locale)]
  const k = (key: string, values?: Record<string, string | number>) => typo(t(`kit.${key}`, values), locale)
  return {
    locale, title, lang, network, when, url, relayUrl,
    pigment: event.themes[0]?.theme.pigment ?? 'ink',
    glyph: outlineOf(event.themes[0]?.theme.glyph),
    quotes: event.recommendations.filter(({ origin }) => origin === 'chosen').flatMap(({ recommendation }) => quoteOf(recommendation, locale, k)),
    programme: event.programme.map((one) => ({ time: one.time ? sayHour(one.time, event.language === 'en' ? 'en' : 'fr') : '', title: typo(one.title, event.language === 'en' ? 'en' : 'fr') })),
    words: {
      over: typo(t('title'), locale), lede: k('poster.lede'), after: `${k('poster.after', { network })}, ${when}`, day: k('poster.day'), place: k('poster.place'), host: k('poster.host'), scan: k('poster.scan'),
      quotes: k('quotes.title'), quotesIntro: k('quotes.intro'), source: typo(`${t('kit.quotes.source')}:`, locale), none: k('quotes.none'),
      rundown: k('rundown.title'), intro: k('rundown.intro'), roles: k('rundown.roles'), times: k('rundown.times'), original: k('rundown.original'), questions: k('rundown.questions'),
      roleLines: ['roleHost', 'roleReader', 'roleWriter'].map((key) => k(`rundown.${key}`)),
      steps: minutes.map(([key, from, to]): [string, string] => [k('rundown.min', { from, to }), k(`rundown.${key}`)]),
      asks: ['ask1', 'ask2', 'ask3'].map((key) => k(`rundown.${key}`)),
      siteTitle: k('site.title', { title }), siteText: k('site.text', { title, network, when }), siteWhen: k('site.when'), siteMore: k('site.more', { url }), siteAbout: k('site.about'),
      readme: k('readme.title'), readmeText: k('readme.text', { title, network }), readmeThen: k('readme.then', { url: relayUrl }), licence: k('readme.licence'), made: k('readme.made', { day: sayDay(today(), locale, { weekday: false, year: true }) }),
    },
  }
}

function quoteOf(recommendation: EventPage['recommendations'][number]['recommendation'], locale: Locale, k: Words): Kit['quotes'] {
  const found = quotedWording(recommendation, locale)
  if (!found) return []
  const { quoted, translation } = found
  const language = quoted.language === 'en' ? 'en' : 'fr'
  const { number, report } = recommendation
  const [open, close] = language === 'fr' ? ['« ', ' »'] : ['“', '”']
  const title = typo(report.title, report.language === 'en' ? 'en' : 'fr')
  return [{
    number,
    name: k('poster.number', { number }),
    text: typo(`${open}${quoted.text}${close}`, language),
    lang: otherLanguage(language, locale),
    source: [title, quoted.source && typo(quoted.source.replace(/^Rapport, /, ''), 'fr')].filter(Boolean).join(', '),
    translation: translation && { text: typo(translation.text, locale), note: translation.official ? null : `(${k('quotes.unofficial')})` },
    url: webAddress('/reports/[slug]/recommendations/[number]', { slug: report.slug, number }, locale),
  }]
}
