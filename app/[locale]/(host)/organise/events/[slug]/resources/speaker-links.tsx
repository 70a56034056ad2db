import { getTranslations } from 'next-intl/server'
import { ActForm } from '@/app/[locale]/(host)/organise/_form/act-form'
import { CopyField } from '@/app/_ui/copy-field'
import { Section } from '@/app/_ui/page'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import type { EventPage } from '@/lib/events/queries'
import { handoutOf } from '@/lib/notes/queries'
import { mayHandIn } from '@/lib/notes/rules'
import { webAddress } from '@/lib/web-address'
import { makeLink } from './actions'
import styles from './resources.module.css'

/** For each speaker the link by which they send their slides: to make, to copy, to replace. */
export async function SpeakerLinks({ event, locale }: { event: EventPage; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'resources.room' })
  const isOver = mayHandIn(event, now()) !== null
  const make = (slug: string, name: string, label: string) => <ActForm act={makeLink} fields={{ event: event.slug, locale, speaker: slug }} label={label} look="quiet" name={t('forSpeaker', { name })} />
  return (
    <Section id="speakers" title={t('speakers')} quiet>
      <p className="small">{isOver ? t('ended') : event.speakers.length === 0 ? t('noSpeakers') : t('speakersText')}</p>
      {!isOver && (
        <ul className={styles.speakers}>
          {event.speakers.map(({ speaker: { slug, name }, ...speaking }) => [slug, name, handoutOf(speaking)] as const).map(([slug, name, token]) => (
            <li key={slug}>
              {token ? (
                <>
                  <CopyField name={`link-${slug}`} label={t('link', { name })} hint={t('linkHint')} value={webAddress('/handouts/[token]', { token }, event.language === 'en' ? 'en' : 'fr')} words={{ copy: t('copy'), done: t('copied'), refused: t('copyRefused') }} />
                  <div>
                    {make(slug, name, t('renew'))}
                    <p className="small muted">{t('renewText')}</p>
                  </div>
                </>
              ) : (
                <>
                  <p className={styles.name}>{name}</p>
                  {make(slug, name, t('make'))}
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
