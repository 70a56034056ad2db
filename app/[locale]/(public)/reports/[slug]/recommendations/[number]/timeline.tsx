import { getTranslations } from 'next-intl/server'
import { sayPublished } from '@/app/[locale]/(public)/reports/report-words'
import { eventHref, otherLanguage } from '@/app/[locale]/event-words'
import { Section } from '@/app/_ui/page'
import { pigmentClass } from '@/app/_ui/pigment'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { OpenFollowUp, RecommendationStory, RelayCredit } from '@/lib/coverage/queries'
import { type EventState, isCounted } from '@/lib/coverage/rules'
import { sayDay, typo } from '@/lib/text'
import styles from './timeline.module.css'

type Published = { publishedOn: Date; publishedTo: 'year' | 'month' | 'day' }
type Props = { story: RecommendationStory; relays: RelayCredit[]; report: Published; pigment?: string; locale: Locale }
type Mark = EventState | 'minuted' | 'relay' | 'begin'

/** What became of it here, from what is to come back to the day when the report came out: each session, its restitution, the houses that took it up. */
export async function Timeline({ story, relays, report, pigment, locale }: Props) {
  const [t, said] = await Promise.all([getTranslations({ locale, namespace: 'coverage.timeline' }), getTranslations({ locale, namespace: 'report' })])
  const editions = new Map(story.passages.map(({ event, edition }) => [event.id, edition.number]))
  const moments = [
    ...story.events.map(({ event, state, isInferred }) => ({
      key: event.id,
      at: event.startDate,
      mark: (state === 'discussed' && editions.has(event.id) ? 'minuted' : state) as Mark,
      word: [state === 'discussed' && editions.has(event.id) ? t('minuted') : said(`state.${state}`), isInferred && state !== 'inferred' && said('state.inferred'), !isCounted(state) && state !== 'not-discussed' && t('notCounted')].filter(Boolean).join(' · '),
      title: typo(event.title, event.language as Locale),
      language: event.language,
      href: eventHref(event.slug, locale),
      struck: state === 'called-off',
      edition: editions.has(event.id) ? { number: editions.get(event.id) ?? 1, href: getPathname({ href: { pathname: '/events/[slug]/notes', params: { slug: event.slug } }, locale }) } : null,
    })),
    ...relays.map(({ id, house, heldOn, event }) => ({
      key: id,
      at: heldOn.toISOString().slice(0, 10),
      mark: 'relay' as Mark,
      word: t('relay', { house }),
      title: typo(event.title, event.language as Locale),
      language: event.language,
      href: eventHref(event.slug, locale),
      struck: false,
      edition: null,
    })),
  ].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0))
  return (
    <Section title={t('title')} id="story">
      {moments.length === 0 && <p className={styles.none}>{t('none')}</p>}
      <ol className={`${styles.line} ${pigmentClass(pigment)}`}>
        {moments.map(({ key, at, mark, word, title, language, href, struck, edition }) => (
          <li key={key} className={styles[mark]}>
            <p className={styles.day}><time dateTime={at}>{sayDay(at, locale, { weekday: false, year: true })}</time></p>
            <div>
              <p className={styles.what}><a href={href} lang={otherLanguage(language, locale)}>{struck ? <s>{title}</s> : title}</a></p>
              <p className={styles.word}>{word}{edition && <> · <a href={edition.href}>{t('edition', { number: edition.number })}<span className="visually-hidden" lang={otherLanguage(language, locale)}>, {title}</span></a></>}</p>
            </div>
          </li>
        ))}
        <li className={styles.begin}>
          <p className={styles.day}>{sayPublished(report, locale)}</p>
          <p className={styles.word}>{t('published')}</p>
        </li>
      </ol>
    </Section>
  )
}

/** What was left to do about it and nobody has closed, each with the place where it was said. */
export async function OpenThings({ open, locale }: { open: OpenFollowUp[]; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'coverage.open' })
  if (open.length === 0) return null
  return (
    <Section title={t('title')} id="open">
      <ul className={styles.open}>
        {open.map(({ id, text, owner, due, event, title, language, startDate, blockId }) => (
          <li key={id}>
            <p lang={otherLanguage(language, locale)}>{typo(text, language as Locale)}</p>
            <p className={styles.word}>
              {[owner && t('owner', { owner }), due && t('due', { date: sayDay(due, locale, { weekday: false, year: true }) })].filter(Boolean).map((one) => `${one} · `).join('')}
              <a href={`${getPathname({ href: { pathname: '/events/[slug]/notes', params: { slug: event } }, locale })}#p-${blockId}`}>{t('from', { date: sayDay(startDate, locale, { weekday: false, year: true }) })}<span className="visually-hidden" lang={otherLanguage(language, locale)}>, {typo(title, language as Locale)}</span></a>
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}
