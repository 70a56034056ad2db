import { strToU8, type Zippable, zipSync } from 'fflate'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { drawPages, drawRelayPoster } from '@/lib/coverage/draw-relay'
import { type Kit, quotesOf, readmeOf, rundownOf, siteOf, toHtml, toMarkdown, toText } from '@/lib/coverage/relay-kit'
import { mayBeRelayed } from '@/lib/coverage/rules'
import { type EventPage, eventBySlug } from '@/lib/events/queries'
import { strongEtag } from '@/lib/etag'
import { kitOf, languagesOf, wordsOf } from './kit'

/** An event that everybody may take up, or null. */
export async function relayedEvent(slug: string): Promise<EventPage | null> {
  const event = await eventBySlug(decodeURIComponent(slug))
  return event && mayBeRelayed(event) ? event : null
}

/** Everything in one ZIP: a folder for each language in which the event can be taken up. */
export async function kitFiles(event: EventPage, locale: Locale): Promise<Uint8Array<ArrayBuffer>> {
  const files: Zippable = {}
  for (const language of languagesOf(event, locale)) {
    const [kit, t] = [await kitOf(event, language), await wordsOf(language, 'relay')]
    const name = (key: string) => `${t('kit.files.folder')}/${t(`kit.files.${key}`)}`
    const [quotes, rundown, site] = [quotesOf(kit), rundownOf(kit), siteOf(kit)]
    const readme = readmeOf(kit, ['poster', 'quotes', 'rundown', 'site'].map((part) => t(`page.parts.${part}`)))
    Object.assign(files, {
      [name('poster')]: [await keptPoster(kit), { level: 0 }],
      [name('quotesPdf')]: [await drawPages(quotes, kit), { level: 0 }],
      [name('quotesMd')]: strToU8(toMarkdown(quotes)),
      [name('rundownPdf')]: [await drawPages(rundown, kit), { level: 0 }],
      [name('rundownMd')]: strToU8(toMarkdown(rundown)),
      [name('siteHtml')]: strToU8(toHtml(site)),
      [name('siteTxt')]: withMark(toText(site)),
      [name('readme')]: withMark(toText(readme)),
    })
  }
  return new Uint8Array(zipSync(files, { mtime: now() }))
}

/** Old text programs take a file without its mark for something else than UTF-8. */
const withMark = (text: string) => strToU8(`\uFEFF${text.replaceAll('\n', '\r\n')}`)

const kept = new Map<string, Promise<Uint8Array<ArrayBuffer>>>()
const mostKept = 24

/** Drawn once for the same facts; the oldest goes when there are too many, and what could not be drawn is not kept. */
export function keptPoster(kit: Kit) {
  const key = strongEtag(JSON.stringify(kit))
  const known = kept.get(key)
  if (known) return known
  const made = drawRelayPoster(kit).then((octets) => new Uint8Array(octets))
  kept.set(key, made)
  made.catch(() => kept.delete(key))
  if (kept.size > mostKept) kept.delete([...kept.keys()][0])
  return made
}
