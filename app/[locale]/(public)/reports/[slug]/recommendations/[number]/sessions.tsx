import { getTranslations } from 'next-intl/server'
import { EventEntry } from '@/app/[locale]/(public)/event-entry'
import { otherLanguage } from '@/app/[locale]/event-words'
import { LinkButton } from '@/app/_ui/button'
import { EmptyState } from '@/app/_ui/notice'
import { Section } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import type { RecommendationStory } from '@/lib/coverage/queries'
import { sayDay, typo } from '@/lib/text'
import styles from './recommendation.module.css'

type Props = { story: RecommendationStory; locale: Locale }

/** Sessions about it that one may still come to, the next one first; what is over stands in its story. */
export async function Sessions({ story, locale }: Props) {
  const t = await getTranslations({ locale, namespace: 'report' })
  const coming = story.events.filter(({ event }) => event.overAt > now()).reverse()
  if (coming.length === 0 && story.events.length > 0) return null
  return (
    <Section title={t('sessions')} id="sessions">
      {coming.map(({ event, state, isInferred }) => (
        <EventEntry key={event.id} event={event} locale={locale} state={[t(`state.${state}`), isInferred && state !== 'inferred' && t('state.inferred')].filter(Boolean).join(' · ')} />
      ))}
      {story.events.length === 0 && (
        <EmptyState title={t('neverTitle')} action={<LinkButton look="ghost" href={getPathname({ href: '/', locale })}>{t('toAgenda')}</LinkButton>}><p>{t('neverText')}</p></EmptyState>
      )}
    </Section>
  )
}

/** What the restitutions say about it, quoted, each leading to the paragraph itself. */
export async function Passages({ story, locale }: Props) {
  const [t, said] = await Promise.all([getTranslations({ locale, namespace: 'report' }), getTranslations({ locale, namespace: 'coverage.timeline' })])
  if (story.passages.length === 0) return null
  return (
    <Section title={t('passages')} id="passages">
      <div className={styles.passages}>
        {story.passages.map(({ paragraphId, text, event, edition }) => {
          const language = event.language as Locale
          const href = `${getPathname({ href: { pathname: '/events/[slug]/notes', params: { slug: event.slug } }, locale })}#p-${paragraphId}`
          return (
            <figure key={`${event.id}${paragraphId}`}>
              <blockquote lang={otherLanguage(language, locale)}><p>{typo(text, language)}</p></blockquote>
              <figcaption><a href={href} lang={otherLanguage(language, locale)}>{typo(event.title, language)}</a>, {sayDay(event.startDate, locale, { weekday: false, year: true })} · {said('edition', { number: edition.number })} · <span lang={otherLanguage(language, locale)}>{edition.authors}</span></figcaption>
            </figure>
          )
        })}
      </div>
    </Section>
  )
}
