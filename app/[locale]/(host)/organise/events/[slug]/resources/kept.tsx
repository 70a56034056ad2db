import { getTranslations } from 'next-intl/server'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { hostOf } from '@/app/[locale]/event-words'
import { sayFileSize } from '@/app/[locale]/(public)/events/[slug]/say-file-size'
import { sayPast } from '@/app/[locale]/(public)/instant-words'
import { Details } from '@/app/_ui/page'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import type { EventPage } from '@/lib/events/queries'
import type { EventResource } from '@/lib/notes/queries'
import { typo } from '@/lib/text'
import { arrange } from './actions'
import { TitleForm } from './title-form'
import styles from './resources.module.css'

/** Resources in their order, with what can be done to each; what a speaker sent is shown first of all. */
export async function Kept({ resources, event, locale, isWaiting = false }: { resources: EventResource[]; event: EventPage; locale: Locale; isWaiting?: boolean }) {
  const t = await getTranslations({ locale, namespace: 'resources.room' })
  const file = (id: string) => getPathname({ href: { pathname: '/events/[slug]/resources/[id]', params: { slug: event.slug, id } }, locale })
  return (
    <ul className={styles.list}>
      {await Promise.all(resources.map(async ({ id, kind, title, url, mediaType, bytes, givenBy, createdAt, shownAt }, place) => {
        const act = (what: 'show' | 'hide' | 'up' | 'down' | 'remove', label: string, look: 'accent' | 'quiet' | 'danger' = 'quiet') => (
          <ActForm key={what} act={arrange} fields={{ event: event.slug, locale, id, act: what }} label={label} look={look} name={t('which', { title })} />
        )
        const what = kind === 'file' ? await sayFileSize(mediaType, bytes, locale) : `${t(kind === 'replay' ? 'kindReplay' : 'kindLink')}, ${hostOf(url ?? '')}`
        return (
          <li key={id}>
            <p className={styles.name}><a href={url ?? file(id)} rel={url ? 'noopener noreferrer' : undefined} lang="" dir="auto">{title}</a></p>
            <p className={styles.about}>{!isWaiting && <span className={styles.state}>{t(shownAt ? 'shown' : 'hidden')} · </span>}{what} · {t('givenBy', { name: givenBy, when: typo(sayPast(createdAt, event.timeZone, locale), locale) })}</p>
            <div className={styles.acts}>
              {shownAt ? act('hide', t('hide')) : act('show', t('show'), isWaiting && place === 0 ? 'accent' : 'quiet')}
              {!isWaiting && place > 0 && act('up', t('up'))}
              {!isWaiting && place < resources.length - 1 && act('down', t('down'))}
            </div>
            <div className={styles.more}>
              <Details summary={<>{t('change')}<span className="visually-hidden"> {t('which', { title })}</span></>}>
                <TitleForm key={title} fields={{ event: event.slug, locale, id }} title={title} words={{ title: t('titleField'), save: t('save'), which: t('which', { title }) }} />
              </Details>
              <Details summary={<>{t('remove')}<span className="visually-hidden"> {t('which', { title })}</span></>}>
                <p className="small">{t('removeText')}</p>
                {act('remove', t('removeSure'), 'danger')}
              </Details>
            </div>
          </li>
        )
      }))}
    </ul>
  )
}
