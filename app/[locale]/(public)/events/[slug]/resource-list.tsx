import { getTranslations } from 'next-intl/server'
import { hostOf } from '@/app/[locale]/event-words'
import { currentActor } from '@/app/_session/actor'
import { Section } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { EventPage } from '@/lib/events/queries'
import { canRead } from '@/lib/notes/access'
import { type EventResource, resourcesOf } from '@/lib/notes/queries'
import { seatOf } from '@/lib/registrations/queries'
import { sayFileSize } from './say-file-size'
import styles from './resource-list.module.css'

/** What goes with a session, for those who may read its notes; others learn that it is there, where a log-in opens it. */
export async function ResourceList({ event, locale }: { event: EventPage; locale: Locale }) {
  const resources = await resourcesOf(event.id, { shown: true })
  if (resources.length === 0) return null
  const actor = await currentActor()
  const seat = event.notesVisibility === 'registered' && actor.kind === 'person' ? await seatOf(event.id, actor.addressFolds) : null
  const mayRead = canRead(actor, event, seat)
  if (!mayRead && event.notesVisibility === 'organisers') return null
  const t = await getTranslations({ locale, namespace: 'resources.list' })
  const returnTo = getPathname({ href: { pathname: '/events/[slug]', params: { slug: event.slug } }, locale })
  return (
    <Section title={t('title')} id="resources">
      {mayRead ? (
        <ul className={styles.list}>{resources.map((one) => <li key={one.id}><Resource resource={one} slug={event.slug} locale={locale} /></li>)}</ul>
      ) : (
        <p>{t('reserved')} <a href={getPathname({ href: { pathname: '/login', query: { returnTo } }, locale })}>{t('login')}</a></p>
      )}
    </Section>
  )
}

async function Resource({ resource: { id, kind, title, url, mediaType, bytes, givenBy, speakerId }, slug, locale }: { resource: EventResource; slug: string; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'resources.list' })
  const file = getPathname({ href: { pathname: '/events/[slug]/resources/[id]', params: { slug, id } }, locale })
  return (
    <>
      {/* In whichever language it was given. */}
      <p className={styles.name}><a href={url ?? file} rel={url ? 'noopener noreferrer' : undefined} lang="" dir="auto">{title}</a></p>
      <p className={styles.about}>
        {kind === 'file' ? [await sayFileSize(mediaType, bytes, locale), speakerId && t('from', { name: givenBy })].filter(Boolean).join(', ') : `${kind === 'replay' ? `${t('replay')}, ` : ''}${t('site', { host: hostOf(url ?? '') })}`}
      </p>
    </>
  )
}
