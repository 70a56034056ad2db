import { getTranslations } from 'next-intl/server'
import { otherLanguage } from '@/app/[locale]/event-words'
import { Section } from '@/app/_ui/page'
import { Prose } from '@/app/_ui/prose'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import type { discussedAt } from '@/lib/coverage/queries'
import type { EventPage } from '@/lib/events/queries'
import { shown } from '@/lib/events/rules'
import { sayHour, typo } from '@/lib/text'
import { EventRecommendations } from './event-recommendations'
import { RelayHouses } from './relay-houses'
import { ResourceList } from './resource-list'
import styles from './event.module.css'

type Props = { event: EventPage; discussed: Awaited<ReturnType<typeof discussedAt>>; locale: Locale }

/** What there is to read of an event; each part stands only where something is known. */
export async function EventBody({ event, discussed, locale }: Props) {
  const { description, language } = shown(event, locale)
  return (
    <div className={styles.body}>
      {description && <Prose lang={otherLanguage(language, locale)}>{paragraphs(typo(description, language as Locale))}</Prose>}
      {event.recommendations.length > 0 && <EventRecommendations event={event} discussed={discussed} locale={locale} />}
      {event.speakers.length > 0 && <Speakers event={event} locale={locale} />}
      {event.programme.length > 0 && <Programme event={event} locale={locale} />}
      {event.overAt <= now() && <ResourceList event={event} locale={locale} />}
      {event.partners.length > 0 && <Partners event={event} locale={locale} />}
      {event.overAt <= now() && <RelayHouses event={event} locale={locale} />}
    </div>
  )
}

const paragraphs = (text: string) =>
  text.split(/\n{2,}/).map((paragraph, place) => (
    <p key={place}>{paragraph.split('\n').flatMap((line, at) => (at === 0 ? [line] : [<br key={at} />, line]))}</p>
  ))

type Part = { event: EventPage; locale: Locale }

async function Speakers({ event, locale }: Part) {
  const t = await getTranslations({ locale, namespace: 'event' })
  return (
    <Section title={t('speakers')} id="speakers">
      <ul className={styles.speakers}>
        {event.speakers.map(({ speaker: { slug, name, roleFr, roleEn, organisation } }) => {
          const [role, lang] = locale === 'en' && roleEn ? [roleEn, undefined] : [roleFr ?? roleEn, otherLanguage(roleFr ? 'fr' : 'en', locale)]
          return (
            <li key={slug}>
              <p className={styles.name}>{name}</p>
              {role && <p lang={lang}>{typo(role, (lang ?? locale) as Locale)}</p>}
              {organisation && <p className="muted">{organisation}</p>}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

async function Programme({ event, locale }: Part) {
  const t = await getTranslations({ locale, namespace: 'event' })
  return (
    <Section title={t('programme')} id="programme">
      <ol className={styles.programme} lang={otherLanguage(event.language, locale)}>
        {event.programme.map(({ id, time, title }) => (
          <li key={id}>
            <span className={styles.time}>{time && sayHour(time, locale)}</span>
            <span>{typo(title, event.language as Locale)}</span>
          </li>
        ))}
      </ol>
    </Section>
  )
}

async function Partners({ event, locale }: Part) {
  const t = await getTranslations({ locale, namespace: 'event' })
  return (
    <Section title={t('partners.title')} id="partners">
      <ul className={styles.speakers}>
        {event.partners.map(({ role, partner: { slug, name, url } }) => (
          <li key={slug}>
            <p className={styles.name}>{url ? <a href={url} rel="noopener">{name}</a> : name}</p>
            <p className="muted">{t(`partners.${role}`)}</p>
          </li>
        ))}
      </ul>
    </Section>
  )
}
