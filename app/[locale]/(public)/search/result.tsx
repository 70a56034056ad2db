import { getTranslations } from 'next-intl/server'
import { momentOf, otherLanguage, today } from '@/app/[locale]/event-words'
import { getPathname } from '@/i18n/navigation'
import type { Locale } from '@/i18n/routing'
import { now } from '@/lib/clock'
import { pathOf } from '@/lib/pathnames'
import type { EventTarget, Found, Run } from '@/lib/search/queries'
import { localeOf, sayWhen, typo } from '@/lib/text'
import { addressOf } from './result-address'
import styles from './search.module.css'

/** One found thing: what it is, where the words stand, and the words in their place. */
export async function Result({ found, locale }: { found: Found; locale: Locale }) {
  const t = await getTranslations({ locale, namespace: 'search' })
  const { page, params, hash } = addressOf(found)
  const { target, numbers, kind } = found
  const about = kind === 'passage' ? t('about', { count: numbers.length, numbers: numbers.join(', ') }) : ''
  return (
    <article className={styles.result}>
      <p className={styles.kind}>{t(`kind.${kind}`)}{kind === 'recommendation' && ` ${numbers[0]}`}</p>
      <h2 className={styles.title} lang={otherLanguage(localeOf(found.language), locale)}>
        <a href={pathOf(page, params, locale) + hash}><Marked runs={found.title} language={localeOf(found.language)} /></a>
      </h2>
      {found.excerpt.length > 0 && <p className={styles.excerpt} lang={otherLanguage(localeOf(found.excerptLanguage), locale)}><Marked runs={found.excerpt} language={localeOf(found.excerptLanguage)} /></p>}
      <p className={styles.where}>
        {[t(`where.${found.where === 'theme' && kind !== 'event' ? 'ownTheme' : found.where}`), about].filter(Boolean).join(' · ')}
        {(target.kind === 'event' || target.kind === 'passage') && <> · {sayDate(target.event)}</>}
        {target.kind === 'report' && <> · <span lang={otherLanguage('fr', locale)}>{typo(target.publisher, 'fr')}</span></>}
        {target.kind === 'recommendation' && <> · <a href={getPathname({ href: { pathname: '/reports/[slug]', params: { slug: target.report.slug } }, locale })} lang={otherLanguage(localeOf(target.report.language), locale)}>{typo(target.report.title, localeOf(target.report.language))}</a></>}
      </p>
      {target.kind === 'speaker' && (
        <ul className={styles.sessions}>
          {target.events.map((event) => (
            <li key={event.slug}><a href={getPathname({ href: { pathname: '/events/[slug]', params: { slug: event.slug } }, locale })} lang={otherLanguage(localeOf(event.language), locale)}>{typo(event.title, localeOf(event.language))}</a>, {sayDate(event)}</li>
          ))}
        </ul>
      )}
    </article>
  )

  function sayDate(event: EventTarget) {
    const when = sayWhen(momentOf(event), locale, { today: today(), zone: false })
    if (event.status === 'called_off') return t('calledOff', { when })
    return event.overAt > now() ? t('coming', { when }) : when
  }
}

const Marked = ({ runs, language }: { runs: Run[]; language: Locale }) => runs.map(({ text, hit }, place) => (hit ? <mark key={place}>{text}</mark> : <span key={place}>{typo(text, language)}</span>))
